"""What was announced is put right and called off at the desk as in the chat, with its picture."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.bot.desk_rig import Rig, rig
from tests.bot.specimens import PDF, picture, png_that_says
from tests.handlers.conftest import phones
from tests.handlers.offices import noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
NEW, FIRST, SECOND = "/desk/announcements/new", "/desk/announcements/1", "/desk/announcements/2"
MEND = f"{FIRST}/mend"


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        yield made.enter()


def day(desk: Rig, ahead: int) -> str:
    return (desk.phones.player.now + timedelta(days=ahead)).date().isoformat()


def fair(desk: Rig, **fields: object) -> dict[str, Any]:
    held = {"from": day(desk, 30), "to": day(desk, 33), "place": "Quảng trường Kim Tân"}
    about = {"do": "make", "kind": "fair", "name": "Hội chợ Xuân Lào Cai", **held}
    return {**about, "register_by": day(desk, 20), "aim": "tất cả", **fields}


def sent(desk: Rig) -> None:
    """A fair of which one producer has been told."""
    desk.send(NEW, **fair(desk))
    desk.send(FIRST, do="now")
    assert "Hội chợ Xuân Lào Cai" in desk.heard()


def boxes(page: str) -> dict[str, str]:
    """What stands in the boxes of a page."""
    return dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', page))


def mended(desk: Rig, **fields: object) -> str:
    """Send the form of the first with this put right."""
    stands = boxes(desk.page(MEND))
    return desk.send(MEND, **{**stands, "do": "make", **fields})


def upload(desk: Rig, address: str, content: bytes, **fields: object) -> str:
    files = {"picture": ("moi.jpg", content, "image/jpeg")}
    told = {"token": desk.token(), **fields}
    answer = desk.browser.post(address, data=told, files=files)
    assert answer.status_code == 200, answer.status_code
    return answer.text


def posters(desk: Rig) -> list[str | None]:
    with desk.phones.database.reading() as tx:
        return list(tx.execute(text("SELECT poster FROM announcements ORDER BY id")).scalars())


# -- put right -------------------------------------------------------------------------------------


def test_a_correction_shows_whom_it_reaches_and_goes_to_those_who_were_told(desk: Rig) -> None:
    sent(desk)

    form = desk.page(MEND)
    seen = mended(desk, place="Sân vận động Bắc Hà")
    desk.send(SECOND, do="now")

    assert "tới đúng 1 người đã nhận" in form
    assert boxes(form)["place"] == "Quảng trường Kim Tân"
    assert 'name="aim"' not in form
    assert "Gửi 1 người đã nhận tin trước" in seen
    assert "Tin sửa lại." in (heard := desk.heard())
    assert "Sân vận động Bắc Hà" in heard


def test_what_is_put_right_again_begins_with_what_was_told_last(desk: Rig) -> None:
    sent(desk)
    mended(desk, place="Sân vận động Bắc Hà")
    desk.send(SECOND, do="now")

    assert boxes(desk.page(MEND))["place"] == "Sân vận động Bắc Hà"
    assert boxes(desk.page(f"{SECOND}/mend"))["place"] == "Sân vận động Bắc Hà"


def test_who_was_quicker_is_not_overwritten_and_what_was_typed_stays(desk: Rig) -> None:
    sent(desk)
    before = boxes(desk.page(MEND))
    desk.phones.say("sửa thông báo 1", "sửa nơi tổ chức: Sa Pa", "gửi", "1", on="xa2")

    told = desk.send(MEND, **{**before, "do": "make", "place": "Sân vận động Bắc Hà"})

    assert "vừa có người khác sửa" in told
    assert boxes(told)["place"] == "Sân vận động Bắc Hà"
    assert len(posters(desk)) == 2
    assert "Gửi ngay" in desk.send(MEND, **{**boxes(told), "do": "make"})


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"place": ""}, "Nơi tổ chức từ 2"),
        ({"from": ""}, "Ngày đầu và ngày cuối"),
        ({"register_by": "2020-01-01"}, "Hạn đăng ký là hôm nay"),
        ({}, "giống hệt tin bà con đã đọc"),
    ],
)
def test_what_cannot_be_put_right_so_is_told_and_nothing_is_made(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    sent(desk)

    told = mended(desk, **wrong)

    assert hint in told
    assert boxes(told)["name"] == "Hội chợ Xuân Lào Cai"
    assert len(posters(desk)) == 1


def test_a_deadline_that_has_gone_by_stays_where_it_is_not_what_is_put_right(desk: Rig) -> None:
    sent(desk)
    desk.phones.wait(timedelta(days=22))
    desk.enter()

    assert "Gửi ngay" in mended(desk, place="Sân vận động Bắc Hà")


def test_what_nobody_was_told_yet_is_changed_and_what_it_was_is_forgotten(desk: Rig) -> None:
    desk.send(NEW, **fair(desk))

    seen = mended(desk, kind="fair", name="Phiên chợ Bắc Hà", aim="xã Bản Liền")

    assert "Phiên chợ Bắc Hà" in seen
    assert "Gửi ngay" in seen
    assert "đã huỷ" in desk.page("/desk/announcements")
    assert "Gửi ngay" not in desk.page(FIRST)


# -- called off ------------------------------------------------------------------------------------


def test_what_will_not_be_is_shown_first_and_then_told_once(desk: Rig) -> None:
    sent(desk)

    seen = desk.send(FIRST, do="call_off", reason="mưa lũ cuốn cầu")
    before = desk.heard()
    desk.send(SECOND, do="now")
    again = desk.send(FIRST, do="call_off", reason="mưa to")

    assert "Gửi 1 người đã nhận tin trước" in seen
    assert "không tổ chức nữa: mưa lũ cuốn cầu" in seen
    assert "cuốn cầu" not in before
    assert "không tổ chức nữa: mưa lũ cuốn cầu" in desk.heard()
    assert "đã báo là không tổ chức nữa" in again
    assert "Có gì thay đổi" not in desk.page(FIRST)
    assert "started_announcement" in {deed for _, deed, _, _ in noted(desk.phones)}


@pytest.mark.parametrize("reason", ["", "x", "x" * 91])
def test_a_reason_is_asked_for_and_what_was_typed_stays(desk: Rig, reason: str) -> None:
    sent(desk)

    told = desk.send(FIRST, do="call_off", reason=reason)

    assert "Lý do từ 4 tới 90 chữ" in told
    assert boxes(told)["reason"] == reason
    assert len(posters(desk)) == 1


# -- its picture -----------------------------------------------------------------------------------


def test_a_picture_goes_with_what_is_announced_and_is_seen_at_the_desk(desk: Rig) -> None:
    content = picture("jpeg")

    seen = upload(desk, NEW, content, **fair(desk))

    assert f'src="{FIRST}/poster"' in seen
    assert desk.browser.get(f"{FIRST}/poster").content == content
    desk.send(FIRST, do="now")
    desk.heard()
    assert desk.files.kept_at(posters(desk)[0] or "") is not None
    assert desk.enter("tinh").browser.get(f"{FIRST}/poster").status_code == 200


def test_a_picture_that_came_with_a_wrong_field_is_not_asked_for_again(desk: Rig) -> None:
    told = upload(desk, NEW, picture("jpeg"), **fair(desk, name="x"))
    desk.send(NEW, **fair(desk, poster=boxes(told)["poster"]))

    assert "đang giữ một ảnh" in told
    assert [poster is not None for poster in posters(desk)] == [True]


@pytest.mark.parametrize("content", [PDF, b"MZ\x90", png_that_says(60_000, 60_000)])
def test_what_is_no_picture_is_told_so_and_nothing_is_made(desk: Rig, content: bytes) -> None:
    told = upload(desk, NEW, content, **fair(desk))

    assert "không mở ra xem được" in told
    assert boxes(told)["name"] == "Hội chợ Xuân Lào Cai"
    assert posters(desk) == []


def test_a_correction_keeps_the_picture_or_goes_without(desk: Rig) -> None:
    upload(desk, NEW, picture("jpeg"), **fair(desk))
    desk.send(FIRST, do="now")
    desk.heard()

    mended(desk, place="Sân vận động Bắc Hà", bare="")
    mended(desk, place="Sân vận động Sa Pa", bare="yes")

    first, kept, bare = posters(desk)
    assert first == kept is not None
    assert bare is None


@pytest.mark.parametrize("poster", ["x", "0" * 64, "../../etc/passwd"])
def test_no_other_file_goes_with_it(desk: Rig, poster: str) -> None:
    assert "không mở ra xem được" in desk.send(NEW, **fair(desk, poster=poster))
    assert posters(desk) == []
