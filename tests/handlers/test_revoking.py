"""Thu hồi giấy chứng nhận: proposed for a cause of the law, decided in time, told kindly."""

from datetime import date

import pytest

from conversations.forms.revocation import revocation as form
from programme import revocation, ruleset
from programme.roles import Role
from storage import certificates, inspections, officers, registers, yearly
from storage.officers import over
from tests.handlers.appointing import deeds, person, rows
from tests.handlers.phones import Phones
from tests.handlers.test_inspecting import house

TOLD = ("vi phạm", "15/11/2026", "Kết luận 12/KL-SYT: hai mẫu có phẩm màu cấm")


def proposed(phones: Phones) -> Phones:
    """A producer with two certified products, of which one is to be revoked."""
    house(phones, date(2026, 6, 30)).say("thu hồi Gạo Khẩu Mẹo", *TOLD, on="canbo")
    return phones


def certificate(phones: Phones) -> dict[str, object]:
    with phones.database.reading() as tx:
        return next(one for one in certificates.everyone(tx) if one["name"] == "Gạo Khẩu Mẹo")


@pytest.mark.parametrize(
    "typed",
    [
        "thu hồi Gạo Khẩu Mẹo",
        "đề nghị thu hồi giấy chứng nhận của sản phẩm gạo khẩu mẹo",
        "thu hoi giay gao khau meo",
        "revoke Gạo Khẩu Mẹo",
    ],
)
def test_it_may_be_asked_for_in_several_ways(phones: Phones, typed: str) -> None:
    said = house(phones).say(typed, on="canbo")

    assert "Thu hồi giấy chứng nhận Gạo Khẩu Mẹo (3 sao), HTX Bản Liền" in said
    assert "trường hợp nào của Điều 8" in said


def test_the_causes_are_those_of_the_law_each_with_its_words_and_its_clause() -> None:
    offered = [option.value for option in form.question("cause").kind.options]  # type: ignore[attr-defined]

    assert tuple(offered) == revocation.causes()
    assert revocation.clause("stopped") == "điểm đ khoản 1 Điều 8"
    assert [revocation.decided_by(star) for star in (3, 4, 5)] == [
        *("province", "province"),
        "ministry",
    ]
    assert revocation.due(date(2026, 12, 2), ruleset.newest()) == date(2026, 12, 17)


def test_a_proposal_is_due_in_fifteen_days_and_who_decides_is_reminded(phones: Phones) -> None:
    proposed(phones)

    told = phones.read("canbo")
    planned = (
        "SELECT DISTINCT person_id FROM reminders WHERE status = 'planned' AND kind = 'revoke'"
    )
    assert "Chủ tịch UBND tỉnh quyết định, hạn 30/11/2026" in told
    assert rows(phones, planned) == [(person(phones, "canbo"),)]
    assert certificate(phones)["revoked_on"] is None
    assert "thu hồi" not in phones.read("main")


def test_another_can_be_looked_at_or_decided_while_a_proposal_is_asked_for(phones: Phones) -> None:
    proposed(phones).say("thu hồi Miến dong", on="canbo")

    assert "Thu hồi 1, Gạo Khẩu Mẹo" in phones.say("thu hoi 1", on="canbo")
    assert "Quyết định thu hồi số nào" in phones.say("quyet dinh thu hoi so 1", on="canbo")


def test_a_certificate_has_one_open_proposal(phones: Phones) -> None:
    said = proposed(phones).say("thu hồi Gạo Khẩu Mẹo", on="canbo")

    assert "đang có đề nghị thu hồi 1" in said


def test_of_several_that_fit_one_is_chosen(phones: Phones) -> None:
    said = house(phones).say("thu hồi HTX Bản Liền", on="canbo")

    assert "Có 2 giấy chứng nhận như vậy" in said
    assert "Thu hồi giấy chứng nhận Miến dong (4 sao)" in phones.say("2", on="canbo")


def test_what_nobody_has_is_not_revoked(phones: Phones) -> None:
    assert "Em không thấy giấy chứng nhận" in house(phones).say("thu hồi Chè Shan", on="canbo")


