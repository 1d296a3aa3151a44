"""What officers say from the desk, answers and announcements, is what they say in the chat."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bot.desk_rig import Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.offices import noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
QUESTIONS, NEW = "/desk/questions", "/desk/announcements/new"
ASKED = "hỏi cán bộ nhà tôi gửi xe ở đâu"


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        yield made.enter()


def deeds(desk: Rig) -> list[str]:
    return [deed for _, deed, _, _ in noted(desk.phones)]


def day(desk: Rig, ahead: int) -> str:
    return (desk.phones.player.now + timedelta(days=ahead)).date().isoformat()


# -- questions -------------------------------------------------------------------------------------


def test_a_question_is_read_and_answered_at_the_desk(desk: Rig) -> None:
    desk.phones.say(ASKED)

    listed = desk.page(QUESTIONS)
    shown = desk.page(f"{QUESTIONS}/1")
    told = desk.send(f"{QUESTIONS}/1", do="reply", text="Ở sân xã, chị nhé.")
    heard = desk.heard()

    assert "nhà tôi gửi xe ở đâu" in listed
    assert "nhà tôi gửi xe ở đâu" in shown
    assert "chuyển lời đáp câu hỏi số 1" in told
    assert "Ở sân xã, chị nhé." in heard
    assert "Câu hỏi: 0 câu đang chờ" in desk.page(QUESTIONS)
    assert {"listed_questions", "read_question", "answered_question"} <= set(deeds(desk))


def test_who_was_quicker_is_not_overwritten_and_what_was_typed_can_go_beside_it(desk: Rig) -> None:
    desk.phones.say(ASKED)
    desk.phones.say("trả lời 1: Ở sân xã.", on="xa2")

    told = desk.send(f"{QUESTIONS}/1", do="reply", text="Ở cổng chợ.")
    desk.send(f"{QUESTIONS}/1", do="more", text="Ở cổng chợ.")

    assert "vừa trả lời câu này" in told
    assert "Ở sân xã." in told
    assert ">Ở cổng chợ.</textarea>" in told
    assert "Ở cổng chợ." in desk.heard()


@pytest.mark.parametrize("text", ["", "x", "x" * 601])
def test_an_answer_that_says_nothing_or_too_much_is_told_and_kept(desk: Rig, text: str) -> None:
    desk.phones.say(ASKED)

    told = desk.send(f"{QUESTIONS}/1", do="reply", text=text)

    assert "từ 2 tới 600 chữ" in told
    assert f">{text}</textarea>" in told


def test_a_question_goes_to_the_level_above_with_what_is_added(desk: Rig) -> None:
    desk.phones.say(ASKED)

    told = desk.send(f"{QUESTIONS}/1", do="pass", text="Nhờ tỉnh xem giúp")
    page = desk.enter("tinh").page(f"{QUESTIONS}/1")

    assert "chuyển câu hỏi số 1" in told
    assert "Nhờ tỉnh xem giúp" in page


def test_a_question_of_elsewhere_is_not_there(desk: Rig) -> None:
    desk.phones.say(ASKED)
    desk.phones.say("/start CANBO", on="la")
    desk.enter("la")

    assert desk.browser.get(f"{QUESTIONS}/2").status_code == 404
    assert desk.browser.get(f"{QUESTIONS}/999999999").status_code == 404


# -- announcements ---------------------------------------------------------------------------------


def fair(desk: Rig, **fields: object) -> dict[str, object]:
    return {
        "do": "make",
        "kind": "fair",
        "name": "Hội chợ Xuân Lào Cai",
        "from": day(desk, 30),
        "to": day(desk, 33),
        "place": "Quảng trường Kim Tân",
        "register_by": day(desk, 20),
        "aim": "tất cả",
        **fields,
    }


def test_an_announcement_is_composed_looked_at_and_sent_from_the_desk(desk: Rig) -> None:
    seen = desk.send(NEW, **fair(desk))
    told = desk.send("/desk/announcements/1", do="now")
    desk.phones.wait(timedelta(hours=1))

    assert "Gửi 1 người" in seen
    assert "Mời bác" in seen or "mời bác" in seen
    assert "Gửi ngay" in seen
    assert "Gửi ngay" not in told
    assert "Hội chợ Xuân Lào Cai" in desk.heard()
    assert {"made_announcement", "started_announcement"} <= set(deeds(desk))


def test_it_can_be_put_off_to_a_morning_or_dropped(desk: Rig) -> None:
    desk.send(NEW, **fair(desk))
    desk.send(NEW, **fair(desk, name="Hội chợ khác"))

    late = desk.send("/desk/announcements/1", do="later", day=day(desk, 25))
    told = desk.send("/desk/announcements/1", do="later", day=day(desk, 2))
    dropped = desk.send("/desk/announcements/2", do="drop")

    assert "chưa quá hạn của thông báo" in late
    assert "hẹn gửi" in told
    assert "không gửi" in dropped


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"name": "x"}, "Tên từ 4 tới 120 chữ"),
        ({"from": ""}, "Ngày đầu và ngày cuối"),
        ({"to": "2020-01-01"}, "Ngày đầu và ngày cuối"),
        ({"place": ""}, "Nơi tổ chức từ 2"),
        ({"aim": "xyz qwerty"}, "chưa hiểu gửi cho ai"),
        ({"register_by": "2020-01-01"}, "Hạn đăng ký là hôm nay"),
        ({"phone": "không biết"}, "chưa đọc được ô này"),
        ({"aim": "ai có 5 sao"}, "Em chưa gửi được cho ai"),
    ],
)
def test_what_cannot_be_announced_is_told_kindly_and_nothing_typed_is_lost(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    typed = fair(desk, **wrong)

    told = desk.send(NEW, **typed)

    assert hint in told
    kept = ("name", "from", "to", "place", "register_by", "aim")
    assert [name for name in kept if f'name="{name}"' not in told] == []
    assert [name for name in kept if typed[name] and f'value="{typed[name]}"' not in told] == []
    assert desk.browser.get("/desk/announcements/1").status_code == 404


def test_an_official_text_fills_the_boxes(desk: Rig) -> None:
    notice = (
        "Sở Công Thương mời tham gia Hội chợ Xuân Lào Cai từ ngày 24/12/2026 đến 28/12/2026 tại "
        "Quảng trường Kim Tân. Đăng ký trước ngày 10/12/2026. Công văn số 1234/SCT-QLTM."
    )

    told = desk.send(NEW, do="read", notice=notice)

    assert 'name="from" autocomplete="off" min="2026-11-23" value="2026-12-24"' in told
    assert 'value="Quảng trường Kim Tân"' in told
    assert 'value="1234/SCT-QLTM"' in told
