"""Lấy ý kiến bằng văn bản: who is asked until when, what is enough, and what comes to a meeting."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from documents import orders
from documents.forms import CouncilOpinions, OpinionsNotice
from storage import ballots, certificates, councils, producers
from storage.ballots import Key
from storage.officers import over
from tests.handlers.appointing import person
from tests.handlers.meeting import agenda, asked, called, found_whole, put, sheet_of, waiting
from tests.handlers.offices import letters, noted
from tests.handlers.phones import Phones

DECISION = "quyết định 1234/QĐ-UBND ngày 20/11/2026"
PAST = timedelta(days=30)


def opinions(phones: Phones, *points: tuple[int, ...]) -> None:
    """The sheets of the seats, product by product; 0 for one that does not answer."""
    for row, given in zip(agenda(phones), points, strict=True):
        for seat, each in enumerate(given, 1):
            if each:
                put(phones, row["id"], seat, each)


def acts(phones: Phones, phone: str) -> None:
    """Let that person act for the producer of the first product."""
    producer = agenda(phones)[0]["producer_id"]
    with phones.database.transaction() as tx:
        producers.join(tx, person(phones, phone), producer, "own", phones.player.now)


def row(phones: Phones, sitting: int = 1) -> dict[str, Any]:
    with phones.database.reading() as tx:
        found = councils.sitting(tx, sitting)
    assert found is not None
    return found


# -- asking ----------------------------------------------------------------------------------------


def test_only_re_evaluations_are_asked_on_and_the_members_hear_until_when(phones: Phones) -> None:
    waiting(phones)
    meeting = phones.say("mở phiên họp", on="canbo")
    first = phones.say("lay y kien", on="canbo")
    phones.say("10/12", "đúng", on="canbo")

    assert "Trong đó 3 đánh giá lại" in meeting
    assert "gõ: lấy ý kiến" in meeting
    assert "về 3 sản phẩm đánh giá lại" in first
    assert "chậm nhất 7/1/2027 (Điều 7)" in first  # 45 days after it was whole
    assert "Còn 7 sản phẩm khác chờ phiên họp" in first
    assert "bằng cách chấm, hạn hết ngày 10/12/2026" in letters(phones, "tv2")[-1]
    assert [each["id"] for each in agenda(phones)] == [2, 3, 4]
    assert (row(phones)["written"], row(phones)["day"]) == (True, date(2026, 12, 10))


def test_where_only_re_evaluations_wait_a_meeting_can_be_called_all_the_same(
    phones: Phones,
) -> None:
    waiting(phones, again=10)

    said = phones.say("mở phiên họp", on="canbo")
    phones.say("10/12", "đúng", "phòng họp số 2", on="canbo")

    assert "luật cho lấy ý kiến bằng văn bản, chỉ họp khi" in said
    assert not row(phones)["written"]
    assert len(agenda(phones)) == 10


def test_where_nothing_may_be_settled_in_writing_a_meeting_is_named(phones: Phones) -> None:
    waiting(phones, again=0)

    assert "gõ: mở phiên họp" in phones.say("lấy ý kiến", on="canbo")


@pytest.mark.parametrize("typed", ["mở phiên họp", "xin ý kiến các thành viên"])
def test_nothing_else_is_called_while_opinions_are_asked(phones: Phones, typed: str) -> None:
    asked(phones)

    said = phones.say(typed, on="canbo")

    assert "chưa kết thúc" in said
    assert "Lấy ý kiến lần 1, hạn hết ngày 10/12/2026: đang chờ ý kiến" in said


def test_nobody_is_noted_as_present_and_nothing_is_talked_over(phones: Phones) -> None:
    asked(phones)

    assert "không phải ghi có mặt" in phones.say("có mặt đủ", on="canbo")
    assert "gõ: đưa 2 ra họp" in phones.say("chấm lại 2", on="canbo")
    assert "gõ: đưa 2 ra họp" in phones.say("loại 2 nhãn sai", on="canbo")
    assert {each["turn"] for each in agenda(phones)} == {1}
    assert {each["refused"] for each in agenda(phones)} == {""}


def test_the_words_for_opinions_say_so_in_a_meeting(phones: Phones) -> None:
    called(phones)

    for typed in ("hạn ý kiến 12/12", "đưa 1 ra họp", "thôi đưa 1 ra họp"):
        assert "không lấy ý kiến bằng văn bản" in phones.say(typed, on="canbo")


# -- until the day, and after it -------------------------------------------------------------------


def test_before_the_day_all_are_waited_for_and_after_it_the_silent_hold_nothing_up(
    phones: Phones,
) -> None:
    asked(phones)
    opinions(phones, (70, 71, 0), (70, 71, 0), (70, 71, 0))

    early = phones.say("kết thúc lấy ý kiến", on="canbo")
    phones.wait(PAST)
    late = phones.say("kết thúc lấy ý kiến", on="canbo")
    ended = phones.say("1", on="canbo")

    assert "còn chờ ý kiến về sản phẩm 1, 2, 3, hạn hết ngày 10/12/2026" in early
    assert "Kết thúc lấy ý kiến lần 1 ạ?" in late
    assert "2/3 phiếu, 70,5 điểm" in ended
    assert {each["given"] for each in agenda(phones)} == {4}


def test_the_day_itself_still_counts_and_an_opinion_after_it_is_heard_until_the_end(
    phones: Phones,
) -> None:
    names = asked(phones, again=1)
    opinions(phones, (70, 71, 0))
    phones.wait(timedelta(days=17) - timedelta(hours=5))  # it is the tenth of December
    same_day = phones.say("kết thúc lấy ý kiến", on="canbo")
    phones.wait(timedelta(days=1))

    assert "còn chờ ý kiến" in same_day
    assert "đã hết hạn" in phones.say("phiên họp", on="canbo")
    assert "Chọn một sản phẩm" in phones.say("chấm", on=names[2])


def test_nobody_sees_points_before_all_have_answered_or_it_has_ended(phones: Phones) -> None:
    asked(phones, again=1)
    opinions(phones, (70, 71, 0))
    phones.wait(PAST)

    before = phones.say("phiên họp", on="canbo")
    after = phones.say("kết thúc lấy ý kiến", "1", on="canbo")

    assert " điểm" not in before
    assert "70,5 điểm" in after


def test_too_few_opinions_hold_it_up_and_three_ways_on_are_named(phones: Phones) -> None:
    asked(phones)
    opinions(phones, (70, 71, 72), (70, 0, 0), (0, 0, 0))
    phones.wait(PAST)

    said = phones.say("kết thúc lấy ý kiến", on="canbo")

    assert "sản phẩm 2, 3 chưa đủ ý kiến của 2 người" in said
    for way in ("nhắc chấm", "hạn ý kiến 12/7", "đưa 2 ra họp"):
        assert way in said


def test_the_day_is_moved_and_those_who_have_not_answered_hear_it(phones: Phones) -> None:
    asked(phones, again=1)
    opinions(phones, (70, 0, 0))

    said = phones.say("dời hạn ý kiến đến 20/12", on="canbo")
    wrong = [phones.say(f"hạn ý kiến{day}", on="canbo") for day in ("", " 1/11/2026", " mai kia")]

    assert "hết ngày 20/12/2026. Em báo 2 người" in said
    assert row(phones)["day"] == date(2026, 12, 20)
    assert "nay là hết ngày 20/12/2026" in letters(phones, "tv2")[-1]
    assert not [each for each in letters(phones, "tv1") if "20/12" in each]
    assert all("Dời hạn tới ngày nào ạ?" in each for each in wrong)


def test_reminding_names_the_day(phones: Phones) -> None:
    asked(phones)
    opinions(phones, (70, 71, 0), (70, 71, 0), (70, 71, 0))
    phones.say("đưa 3 ra họp", on="canbo")

    said = phones.say("nhắc chấm", on="canbo")

    assert "Em nhắc 1 người" in said
    assert "Còn 2 sản phẩm" in letters(phones, "tv3")[-1]
    assert "hạn hết ngày 10/12/2026" in letters(phones, "tv3")[-1]


def test_members_are_reminded_before_the_day_and_who_asked_once_it_is_over(
    phones: Phones,
) -> None:
    asked(phones)
    opinions(phones, (70, 71, 0), (70, 0, 0), (70, 71, 72))
    ballot = phones.say("chấm", on="tv3")
    phones.say("đưa 2 ra họp", on="canbo")
    before = {name: len(letters(phones, name)) for name in ("tv1", "tv2", "tv3", "canbo")}
    phones.wait(timedelta(days=19))

    told = {name: "\n".join(letters(phones, name)[many:]) for name, many in before.items()}
    assert "Chọn một sản phẩm" in ballot
    assert "hạn hết ngày 10/12/2026" in told["tv3"]
    assert "còn chờ phiếu của anh chị" not in told["tv1"] + told["tv2"]
    assert told["canbo"].count("Lấy ý kiến lần 1 đã hết hạn") == 1


def test_who_acts_for_the_producer_is_not_waited_for_and_is_one_of_enough(phones: Phones) -> None:
    names = asked(phones, again=1)
    acts(phones, names[2])
    opinions(phones, (70, 0, 0))
    waits = phones.say("phiên họp", on="canbo")
    own = phones.say("chấm", "1", on=names[2])
    phones.wait(PAST)

    assert "1/2 phiếu; còn Lò Thị Hoa" in waits
    assert "Trần Văn Ba" not in waits
    assert "Hội đồng không đợi phiếu của anh chị" in own
    assert "Kết thúc lấy ý kiến lần 1 ạ?" in phones.say("chốt ý kiến", on="canbo")


def test_where_all_stand_aside_no_opinion_counts_and_a_meeting_is_the_way(phones: Phones) -> None:
    asked(phones, again=1)
    with phones.database.transaction() as tx:
        for seat in (1, 2, 3):
            ballots.stand_aside(tx, Key(1, agenda(phones)[0]["id"], seat, 1), 1, phones.player.now)

    said = phones.say("kết thúc lấy ý kiến", on="canbo")
    ended = phones.say("đưa hết ra họp", "kết thúc lấy ý kiến", "1", on="canbo")

    assert "chưa đủ ý kiến" in said
    assert "đưa ra họp, không đủ ý kiến" in ended


# -- to a meeting ----------------------------------------------------------------------------------


def test_what_lies_apart_comes_to_a_meeting_and_the_others_are_certified_anew(
    phones: Phones,
) -> None:
    asked(phones)
    opinions(phones, (75, 76, 77), (90, 60, 80), (75, 76, 77))
    asks = phones.say("kết thúc lấy ý kiến", on="canbo")
    ended = phones.say("1", on="canbo")
    told = letters(phones, "main")[-1]
    noted = phones.say(DECISION, "1", on="canbo")

    with phones.database.reading() as tx:
        given = certificates.everyone(tx)
        next_ = {each["id"]: each["put_off"] for each in councils.waiting(tx, over("15"), 60)}
        assert not councils.holds(tx, 3)
    assert "Sản phẩm 2 có ý kiến khác nhau nhiều, em đưa ra họp (Điều 7)" in asks
    assert "đưa ra họp, ý kiến khác nhau" in ended
    assert "Hội đồng tỉnh cần họp" in told
    assert "2 sản phẩm được công nhận" in noted
    assert "chưa đạt" not in noted
    assert {(each["dossier_id"], each["expires"]) for each in given} == {
        (2, date(2029, 11, 20)),
        (4, date(2029, 11, 20)),
    }
    assert next_ == {3: True, **dict.fromkeys(range(5, 12), False)}
    assert agenda(phones)[1]["given"] is None


def test_the_next_meeting_takes_what_was_put_off_and_members_go_on_from_their_sheets(
    phones: Phones,
) -> None:
    names = asked(phones, again=1)
    opinions(phones, (90, 60, 80))
    phones.say("kết thúc lấy ý kiến", "1", on="canbo")
    again = phones.say("lấy ý kiến", on="canbo")
    phones.say("mở phiên họp", "20/12", "đúng", "phòng họp số 2", on="canbo")
    place = next(each["place"] for each in agenda(phones, 2) if each["id"] == 2)
    sheet = phones.say("chấm", str(place), "1", on=names[1])
    handed = phones.say("1", on=names[1])

    with phones.database.reading() as tx:
        old, new = (ballots.of(tx, Key(sitting, 2, 2, 1)) for sitting in (1, 2))
    assert "luật buộc họp" in again
    assert "60 điểm" in sheet
    assert "Em nhận phiếu chấm" in handed
    assert old
    assert new
    assert old.marks == new.marks == sheet_of(60)


def test_what_is_complex_is_put_off_and_taken_back_while_opinions_are_asked(
    phones: Phones,
) -> None:
    names = asked(phones)
    which = phones.say("đưa ra họp", on="canbo")
    off = phones.say("đưa 2 ra họp", on="canbo")
    listed = phones.say("chấm", on=names[0])
    stays = phones.say("2", on=names[0])
    unknown = phones.say("đưa 9 ra họp", on="canbo")
    back = phones.say("thôi đưa 2 ra họp", on="canbo")

    assert "Đưa sản phẩm nào ra họp ạ?" in which
    assert "Em đưa ra họp: Trà Shan tuyết" in off
    assert "Còn 2/3 sản phẩm" in listed
    assert "Trà Shan tuyết P.H.1.4: đưa ra họp" in listed
    assert "bây giờ chưa chấm" in stays
    assert "không có sản phẩm số ấy" in unknown
    assert "em lấy ý kiến tiếp" in back
    assert "Còn 3/3 sản phẩm" in phones.say("chấm", on=names[0])


def test_a_sheet_of_what_is_put_off_is_kept_no_more(phones: Phones) -> None:
    names = asked(phones, again=1)
    phones.say("chấm", "1", "1", "3", on=names[0])
    phones.say("đưa 1 ra họp", on="canbo")
    phones.say("3", on=names[0])

    with phones.database.reading() as tx:
        kept = ballots.of(tx, Key(1, 2, 1, 1))
    assert kept is not None
    assert len(kept.marks) == 1


def test_where_all_is_put_off_no_decision_is_waited_for(phones: Phones) -> None:
    asked(phones)
    ended = phones.say("đưa hết ra họp", "kết thúc lấy ý kiến", "1", on="canbo")
    decided = phones.say(DECISION, on="canbo")
    next_ = phones.say("mở phiên họp", on="canbo")

    assert "tất cả đưa ra họp" in ended
    assert "chưa có gì để ghi quyết định" in decided
    assert "Đang có 10 sản phẩm" in next_
    assert "đánh giá lại" not in next_
    with phones.database.reading() as tx:
        assert councils.undecided(tx, "15") is None


def test_what_was_put_off_and_is_found_whole_anew_may_be_asked_on_again(phones: Phones) -> None:
    asked(phones, again=1)
    phones.say("đưa 1 ra họp", "kết thúc lấy ý kiến", "1", on="canbo")
    phones.wait(timedelta(days=1))
    found_whole(phones, 2)

    assert "về 1 sản phẩm đánh giá lại" in phones.say("lấy ý kiến", on="canbo")


def test_a_secretary_does_not_put_off_what_is_their_own(phones: Phones) -> None:
    asked(phones, again=1)
    acts(phones, "canbo")

    said = phones.say("đưa 1 ra họp", on="canbo")

    assert "không có sản phẩm" not in said
    assert agenda(phones)[0]["to_meeting"] == ""


# -- ending ----------------------------------------------------------------------------------------


def test_it_ends_once_and_is_dated_by_its_end(phones: Phones) -> None:
    asked(phones, again=1)
    opinions(phones, (75, 76, 77))
    phones.say("kết thúc lấy ý kiến", on="canbo")
    for _ in range(2):
        phones.tap("m|end_sitting:1", on="canbo")
    late = phones.say("kết thúc lấy ý kiến", on="canbo")

    deeds = [deed for _, deed, _, _ in noted(phones)]
    assert deeds.count("asked_opinions") == deeds.count("closed_sitting") == 1
    assert "đã kết thúc rồi" in late
    assert row(phones)["day"] == phones.player.now.date()
    assert "đã kết thúc" in phones.say("hạn ý kiến 20/12", on="canbo")


def test_an_opinion_that_comes_between_the_question_and_the_end_counts(phones: Phones) -> None:
    asked(phones, again=1)
    opinions(phones, (75, 76, 0))
    phones.wait(PAST)
    phones.say("kết thúc lấy ý kiến", on="canbo")
    opinions(phones, (0, 0, 90))

    assert "đưa ra họp, ý kiến khác nhau" in phones.say("1", on="canbo")


def test_the_papers_say_who_was_asked_and_what_comes_to_a_meeting(phones: Phones) -> None:
    asked(phones)
    opinions(phones, (75, 76, 0), (90, 60, 0), (75, 76, 0))
    phones.wait(PAST)
    phones.say(
        "kết thúc lấy ý kiến", "1", "biên bản", DECISION, "1", "thông báo kết quả", on="canbo"
    )

    with phones.database.reading() as tx:
        rows = tx.execute(text("SELECT kind, about FROM prints")).all()
    ordered = {kind: orders.read(kind, about) for kind, about in rows}
    minutes, notice = ordered["council_opinions.pdf"], ordered["opinions_notice.docx"]
    assert isinstance(minutes, CouncilOpinions)
    assert (minutes.asked_on, minutes.day) == ("23/11/2026", "23/12/2026")
    assert (minutes.sent, minutes.received, minutes.answered, minutes.marking) == (9, 6, 2, 3)
    assert [seat.answered for seat in minutes.seats] == [3, 3, 0]
    assert [each.apart for each in minutes.products] == [None, True, None]
    assert (minutes.count, minutes.moved) == (2, 1)
    assert isinstance(notice, OpinionsNotice)
    assert [each.put_off for each in notice.products] == [None, "yes", None]
    assert notice.recognised_by == "1234/QĐ-UBND"
