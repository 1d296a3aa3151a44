"""Nobody judges what is their own: an officer who is a producer too, or helps one."""

import pytest

from programme.roles import Role
from storage import audit, dossiers, officers, producers
from tests.handlers.appointing import person
from tests.handlers.meeting import agenda, called, mark
from tests.handlers.offices import BAC_HA, BAN_LIEN, COMMUNE, MAIN, OTHER, PROVINCE, give
from tests.handlers.offices import opened as with_offices
from tests.handlers.phones import Phones


@pytest.fixture
def offices(phones: Phones) -> Phones:
    """The producer has become an officer of her own commune, where there are two others."""
    with_offices(phones)
    appoint(phones, MAIN, BAN_LIEN)
    return phones


def appoint(phones: Phones, person: int, area: str, role: Role | None = None) -> None:
    with phones.database.transaction() as tx:
        officers.appoint(tx, person, area, phones.player.now, role)


def helping(phones: Phones, *persons: int) -> None:
    """Let these act for the producer too."""
    with phones.database.transaction() as tx:
        for person in persons:
            producers.join(tx, person, 1, "helper", phones.player.now)


def verdicts(phones: Phones, person: int) -> list[str]:
    """What that officer found of anything."""
    looked = ("read_idea", "read_paper", "read_dossier")
    with phones.database.reading() as tx:
        return [r["deed"] for r in audit.of_person(tx, person) if r["deed"] not in looked]


def filed(phones: Phones, *, up: bool = False) -> None:
    now = phones.player.now
    with phones.database.transaction() as tx:
        dossiers.change(tx, 1, filed_at=now, sent_up_at=now if up else None)


# -- what waits, and for whom ----------------------------------------------------------------------


def test_ones_own_waits_for_the_others_of_the_commune_and_not_for_oneself(offices: Phones) -> None:
    give(offices)
    filed(offices)

    assert "Hộp thư trống" in offices.say("việc")
    assert "Có 3 việc chờ anh chị" in offices.say("việc", on="xa")
    assert "Hộp thư trống" in offices.say("việc", on="tinh"), "the commune sees to it"


def test_where_all_of_the_commune_act_for_the_producer_the_province_sees_to_it(
    offices: Phones,
) -> None:
    helping(offices, COMMUNE, OTHER)

    assert "Hộp thư trống" in offices.say("việc", on="xa")
    assert "1 phiếu ý tưởng" in offices.say("việc", on="tinh")


def test_a_dossier_of_the_provinces_own_officer_is_for_who_looks_after_everything(
    offices: Phones,
) -> None:
    helping(offices, PROVINCE)
    filed(offices, up=True)
    offices.say("/start CANBO", on="admin")

    said = offices.say("soát 1", on="tinh")

    assert "Người quản trị sẽ xét" in said
    assert "Hồ sơ đủ" not in said
    assert "1 hồ sơ tỉnh soát" in offices.say("việc", on="admin")


# -- judging it all the same -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        *("nhận 1", "trả phiếu 1: thiếu ảnh", "trả phiếu 1", "hỏi phiếu 1: lúa ở đâu"),
        *("hỏi phiếu 1", "đạt 1", "trả 1: ảnh mờ", "trả 1", "xét 1", "gửi tỉnh 1"),
        *("đạt phương án 1",),
    ],
)
def test_no_words_let_an_officer_judge_her_own(offices: Phones, typed: str) -> None:
    give(offices)
    filed(offices)

    said = offices.say(typed)

    assert "Cán bộ khác của xã sẽ xét" in said
    assert offices.open_form() == ""
    assert verdicts(offices, MAIN) == []
    assert (offices.ideas()[0]["verdict"], offices.papers()[0]["verdict"]) == (None, None)


@pytest.mark.parametrize("tapped", ["idea_accept:1.0", "paper_accept:1.0", "send_up_paper:1.0"])
def test_no_button_of_an_old_letter_does_either(offices: Phones, tapped: str) -> None:
    give(offices)
    filed(offices)

    assert "Cán bộ khác của xã sẽ xét" in offices.tap(f"m|{tapped}")
    assert verdicts(offices, MAIN) == []


def test_a_form_that_was_begun_before_one_acted_for_the_producer_judges_nothing(
    offices: Phones,
) -> None:
    give(offices)
    offices.say("trả 1", on="xa")
    helping(offices, COMMUNE)

    assert "không tự xét được" in offices.say("ảnh mờ quá", on="xa")
    assert verdicts(offices, COMMUNE) == []


def test_what_is_ones_own_can_still_be_looked_at(offices: Phones) -> None:
    give(offices)

    said = offices.say("xem giấy 1")

    assert "Câu chuyện sản phẩm" in said
    assert "Anh chị thấy thế nào" not in said


def test_where_nobody_else_could_it_is_said_how_to_invite_somebody(phones: Phones) -> None:
    phones.with_idea()
    appoint(phones, MAIN, BAN_LIEN)

    said = phones.say("nhận 1")

    assert "Chưa có ai khác xét thay" in said
    phones.say("mời cán bộ")
    assert phones.open_form() == "invite"


def test_other_producers_are_judged_as_ever(offices: Phones) -> None:
    with offices.database.transaction() as tx:
        officers.dismiss(tx, MAIN)
        about = {"name": "HTX khác", "kind": "cooperative", "commune_code": BAC_HA}
        other = producers.add(tx, about, offices.player.now)
        producers.join(tx, COMMUNE, other, "own", offices.player.now)

    assert "báo chủ thể rồi" in offices.say("nhận 1", on="xa")


# -- the council -----------------------------------------------------------------------------------


def test_a_member_does_not_mark_what_is_their_own_and_nobody_waits_for_it(phones: Phones) -> None:
    called(phones)
    (row,) = agenda(phones)
    with phones.database.transaction() as tx:
        producers.join(tx, person(phones, "tv1"), row["producer_id"], "own", phones.player.now)

    said = phones.say("chấm", "1", on="tv1")

    assert "anh chị không chấm ạ" in said
    assert "đứng ngoài" in said
    assert "Anh chị đã chấm đủ" in said
    for name in ("tv2", "tv3"):
        mark(phones, name, 3)
        phones.say("1", on=name)
    assert "2/2 phiếu" in phones.say("phiên họp", on="canbo")
    assert "Còn thiếu" not in phones.say("kết thúc phiên", on="canbo")