def test_the_decision_ends_the_certificate_and_the_producer_hears_why_and_what_to_do(
    phones: Phones,
) -> None:
    proposed(phones)

    said = phones.say("quyết định thu hồi 1 số 88/QĐ-UBND ngày 18/11/2026", "ghi", on="canbo")
    told = phones.read("main")

    assert "giấy chứng nhận hết giá trị từ 18/11/2026" in said
    assert "Gạo Khẩu Mẹo bị thu hồi giấy chứng nhận OCOP từ 18/11/2026" in told
    assert "Kết luận 12/KL-SYT" in told
    assert "chưa dùng logo OCOP cho sản phẩm này" in told
    assert "giữ biên bản đã khắc phục" in told
    assert certificate(phones)["revoked_on"] == date(2026, 11, 18)
    assert {"proposed_revocation", "revoked_certificate"} <= set(deeds(phones, "canbo"))
    waits = "SELECT id FROM reminders WHERE kind = 'revoke' AND status = 'planned'"
    assert rows(phones, waits) == []


def test_no_certificate_is_revoked_before_the_day_of_its_conclusion(phones: Phones) -> None:
    proposed(phones)

    said = phones.say("quyết định thu hồi 1 số 88/QĐ-UBND ngày 10/12/2019", on="canbo")
    still = [phones.say(day, on="canbo") for day in ("14/11/2026", "2019")]
    phones.say("15/11/2026", "ghi", on="canbo")

    assert "không thể ký trước 15/11/2026" in said
    assert "Quyết định ký ngày nào" in said
    assert "không thể ký trước 15/11/2026" in still[0]
    assert certificate(phones)["revoked_on"] == date(2026, 11, 15)


def test_no_certificate_is_revoked_before_it_was_issued(phones: Phones) -> None:
    house(phones, date(2026, 11, 17))
    phones.say("thu hồi Gạo Khẩu Mẹo", *TOLD, on="canbo")

    said = phones.say("quyết định thu hồi 1", "88/QĐ-UBND", "16/11/2026", on="canbo")

    assert "không thể ký trước 17/11/2026" in said


def test_what_is_revoked_counts_nowhere_as_certified(phones: Phones) -> None:
    proposed(phones)
    phones.say("quyết định thu hồi 1", "88/QĐ-UBND", "18/11/2026", "ghi", on="canbo")
    later = date(2026, 12, 31)

    with phones.database.reading() as tx:
        lines = {line.name: line.revoked for line in registers.lines(tx, over(""))}
        names = [one["name"] for one in inspections.certificates_of(tx, 1, later)]
        held = yearly.certified(tx, [1], 2027)
    assert lines == {"Gạo Khẩu Mẹo": "2026-11-18", "Miến dong": ""}
    assert names == ["Miến dong"]
    assert held == [1]
    assert "bị thu hồi từ 18/11/2026" in phones.say("giấy chứng nhận")
    assert "thu hồi từ 18/11/2026" in phones.say("thu hồi", on="canbo")


def test_a_proposal_is_dropped_and_the_certificate_stands(phones: Phones) -> None:
    said = proposed(phones).say("thôi thu hồi 1", on="canbo")

    assert "giấy của Gạo Khẩu Mẹo còn nguyên" in said
    assert certificate(phones)["revoked_on"] is None
    assert "đã có kết quả" in phones.say("quyết định thu hồi 1", on="canbo")


def test_a_commune_proposes_and_the_province_hears_of_it_and_decides(phones: Phones) -> None:
    house(phones)
    for phone, area, role in (("xa", "02869", Role.COMMUNE), ("tinh", "15", Role.PROVINCE)):
        phones.agreed(phone)
        with phones.database.transaction() as tx:
            officers.appoint(tx, person(phones, phone), area, phones.player.now, role)

    said = phones.say(
        "thu hồi gạo khẩu mẹo", "không còn sản xuất", "15/11/2026", "xã xác nhận", on="xa"
    )
    told = phones.read("tinh")
    alone = phones.say("quyết định thu hồi 1", on="xa")

    assert "Em báo cán bộ tỉnh rồi" in said
    assert "Cán bộ xã đề nghị thu hồi Gạo Khẩu Mẹo" in told
    assert "Quyết định thu hồi số nào" not in alone
    assert "xã xác nhận" in phones.say("thu hồi 1", on="tinh")
    assert "Quyết định thu hồi số nào" in phones.say("quyết định thu hồi 1", on="tinh")


def test_another_province_sees_nothing_of_it(phones: Phones) -> None:
    proposed(phones)
    phones.say("chào em", on="kia")
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(phones, "kia"), "68", phones.player.now, Role.PROVINCE)

    assert "không có việc thu hồi số 1" in phones.say("thu hồi 1", on="kia")
    assert "Em không thấy giấy chứng nhận" in phones.say("thu hồi miến dong", on="kia")


def test_a_producer_who_types_it_is_answered_as_any(phones: Phones) -> None:
    house(phones)

    assert "Điều 8 ạ" not in phones.say("thu hồi Gạo Khẩu Mẹo")
