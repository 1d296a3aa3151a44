"""Hội đồng: seated by codes, marking alone, counted by the by-laws, and what follows from it."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import text

from documents import orders
from documents.forms import CouncilMinutes, CouncilNotice, CouncilScores
from handlers.officer import council_words
from handlers.officer.council_words import Order
from storage import audit, ballots, certificates, councils, dossiers
from storage.ballots import Key
from storage.officers import over
from tests.handlers.meeting import (
    BEFORE,
    CODE,
    NINE,
    agenda,
    called,
    found,
    found_whole,
    mark,
    put,
    seated,
    town,
)
from tests.handlers.phones import Phones

DECISION = "quyết định 1234/QĐ-UBND ngày 20/10/2026"

# -- how it is typed -------------------------------------------------------------------------------

TYPED = {
    Order("found"): ("lập hội đồng", "thanh lap hoi dong", "set up council"),
    Order("found", None, "Lào Cai"): ("lập hội đồng tỉnh Lào Cai",),
    Order("council"): ("hội đồng", "xem hội đồng", "council"),
    Order("code", 3): ("mã hội đồng 3", "ma thanh vien so 3"),
    Order("call"): ("mở phiên họp", "trieu tap phien hop", "call a meeting"),
    Order("sitting"): ("phiên họp", "tien do phien", "meeting", "xem ý kiến"),
    Order("ask"): ("lấy ý kiến", "lay y kien bang van ban", "xin ý kiến các thành viên"),
    Order("until", None, "12/7"): ("hạn ý kiến 12/7", "dời hạn ý kiến đến 12/7"),
    Order("put_off", None, "2"): ("đưa 2 ra họp", "chuyen san pham 2 sang hop"),
    Order("put_off", None, "2, 3 va 5"): ("đưa 2, 3 và 5 ra họp",),
    Order("put_off"): ("đưa ra họp",),
    Order("take_back", 2): ("thôi đưa 2 ra họp", "khong dua 2 ra hop", "keep 2 in writing"),
    Order("attend", None, "1 2 3 và 5"): ("có mặt 1 2 3 và 5", "có mặt: 1 2 3 và 5"),
    Order("attend_all"): ("có mặt đủ", "co mat tat ca", "all present"),
    Order("again", 3): ("chấm lại 3", "cham lai san pham so 3", "mark again 3"),
    Order("refuse", 9, "nhãn sai"): ("loại 9: nhãn sai", "loại sản phẩm 9 nhãn sai"),
    Order("let_in", 9): ("bỏ loại 9", "thoi loai 9"),
    Order("drop", 2): ("rút 2 khỏi phiên", "rut san pham 2 khoi phien"),
    Order("remind"): ("nhắc chấm", "remind members"),
    Order("close"): ("kết thúc phiên", "dong phien hop", "close the meeting", "chốt ý kiến"),
    Order("decide", None, "12/QĐ-UBND ngày 3/4/2027"): ("quyết định 12/QĐ-UBND ngày 3/4/2027",),
    Order("ministry", 3): ("Bộ công nhận 3", "bo cong nhan san pham 3"),
    Order("mark"): ("chấm", "cham diem", "mark"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("order", "typed"), [(order, typed) for order, ways in TYPED.items() for typed in ways]
)
def test_a_council_may_be_told_in_several_ways(order: Order, typed: str) -> None:
    assert council_words.read(typed) == order


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3",
        "chấm lại",
        "chấm lại mục 3",
        "loại gạo",
        "hội đồng họp bao giờ",
        "có mặt",
        "xin ý kiến",
    ],
)
def test_other_words_are_no_councils(typed: str) -> None:
    assert council_words.read(typed) is None


# -- who sits there --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("phiên", "chưa có Hội đồng nào"),
        ("có mặt 1,2", "chưa có Hội đồng nào"),
        ("biên bản", "chưa có Hội đồng nào"),
        ("chấm", "chưa có chỗ chấm điểm"),
        ("danh sách hội đồng", "Chưa có hồ sơ nào soát đủ"),
    ],
)
def test_an_order_where_a_day_is_asked_is_obeyed_and_the_day_is_asked_again(
    phones: Phones, typed: str, heard: str
) -> None:
    phones.say("/start CANBO", on="canbo")
    phones.say("lập hội đồng tỉnh Lào Cai", "215/QĐ-UBND", on="canbo")

    said = phones.say(typed, on="canbo")

    assert heard in said
    assert said.endswith("Quyết định ấy ký ngày nào ạ (ví dụ: 12/3/2026)?")


@pytest.mark.parametrize("typed", ["12/10/2026", "quyết định ký ngày 12/10/2026"])
def test_the_day_of_the_decision_is_no_order(phones: Phones, typed: str) -> None:
    phones.say("/start CANBO", on="canbo")

    said = phones.say("lập hội đồng tỉnh Lào Cai", "quyết định 215/QĐ-UBND", typed, on="canbo")

    assert "12/10/2026" in said
    assert phones.open_form(1) == "council"


def test_a_pasted_list_becomes_seats_and_each_who_marks_gets_a_code(phones: Phones) -> None:
    codes = found(phones)

    with phones.database.reading() as tx:
        seats = councils.seats(tx, 1)
    told = [(seat["name"], seat["position"], seat["office"]) for seat in seats]
    assert told == [
        ("Nguyễn Văn An", "chairman", "UBND tỉnh"),
        ("Lò Thị Hoa", "deputy", "Sở Công Thương"),
        ("Trần Văn Ba", "member", "Sở Y tế"),
        ("Đỗ Thị Mơ", "guest", "siêu thị"),
    ]
    assert len(set(codes)) == 3  # a guest does not mark


def test_a_council_has_just_one_chairman(phones: Phones) -> None:
    phones.say("/start CANBO", on="canbo")

    said = phones.say(
        "lập hội đồng tỉnh Lào Cai", "215/QĐ-UBND", "12/10/2026",
        "Nguyễn Văn An, uỷ viên", "xong", "gửi", on="canbo",
    )  # fmt: skip

    assert "đúng một chủ tịch" in said
    again = phones.say("Nguyễn Văn An, chủ tịch", "xong", "gửi", on="canbo")
    assert "1 người chấm điểm" in again or "Mã riêng" in again


def test_a_seats_code_is_good_once_and_shown_to_nobody_else(phones: Phones) -> None:
    first, *_ = found(phones)

    welcome = phones.say(f"mã mời {first}", on="an")
    again = phones.say(f"mã mời {first}", on="kẻ lạ")

    assert "Nguyễn Văn An, chủ tịch Hội đồng" in welcome
    assert "Mã này em chưa dùng được" in again
    assert first.replace("-", "") not in phones.everything()


def test_a_new_code_for_a_seat_ends_the_old_one(phones: Phones) -> None:
    first, *_ = found(phones)
    (new,) = CODE.findall(phones.say("mã hội đồng 1", on="canbo"))

    assert "chưa dùng được" in phones.say(f"mã mời {first}", on="an")
    assert "chủ tịch" in phones.say(f"mã mời {new}", on="an")


def test_no_new_council_takes_the_place_of_one_that_is_sitting(phones: Phones) -> None:
    called(phones)

    assert "kết thúc rồi mới lập" in phones.say("lập hội đồng tỉnh Lào Cai", on="canbo")


def test_a_commune_makes_no_council_and_a_producer_sees_none(phones: Phones) -> None:
    phones.with_idea()

    assert "Hội đồng" not in phones.say("lập hội đồng")
    assert "Hội đồng" not in phones.say("chấm")


# -- marking ---------------------------------------------------------------------------------------


def test_nobody_sees_what_another_gives_and_the_secretary_sees_no_mean_before_all_are_in(
    phones: Phones,
) -> None:
    an, hoa, _ = called(phones)
    mark(phones, an, 3)
    phones.say("1", on=an)

    other = phones.say("chấm", "1", on=hoa)
    secretary = phones.say("phiên họp", on="canbo")

    assert "điểm, " not in secretary
    assert "1/3 phiếu; còn Lò Thị Hoa, Trần Văn Ba" in secretary
    assert "Nguyễn Văn An" not in other


def test_marks_are_kept_one_by_one_and_a_line_passed_over_is_asked_before_handing_in(
    phones: Phones,
) -> None:
    an, *_ = called(phones)
    phones.say("chấm", "1", "1", "3", "bỏ qua", on=an)
    with phones.database.reading() as tx:
        kept = ballots.of(tx, Key(1, 1, 1, 1))
    assert kept is not None
    assert set(kept.marks) == {"1.1"}

    said = mark(phones, an, 3)

    assert "Nộp phiếu này ạ?" in said or "anh chị bỏ qua" in said


def test_points_that_the_sheet_does_not_have_are_refused_kindly(phones: Phones) -> None:
    an, *_ = called(phones)

    said = phones.say("chấm", "1", "1", "7", on=an)

    assert "chỉ có các mức 0, 1, 2, 3 điểm" in said


def test_a_paper_can_be_looked_at_in_the_middle_of_a_sheet(phones: Phones) -> None:
    an, *_ = called(phones)
    before = phones.say("chấm", "1", "1", on=an).splitlines()[-1]

    said = phones.say("xem giấy 1", on=an)

    assert said.endswith(before)


def test_who_has_an_interest_stands_aside_and_is_waited_for_no_more(phones: Phones) -> None:
    an, hoa, _ = called(phones)

    phones.say("chấm", "1", "3", on=an)
    mark(phones, hoa, 3)
    phones.say("1", on=hoa)
    said = phones.say("phiên họp", on="canbo")

    assert "1/2 phiếu; còn Trần Văn Ba" in said


def test_sheets_far_apart_are_marked_again_from_what_was_given_and_the_first_stay(
    phones: Phones,
) -> None:
    called(phones)
    for seat, points in enumerate((90, 60, 80), 1):
        put(phones, 1, seat, points)
    before = phones.say("phiên họp", on="canbo")
    phones.say("chấm lại 1", on="canbo")
    sum_ = phones.say("chấm", "1", "1", on="tv2")
    phones.say("1", on="tv2")

    assert "lệch nhau 30 điểm, nên bàn và chấm lại" in before
    assert "60 điểm" in sum_
    with phones.database.reading() as tx:
        first, second = (ballots.of(tx, Key(1, 1, 2, turn)) for turn in (1, 2))
    assert first is not None
    assert second is not None
    assert second.handed_in_at
    assert first.marks == second.marks


def test_the_sheet_of_who_is_not_there_counts_nothing(phones: Phones) -> None:
    called(phones)
    for seat, points in enumerate((60, 61, 90), 1):
        put(phones, 1, seat, points)

    phones.say("có mặt 1 2", on="canbo")

    assert "2/2 phiếu, 60,5 điểm" in phones.say("phiên họp", on="canbo")


# -- ending ----------------------------------------------------------------------------------------


def test_a_meeting_ends_only_with_a_quorum_and_with_all_sheets(phones: Phones) -> None:
    called(phones)
    phones.say("có mặt 3", on="canbo")
    put(phones, 1, 3, 60)

    few = phones.say("kết thúc phiên", on="canbo")
    phones.say("có mặt đủ", on="canbo")
    without = phones.say("kết thúc phiên", on="canbo")
    put(phones, 1, 1, 60)
    put(phones, 1, 2, 60)
    whole = phones.say("kết thúc phiên", "1", on="canbo")

    assert "mới có 1 người chấm, cần 2, và phải có chủ tịch" in few
    assert "còn thiếu phiếu: 1" in without
    assert "Phiên 1 kết thúc" in whole
    assert "3/3 phiếu, 60 điểm" in whole


def test_after_the_end_nobody_marks_any_more(phones: Phones) -> None:
    an, *_ = called(phones)
    for seat in (1, 2, 3):
        put(phones, 1, seat, 60)
    phones.say("chấm", "1", "2", "1", on=an)
    phones.say("kết thúc phiên", "1", on="canbo")

    assert "không có phiên nào đang chấm" in phones.say("chấm", on=an)
    with phones.database.reading() as tx:
        assert {each.handed_in_at is not None for each in ballots.of_sitting(tx, 1)} == {True}


def test_the_decision_makes_a_certificate_of_36_months_and_tells_the_producer_why(
    phones: Phones,
) -> None:
    called(phones)
    for seat, points in enumerate((75, 76, 77), 1):
        put(phones, 1, seat, points)
    phones.say("kết thúc phiên", "1", DECISION, on="canbo")
    said = phones.say("1", on="canbo")

    with phones.database.reading() as tx:
        (one,) = certificates.everyone(tx)
        row = dossiers.by_id(tx, 1)
    assert "1 sản phẩm được công nhận" in said
    assert "được công nhận 4 sao (76 điểm), Quyết định 1234/QĐ-UBND" in phones.read("main")
    assert (one["star"], one["decision"]) == (4, "1234/QĐ-UBND")
    assert (one["issued"], one["expires"]) == (date(2026, 10, 20), date(2029, 10, 20))
    assert row["status"] == "closed"


def test_ninety_points_go_to_the_ministry_and_its_word_is_told(phones: Phones) -> None:
    called(phones)
    for seat in (1, 2, 3):
        put(phones, 1, seat, 92)
    phones.say("kết thúc phiên", "1", DECISION, "1", on="canbo")
    up = phones.read("main")
    phones.say("Bộ công nhận 1", "5 sao", "321/QĐ-BNNMT", "1/11/2026", on="canbo")

    with phones.database.reading() as tx:
        (one,) = certificates.everyone(tx)
    assert "92 điểm, đủ để tỉnh gửi lên Bộ xét 5 sao" in up
    assert "được công nhận 5 sao, Quyết định 321/QĐ-BNNMT" in phones.read("main")
    assert one["star"] == 5


def test_what_did_not_pass_goes_on_to_the_next_round_with_its_papers(phones: Phones) -> None:
    called(phones)
    before = phones.dossiers()[0]
    for seat in (1, 2, 3):
        put(phones, 1, seat, 45)
    phones.say("kết thúc phiên", "1", DECISION, "1", on="canbo")

    after = phones.dossiers()[0]
    told = phones.read("main")
    assert "45 điểm, lần này chưa đạt 3 sao" in told
    assert "Hồ sơ của bác còn nguyên" in told
    assert after["round_key"] != before["round_key"]
    assert after["filed_at"] is None
    found_whole(phones)
    with phones.database.reading() as tx:
        assert [row["id"] for row in councils.waiting(tx, over("15"), 9)] == [1]


def test_all_that_a_council_does_is_in_the_log_and_no_name_is(phones: Phones) -> None:
    called(phones)
    for seat in (1, 2, 3):
        put(phones, 1, seat, 60)
    phones.say("loại 1 nhãn chưa đúng", "bỏ loại 1", "kết thúc phiên", "1", on="canbo")

    with phones.database.reading() as tx:
        assert not list(audit.faults(tx))
        deeds = {each["deed"] for person in range(1, 9) for each in audit.of_person(tx, person)}
    assert deeds >= {
        "founded_council", "came_to_council", "called_sitting", "noted_presence",
        "refused_product", "let_product_in", "closed_sitting",
    }  # fmt: skip


# -- Điện Biên, 2021: eleven products, ten before the council, nine certified ----------------------


def test_nine_members_mark_ten_of_eleven_products_and_one_is_refused_for_its_label(
    phones: Phones,
) -> None:
    town(phones)
    names = seated(phones, NINE)
    phones.say("mở phiên họp", "10/12", "đúng", "Điện Biên Phủ", "có mặt đủ", on="canbo")
    rows = agenda(phones)
    for row in rows:
        for seat in range(1, 10):
            put(phones, row["id"], seat, 52 + (seat + row["place"]) % 9)
    mark(phones, names[0], 3)  # the first one as it is done on a phone
    phones.say("1", on=names[0])
    phones.say("loại 10: nhãn mác chưa đảm bảo", on="canbo")

    ended = phones.say("kết thúc phiên", "1", on="canbo")
    said = phones.say(DECISION, "1", on="canbo")
    after = agenda(phones)

    assert [row["name"] for row in rows] == list(BEFORE)
    assert "9/9 phiếu" in ended
    assert "9 sản phẩm được công nhận, 1 chưa đạt" in said
    assert "vì: nhãn mác chưa đảm bảo" in phones.read("main")
    for row in after[1:9]:
        mean = Fraction(sum(52 + (seat + row["place"]) % 9 for seat in range(1, 10)), 9)
        assert Fraction(row["points_of"], row["points_by"]) == mean
        assert row["given"] == 3
    with phones.database.reading() as tx:
        given = certificates.everyone(tx)
    assert sorted(one["name"] for one in given) == sorted(BEFORE[:9])
    assert {one["star"] for one in given} <= {3, 4, 5}


# -- its papers ------------------------------------------------------------------------------------


def test_minutes_and_notice_are_printed_when_their_time_has_come(phones: Phones) -> None:
    called(phones)
    early = phones.say("biên bản", on="canbo")
    for seat in (1, 2, 3):
        put(phones, 1, seat, 60)
    phones.say("kết thúc phiên", "1", on="canbo")
    minutes_ = phones.say("biên bản", on="canbo")
    too_early = phones.say("thông báo kết quả", on="canbo")
    phones.say(DECISION, "1", "thông báo kết quả", "bảng điểm", on="canbo")

    with phones.database.reading() as tx:
        rows = tx.execute(text("SELECT kind, about FROM prints ORDER BY id")).all()
    ordered = {kind: orders.read(kind, about) for kind, about in rows}
    assert "kết thúc rồi mới in" in early
    assert "kết thúc rồi mới in" in too_early
    assert "Em đang in" in minutes_
    assert set(ordered) == {
        f"council_{paper}.{ending}"
        for paper in ("minutes", "notice", "scores")
        for ending in ("docx", "pdf")
    }
    told = ordered["council_minutes.pdf"]
    assert isinstance(told, CouncilMinutes)
    assert (told.present, told.marking, told.needed) == (3, 3, 2)
    assert [(one.name, one.points, one.star) for one in told.products] == [
        ("Gạo Khẩu Mẹo", "60", 3)
    ]
    noticed = ordered["council_notice.docx"]
    assert isinstance(noticed, CouncilNotice)
    assert (noticed.recognised_by, noticed.recognised_on) == ("1234/QĐ-UBND", "20/10/2026")
    scored = ordered["council_scores.pdf"]
    assert isinstance(scored, CouncilScores)
    (line,) = scored.products
    assert sum(int(part or 0) for part in (line.part_a, line.part_b, line.part_c)) == 60
