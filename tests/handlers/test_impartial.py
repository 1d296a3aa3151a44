"""Nobody judges what is their own: an officer who is a producer too, or helps one."""

import pytest

from programme.roles import Role
from storage import audit, dossiers, officers, producers
from tests.handlers.appointing import person
from tests.handlers.meeting import agenda, called, mark, put
from tests.handlers.offices import (
    BAC_HA,
    BAN_LIEN,
    COMMUNE,
    LAO_CAI,
    MAIN,
    OTHER,
    PROVINCE,
    give,
)
from tests.handlers.offices import opened as with_offices
from tests.handlers.phones import Phones
from tests.handlers.test_council import DECISION
from tests.handlers.test_inspecting import certify


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


# -- what comes after a certificate ----------------------------------------------------------------


@pytest.fixture
def certified(phones: Phones) -> Phones:
    """A certified producer for whom one of the province acts too."""
    with_offices(phones)
    certify(phones, 1, "Gạo Khẩu Mẹo")
    helping(phones, PROVINCE)
    return phones


def test_nobody_proposes_decides_or_drops_the_revoking_of_their_own(certified: Phones) -> None:
    with certified.database.transaction() as tx:
        officers.appoint(tx, MAIN, LAO_CAI, certified.player.now, Role.PROVINCE)
        officers.appoint(tx, OTHER, LAO_CAI, certified.player.now, Role.PROVINCE)
    proposed = certified.say("thu hồi Gạo Khẩu Mẹo", on="tinh")
    certified.say("thu hồi Gạo Khẩu Mẹo", "vi phạm", "hôm nay", "kết luận 12", on="xa2")
    dropped = certified.say("thôi thu hồi 1", on="tinh")
    decided = certified.say("quyết định thu hồi 1 số 88/QĐ-UBND", on="tinh")

    assert all("anh chị không tự làm được" in said for said in (proposed, dropped, decided))
    assert "Cán bộ tỉnh làm được" in decided
    assert certified.open_form(PROVINCE) == ""
    assert verdicts(certified, PROVINCE) == []
    assert "chờ quyết định" in certified.say("thu hồi 1", on="tinh"), "it can still be looked at"


def test_a_decision_that_was_begun_before_one_acted_for_the_producer_revokes_nothing(
    certified: Phones,
) -> None:
    with certified.database.transaction() as tx:
        officers.appoint(tx, OTHER, LAO_CAI, certified.player.now, Role.PROVINCE)
    certified.say("thu hồi Gạo Khẩu Mẹo", "vi phạm", "hôm nay", "kết luận 12", on="xa2")
    certified.say("quyết định thu hồi 1", "88/QĐ-UBND", "hôm nay", on="xa2")
    helping(certified, OTHER)

    assert "anh chị không tự" in certified.say("ghi", on="xa2")
    assert verdicts(certified, OTHER) == ["proposed_revocation"]


def test_nobody_inspects_their_own(certified: Phones) -> None:
    certified.say("kiểm tra cơ sở HTX Bản Liền", on="xa")
    typed = ("ghi kiểm tra 1", "ảnh kiểm tra 1", "mẫu kiểm tra 1 đạt", "đóng kiểm tra 1")

    said = [certified.say(each, on="tinh") for each in (*typed, "kiểm tra cơ sở HTX Bản Liền")]

    assert all("Cán bộ khác của xã làm được" in each for each in said)
    assert verdicts(certified, PROVINCE) == []


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


def test_a_secretary_changes_nothing_of_their_own_on_the_agenda(phones: Phones) -> None:
    called(phones)
    (row,) = agenda(phones)
    with phones.database.transaction() as tx:
        producers.join(tx, person(phones, "canbo"), row["producer_id"], "own", phones.player.now)
    typed = ("chấm lại 1", "loại 1 nhãn sai", "bỏ loại 1", "rút 1 khỏi phiên")

    said = [phones.say(each, on="canbo") for each in typed]

    assert all("Chưa có ai khác xét thay" in each for each in said)
    assert agenda(phones) == [row]


def test_nobody_notes_the_ministrys_word_on_their_own(phones: Phones) -> None:
    called(phones)
    for seat in (1, 2, 3):
        put(phones, 1, seat, 92)
    phones.say("kết thúc phiên", "1", DECISION, "1", on="canbo")
    phones.say("Bộ công nhận 1", "5 sao", "321/QĐ-BNNMT", on="canbo")
    (row,) = agenda(phones)
    with phones.database.transaction() as tx:
        producers.join(tx, person(phones, "canbo"), row["producer_id"], "own", phones.player.now)

    said = [phones.say(each, on="canbo") for each in ("1/11/2026", "Bộ công nhận 1")]

    assert all("Chưa có ai khác xét thay" in each for each in said)
    assert phones.dossiers()[0]["status"] == "open"
