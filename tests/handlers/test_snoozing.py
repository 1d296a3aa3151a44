"""What is said back to a reminder: again then, not this, nothing at all, go on, what comes next."""

from datetime import date, datetime, timedelta

import pytest

from programme.firings import day_of
from programme.quiet import VIETNAM
from storage import officers, reminders
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, like
from tests.handlers.test_plans import WITHOUT

FILE_BY = date(2027, 4, 7)
SENTENCE = "Sản phẩm tên là gì ạ"


def until(phones: Phones, year: int, month: int, day: int, hour: int = 9) -> str:
    """Let time go by until then; what was read on the way."""
    phones._read = len(phones.player.letters)
    phones.wait(datetime(year, month, day, hour, tzinfo=VIETNAM) - phones.player.now)
    return phones.read()


@pytest.fixture
def told(phones: Phones) -> Phones:
    """Somebody who was told on Monday, the 8th of March, that 30 days are left."""
    like(phones, THREE, *WITHOUT)
    assert "Còn 30 ngày là hạn nộp xã" in until(phones, 2027, 3, 8)
    return phones


def planned(phones: Phones, kind: str = "file", person: int = 1) -> list[date]:
    """The days on which something of that kind will be said."""
    with phones.database.reading() as tx:
        coming = reminders.coming(tx, person, 99)
    return [day_of(one.due_at) for one in coming if one.kind == kind]


def statuses(phones: Phones) -> dict[int, str]:
    with phones.database.reading() as tx:
        every = reminders.everyone(tx)
    return {row["before"]: row["status"] for row in every if row["kind"] == "file"}


# -- again, another day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("nhắc lại thứ hai", date(2027, 3, 15)),
        ("nhac lai thu hai", date(2027, 3, 15)),
        ("thứ hai nhắc lại", date(2027, 3, 15)),
        ("để thứ hai nhắc lại.", date(2027, 3, 15)),
        ("mai nhắc lại", date(2027, 3, 9)),
        ("nhắc lại ngày mai", date(2027, 3, 9)),
        ("nhắc lại sau 3 ngày", date(2027, 3, 11)),
        ("hẹn 20/3 nhắc lại", date(2027, 3, 20)),
        ("remind me again on monday", date(2027, 3, 15)),
        ("remind me tomorrow", date(2027, 3, 9)),
    ],
)
def test_she_says_when_and_is_reminded_again_then(told: Phones, words: str, day: date) -> None:
    said = told.say(words)

    assert f"✓ Dạ, {day.day}/{day.month}/2027 em nhắc lại bác việc này." in said
    assert planned(told)[0] == day
    assert "là hạn nộp xã hồ sơ Gạo Khẩu Mẹo" in until(told, 2027, 3, day.day)


def test_until_then_nothing_is_said_of_it_and_afterwards_all_goes_on(told: Phones) -> None:
    told.say("nhắc lại 2/4")

    assert until(told, 2027, 4, 1) == ""
    assert statuses(told)[14] == statuses(told)[7] == "superseded"
    assert "Còn 5 ngày" in until(told, 2027, 4, 2)
    assert "Còn 3 ngày" in until(told, 2027, 4, 4)


def test_past_a_deadline_she_is_reminded_in_time_before_it(told: Phones) -> None:
    said = told.say("nhắc lại 20/4")

    assert "7/4/2027" in said
    assert planned(told)[0] == date(2027, 4, 4)
    assert "Còn 3 ngày là hạn nộp xã" in until(told, 2027, 4, 4)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nhắc lại 1/3/2027", "1/3/2027 đã qua rồi ạ"),
        ("nhắc lại hôm qua", "7/3/2027 đã qua rồi ạ"),
        ("nhắc lại", "Bác muốn em nhắc lại hôm nào ạ?"),
        ("nhắc lại lúc nào rảnh", "Bác muốn em nhắc lại hôm nào ạ?"),
    ],
)
def test_a_day_that_is_over_or_none_is_asked_for_again(told: Phones, words: str, said: str) -> None:
    before = planned(told)

    assert said in told.say(words)
    assert planned(told) == before


def test_a_day_in_tet_is_the_first_one_after_it(phones: Phones) -> None:
    like(phones, THREE, *WITHOUT)
    assert "Còn 63 ngày" in until(phones, 2027, 2, 3)

    assert "11/2/2027 em nhắc lại bác" in phones.say("nhắc lại thứ hai")
    assert until(phones, 2027, 2, 10) == ""
    assert "hạn nộp xã" in until(phones, 2027, 2, 11)


def test_on_the_last_day_nothing_can_be_put_off(told: Phones) -> None:
    until(told, 2027, 4, 7)

    assert "em không hẹn lại được nữa" in told.say("mai nhắc lại")


def test_she_may_change_her_mind_and_change_it_back(told: Phones) -> None:
    told.say("nhắc lại thứ hai", "nhắc lại 20/3", "nhắc lại thứ hai")

    assert planned(told)[0] == date(2027, 3, 15)
    assert "hạn nộp xã" in until(told, 2027, 3, 15)


def test_who_was_told_nothing_hears_that(phones: Phones) -> None:
    phones.with_idea()

    assert "Dạo này em chưa nhắc bác việc gì ạ" in phones.say("nhắc lại thứ hai")
    assert "Dạo này em chưa nhắc bác việc gì ạ" in phones.say("thôi nhắc việc này")


