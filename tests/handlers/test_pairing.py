"""An officer looks at two producers side by side and says whether they are one."""

import pytest
from sqlalchemy import text

from storage import producers
from tests.handlers import appointing
from tests.handlers.appointing import deeds
from tests.handlers.phones import Phones
from tests.storage.test_pairings import told


@pytest.fixture
def office(phones: Phones) -> Phones:
    """Somebody of Bản Liền, of whom a register tells too, and two officers."""
    phones.with_profile()
    with phones.database.transaction() as tx:
        told(tx, "Hợp tác xã Bản Liền")
    phones.say("/start CANBO", on="canbo")
    appointing.officer(phones, "commune", "xa")
    return phones


def owners(phones: Phones) -> list[str]:
    with phones.database.reading() as tx:
        found = "SELECT o.name FROM products p JOIN producers o ON o.id = p.producer_id"
        return list(tx.execute(text(found)).scalars())


@pytest.mark.parametrize("typed", ["ghép chủ thể", "xem chủ thể trùng nhau", "doi so"])
def test_it_is_offered_and_nothing_happens_by_itself(office: Phones, typed: str) -> None:
    said = office.say(typed, on="xa")

    assert "1 chủ thể trong sổ" in said
    assert owners(office) == ["Hợp tác xã Bản Liền"]


def test_an_officer_sees_both_says_yes_and_the_producer_hears_of_it(office: Phones) -> None:
    both = office.say("ghép chủ thể", "1", on="xa")
    said = office.say("1", on="xa")

    assert "Trong sổ: Hợp tác xã Bản Liền" in both
    assert "1 sản phẩm: Gạo Séng Cù" in both
    assert "Trong chat: HTX Bản Liền" in both
    assert "✓ Em đã ghép" in said
    assert owners(office) == ["HTX Bản Liền"]
    assert "Gạo Séng Cù" in office.read()
    assert {"looked_at_pair", "same_producer"} <= set(deeds(office, "xa"))
    assert "Chưa thấy chủ thể nào" in office.say("ghép chủ thể", on="canbo")


def test_a_mistake_is_taken_back_and_not_asked_again(office: Phones) -> None:
    office.say("ghép chủ thể", "1", "1", on="xa")

    said = office.say("tách chủ thể", "1", on="xa")

    assert "✓ Em đã tách" in said
    assert owners(office) == ["Hợp tác xã Bản Liền"]
    assert "Chưa thấy chủ thể nào" in office.say("ghép chủ thể", on="xa")
    assert "parted_producer" in deeds(office, "xa")


def test_two_that_are_not_one_stay_apart(office: Phones) -> None:
    said = office.say("ghép chủ thể", "1", "2", on="xa")

    assert "✓ Em để riêng" in said
    assert owners(office) == ["Hợp tác xã Bản Liền"]
    assert "Chưa thấy chủ thể nào" in office.say("ghép chủ thể", on="canbo")


def test_what_a_colleague_judged_meanwhile_is_said(office: Phones) -> None:
    office.say("ghép chủ thể", "1", on="xa")
    office.say("ghép chủ thể", "1", "2", on="canbo")

    assert "đã có người quyết" in office.say("1", on="xa")


def test_a_producer_is_no_officer_and_hears_nothing_of_it(office: Phones) -> None:
    assert "trong sổ" not in office.say("ghép chủ thể")
    assert "Bản Phố" not in office.say("ghép chủ thể", on="xa")


def test_a_member_of_a_council_may_not(office: Phones) -> None:
    appointing.officer(office, "member", "member")

    assert "trong sổ có thể" not in office.say("ghép chủ thể", on="member")


def test_there_may_be_nobody(phones: Phones) -> None:
    phones.say("/start CANBO", on="canbo")

    assert "chủ thể đã ghép" in phones.say("ghép chủ thể", on="canbo")
    assert "Chưa ghép" in phones.say("chủ thể đã ghép", on="canbo")


def test_nobody_joins_or_parts_the_producer_for_whom_they_act(office: Phones) -> None:
    office.say("ghép chủ thể", "1", "1", on="canbo")
    with office.database.transaction() as tx:
        producers.join(tx, appointing.person(office, "xa"), 1, "helper", office.player.now)
    parted = office.say("tách chủ thể", "1", on="xa")
    office.say("tách chủ thể", "1", on="canbo")

    assert "anh chị không tự làm được" in parted
    assert "parted_producer" not in deeds(office, "xa")


def test_nobody_hands_a_registers_certificates_to_themselves(office: Phones) -> None:
    with office.database.transaction() as tx:
        producers.join(tx, appointing.person(office, "xa"), 1, "helper", office.player.now)

    said = office.say("ghép chủ thể", "1", "1", on="xa")

    assert "Người quản trị làm được" in said
    assert owners(office) == ["Hợp tác xã Bản Liền"]
    assert "✓ Em đã ghép" in office.say("ghép chủ thể", "1", "1", on="canbo")
