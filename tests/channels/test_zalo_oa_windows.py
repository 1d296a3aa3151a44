"""When the account may write: freely, for money, or in the words of an approved template."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.channels.contract import Refused
from bot.channels.zalo_oa.client import Left
from bot.channels.zalo_oa.line import Line
from bot.channels.zalo_oa.windows import Reminder, Template, WindowClosed, window
from tests.channels.doubles import ListDoor
from tests.channels.zalo_oa_account import START, Account
from tests.channels.zalo_oa_rig import turned
from tests.emulators.faults import Fault

CHOICES = (("d1", "Việc 1"), ("d2", "Việc 2"))
NUDGE = Reminder("tpl-nhac", "noi_dung", 200)
REMINDER = Template("tpl-1", {"ten": "Chị Lan", "han": "30/9"})
H = timedelta(hours=1)


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        (0 * H, "free"),
        (48 * H, "free"),
        (48 * H + timedelta(seconds=1), "paid"),
        (7 * 24 * H, "paid"),
        (7 * 24 * H + timedelta(seconds=1), "closed"),
        (-1 * H, "free"),
    ],
)
def test_a_window_is_told_by_the_persons_last_act(gone: timedelta, expected: str) -> None:
    assert window(START - gone, START) == expected


@pytest.mark.parametrize(
    ("gone", "pays", "sent"),
    [(47, False, True), (49, False, False), (49, True, True), (169, True, False)],
)
async def test_outside_the_window_nothing_is_even_tried(
    account: Account, gone: int, pays: bool, sent: bool
) -> None:
    account.sender.acts.noted(account.lan.id, START)
    account.sender.pays = pays
    account.now += gone * H

    if sent:
        await account.send("nhắc bác")
    else:
        assert isinstance(await account.fails(), WindowClosed)

    assert account.lan.sees() == (["nhắc bác"] if sent else [])
    assert len(account.service.faults.named("cs")) == int(sent)


async def test_what_the_service_says_of_the_window_counts_too(account: Account) -> None:
    account.now += 8 * 24 * H

    error = await account.fails()

    assert isinstance(error, WindowClosed)
    assert isinstance(error, Refused)
    assert error.window == "closed"


async def test_an_approved_template_goes_at_any_time(account: Account) -> None:
    account.now += 30 * 24 * H

    await account.sender.send_template(account.address, REMINDER)

    assert account.service.templates_sent == [(account.lan.id, REMINDER.values)]


@pytest.mark.parametrize("template", [Template("tpl-2", {}), Template("tpl-1", {"ten": "x"})])
async def test_a_template_that_is_not_approved_or_not_filled_is_refused(
    account: Account, template: Template
) -> None:
    with pytest.raises(Refused):
        await account.sender.send_template(account.address, template)


async def test_how_many_free_answers_are_left_can_be_asked(account: Account) -> None:
    account.service.knobs.quota_per_person = 3

    assert await account.client.left(account.lan.id) == Left(3, 8, START)


@pytest.mark.parametrize(
    ("written", "expected"), [("ms", START), ("words", START), ("strange", None), ("", None)]
)
async def test_the_last_act_is_read_however_it_is_written(
    account: Account, written: str, expected: datetime | None
) -> None:
    account.service.knobs.last_act = written

    assert (await account.client.left(account.lan.id)).acted_at == expected


async def test_who_was_just_here_is_not_asked_about(account: Account) -> None:
    account.sender.acts.noted(account.lan.id, START)

    await account.send("một")
    await account.send("hai")

    assert account.service.faults.named("message") == []


async def test_who_is_not_known_after_a_restart_is_asked_about_once(account: Account) -> None:
    account.now += 47 * H

    await account.send("một")
    await account.send("hai")

    assert len(account.service.faults.named("message")) == 1
    assert account.lan.sees() == ["một", "hai"]


async def test_a_service_that_does_not_know_the_last_act_is_simply_tried(account: Account) -> None:
    account.service.faults.add(Fault("message", error=(-1, "no")))
    account.now += 60 * H

    await account.send("một")

    assert account.lan.sees() == ["một"]


async def test_an_act_that_is_told_late_closes_no_window(account: Account) -> None:
    account.sender.acts.noted(account.lan.id, START)
    account.sender.acts.noted(account.lan.id, START - 100 * H)

    assert account.sender.acts.last(account.lan.id) == START


async def test_whoever_writes_opens_their_window_by_zalos_clock(door: ListDoor) -> None:
    async with turned(door) as rig:
        rig.lan.says("chào")
        await rig.told()
        acted = rig.real.acts.last(rig.lan.user.id)

    assert acted is not None
    assert abs(acted - datetime.now(UTC)) < timedelta(seconds=60)
    assert rig.real.acts.last(rig.may.user.id) is None


# -- the reminder, where nothing else may go ------------------------------------------------------


@dataclass
class Purse:
    """A budget that is noted."""

    left: int

    async def take(self, _oa: str) -> bool:
        self.left -= 1
        return self.left >= 0

    async def give_back(self, _oa: str) -> None:
        self.left += 1


@pytest.mark.parametrize(("gone", "pays"), [(49, False), (169, False), (169, True)])
async def test_outside_its_window_a_letter_goes_in_the_approved_template(
    account: Account, gone: int, pays: bool
) -> None:
    account.sender.reminder, account.sender.pays = NUDGE, pays
    account.now += gone * H

    place = await account.send("Còn 7 ngày là hết hạn.\nBác gửi giấy nhé?", CHOICES)

    assert place is not None
    words = "Còn 7 ngày là hết hạn. Bác gửi giấy nhé?"
    assert account.service.templates_sent == [(account.lan.id, {"noi_dung": words})]
    assert account.lan.messages == []


async def test_within_its_window_no_letter_costs_a_template(account: Account) -> None:
    account.sender.reminder = NUDGE
    account.now += 47 * H

    await account.send("nhắc bác")

    assert account.lan.sees() == ["nhắc bác"]
    assert account.service.templates_sent == []


async def test_what_the_budget_does_not_bear_is_not_sent(account: Account) -> None:
    account.sender.reminder, account.sender.budget = NUDGE, Purse(2)
    account.now += 200 * H

    await account.send("một")
    await account.send("hai")
    with capture_logs() as logged:
        error = await account.fails()

    assert isinstance(error, WindowClosed)
    assert len(account.service.templates_sent) == 2
    assert [line["event"] for line in logged] == ["zalo_oa_budget_spent"]


@pytest.mark.parametrize(
    ("fault", "left"),
    [
        (Fault("template", error=(-133, "not at night")), 2),
        (Fault("template", error=(-131, "not approved")), 2),
        (Fault("template", error=(-213, "gone")), 2),
        (Fault("template", applied=True, drop=True), 1),
    ],
)
async def test_only_a_template_that_was_certainly_not_sent_is_given_back(
    account: Account, fault: Fault, left: int
) -> None:
    purse = Purse(2)
    account.sender.reminder, account.sender.budget = NUDGE, purse
    account.now += 200 * H
    account.service.faults.add(fault)

    await account.fails()

    assert purse.left == left


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Còn 7 ngày.", 200, "Còn 7 ngày."),
        ("Câu một. Câu hai dài lắm.", 20, "Câu một."),
        ("Câu một? Câu hai! Câu ba.", 20, "Câu một? Câu hai!"),
        ("không có dấu chấm nào cả", 12, "không có…"),
        ("A. không có dấu chấm nào", 20, "A. không có dấu…"),
        ("ạ" * 30, 10, "ạ" * 9 + "…"),
        ("một\n\nhai", 200, "một hai"),
    ],
)
def test_a_letter_is_shortened_between_sentences_or_words(
    text: str, most: int, expected: str
) -> None:
    assert Reminder("t", "x", most).filled(text).values == {"x": expected}
    assert len(expected) <= most


@pytest.mark.parametrize(("template", "expected"), [("", None), ("7", Reminder("7", "loi", 90))])
def test_without_a_template_that_is_set_there_is_no_reminder(
    template: str, expected: Reminder | None
) -> None:
    line = Line("1", "2", "3", "4", "5", Path("x"), template=template)

    assert replace(line, template_field="loi", template_most=90).reminder == expected