def test_what_was_told_long_ago_is_not_spoken_of_any_more(told: Phones) -> None:
    told.say("thôi nhắc")
    until(told, 2027, 4, 6)
    told.wait(timedelta(days=30))

    assert "Dạo này em chưa nhắc bác việc gì ạ" in told.say("nhắc lại thứ hai")


def test_in_the_middle_of_a_form_the_form_goes_on(told: Phones) -> None:
    assert SENTENCE in told.say("đăng ký sản phẩm")

    said = told.say("nhắc lại thứ hai")

    assert "✓ Dạ, 15/3/2027 em nhắc lại bác" in said
    assert SENTENCE in said
    assert "“Chè Shan”" in told.say("Chè Shan", "để sau")


def test_before_anything_was_agreed_to_it_is_no_such_word(phones: Phones) -> None:
    assert "Bác có đồng ý không ạ?" in phones.say("nhắc lại thứ hai")


# -- stop, and go on -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["thôi nhắc việc này", "thoi viec nay", "stop this reminder"])
def test_one_thing_may_stop_while_others_go_on(told: Phones, words: str) -> None:
    said = told.say(words)

    assert "việc vừa rồi em không nhắc nữa" in said
    assert planned(told) == []
    assert planned(told, "expires") != []
    assert until(told, 2027, 4, 7) == ""


@pytest.mark.parametrize("words", ["thôi nhắc", "thôi nhắc hết", "dung nhac nua", "stop reminders"])
def test_reminders_may_stop_and_begin_again(told: Phones, words: str) -> None:
    said = told.say(words)
    agreed = set(told.session().consent)
    quiet = until(told, 2027, 3, 25)
    again = told.say("nhắc tôi")

    assert "từ giờ em không nhắc hạn nữa" in said
    assert agreed == {"dossier", "news"}
    assert quiet == ""
    assert "từ giờ em nhắc hạn cho bác" in again
    assert "Còn 7 ngày" in until(told, 2027, 3, 31)


def test_news_of_fairs_may_stop_alone(told: Phones) -> None:
    assert "từ giờ em không báo hội chợ nữa" in told.say("thôi báo hội chợ")
    assert set(told.session().consent) == {"dossier", "reminders"}
    assert planned(told) != []
    assert "có hội chợ em báo bác" in told.say("báo hội chợ cho tôi")
    assert set(told.session().consent) == {"dossier", "reminders", "news"}


def test_who_agreed_to_nothing_is_asked_first(phones: Phones) -> None:
    assert "Bác có đồng ý không ạ?" in phones.say("nhắc tôi")
    assert phones.session().consent == {}


def test_taking_all_consent_back_stops_everything(told: Phones) -> None:
    told.say("rút đồng ý")

    assert planned(told) == []
    assert until(told, 2027, 4, 9) == ""


def test_an_officers_duties_do_not_stop(phones: Phones) -> None:
    like(phones, THREE, *WITHOUT).say("/start CANBO", on="canbo")
    with phones.database.transaction() as tx:
        officers.appoint(tx, 2, "", phones.player.now)
    until(phones, 2027, 3, 1)
    before = planned(phones, "stuck", person=2)

    said = phones.say("thôi nhắc", on="canbo")

    assert before == [date(2027, 3, 26), date(2027, 4, 2)]
    assert planned(phones, "stuck", person=2) == before
    assert said != ""


# -- what comes next -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["việc sắp tới", "viec sap toi", "lịch nhắc", "coming reminders"])
def test_she_may_ask_what_comes_next_each_thing_with_its_next_day(told: Phones, words: str) -> None:
    lines = told.say(words).splitlines()

    assert "• 24/3/2027: hạn nộp xã hồ sơ Gạo Khẩu Mẹo" in lines
    assert "• 31/3/2027: hạn nộp xã hồ sơ Gạo Khẩu Mẹo" not in lines


def test_where_nothing_comes_that_is_said(phones: Phones) -> None:
    assert "chưa có việc gì phải nhắc bác" in phones.with_idea().say("việc sắp tới")


def test_a_form_that_was_given_up_is_not_spoken_of_any_more(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Chè Shan", "đúng", "để sau")
    phones.wait(timedelta(days=1))

    listed = phones.say("việc sắp tới")
    phones.say("phiếu của tôi", "1", "rút")
    after = phones.say("việc sắp tới")

    assert "• 26/11/2026: phiếu ý tưởng “Chè Shan” còn dở" in listed
    assert "chưa có việc gì phải nhắc bác" in after


def test_a_form_left_lying_is_spoken_of_counting_from_its_last_word(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Chè Shan", "đúng", "để sau")
    phones.wait(timedelta(days=2))
    phones.say("tiếp tục", "để sau")  # on the 25th

    early = until(phones, 2026, 11, 27)
    third = until(phones, 2026, 11, 28)

    assert early == ""
    assert "“Chè Shan” bác làm dở từ 25/11/2026, em vẫn giữ đủ" in third


@pytest.mark.parametrize("told_last", [True, False])
def test_a_form_of_which_nothing_more_was_to_be_said_is_left_in_peace(
    phones: Phones, told_last: bool
) -> None:
    """Also when she says something else meanwhile."""
    phones.with_profile().say("đăng ký sản phẩm", "Chè Shan", "đúng", "để sau")
    if told_last:
        assert "Em không nhắc phiếu này nữa" in until(phones, 2026, 12, 23)
    else:
        until(phones, 2026, 11, 26)
        phones.say("thôi nhắc việc này")

    phones.say("hội chợ")

    assert until(phones, 2027, 3, 1) == ""
