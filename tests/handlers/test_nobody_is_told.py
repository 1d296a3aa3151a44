"""Nobody learns from an answer what else there is: "not yours" reads like "there is none".

Each thing that can be typed or tapped with a number is tried with one that exists and with one
that does not, from the same moment; but for the number both must read alike, word for word.
"""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.channels.console.screens import BOT, CHANNEL
from bot.hearing import Hearing
from conversations.events import Address, Event, Tap, Text
from conversations.forms import catalogue
from handlers.officer import desk
from handlers.producer import wishes
from programme.roles import Role
from storage import announcements, certificates, codes, links, officers, papers, persons, questions
from storage.database import Transaction
from storage.persons import Chat
from tests.handlers import reaching
from tests.handlers.phones import PROFILE, Phones
from tests.wording import WORDING

THERE, NOWHERE = 1, 7
CODES = {THERE: "314159", NOWHERE: "271818"}  # the first was used, the other never given
PAPER = "food_safety_certificate"
FAIR = json.dumps({"name": "Hội chợ Lào Cai", "office": "xã Bản Liền", "short": 1})
# What officers type of one dossier, paper, idea, question or announcement.
OFFICERS = (
    "hồ sơ {n}", "HS-2026-{n:04}", "mẫu 03 {n}", "chỗ ngờ {n}", "gửi tỉnh {n}", "xét {n}",
    "phương án {n} đạt", "soát {n}", "đủ {n}", "thiếu {n}", "đợt sau {n}", "lịch sử hồ sơ {n}",
    "phiếu {n}", "nhận phiếu {n}", "trả phiếu {n} thiếu tên", "lịch sử phiếu {n}",
    "hỏi phiếu {n}: làm ở đâu", "ảnh phiếu {n}",
    "xem giấy {n}", "đạt {n}", "trả {n} ảnh mờ", "trả {n}", "lịch sử giấy {n}",
    "tl {n} được ạ", "câu {n}", "chuyển câu {n} cho tỉnh",
    "tiến độ thông báo {n}", "tạm dừng thông báo {n}", "huỷ thông báo {n}",
    "danh sách đi {n}", "ai tham gia {n}",
)  # fmt: skip
PRODUCERS = (
    "hồ sơ {n}", "phiếu {n}", "YT-2026-{n:04}", "HS-2026-{n:04}", "rút phiếu {n}", "câu hỏi {n}",
    "tham gia {n}", "không tham gia {n}", "hỏi thêm {n}", "kết quả {n}", "xem giấy {n}",
    "nối {code}", "giúp {code}", "/start noi-{code}", "/start {code}", "mã mời {code}",
)  # fmt: skip
LETTERED = frozenset({"idea", "idea_end", "idea_gone", "idea_kept", "mend"})
OWN = frozenset({"link_both", "link_one"})  # the number is that of a draft of whoever taps
WITH_LETTERS = ("YT-2026-{n:04}",)
WITH_FIGURES = ("{n}", "{n}.0", "{n}.dossier", "idea.{n}", "paper.{n}", "review.{n}", "check.{n}")
_LATE = 10**6  # a place behind all that is on any screen


@pytest.fixture
def world(phones: Phones) -> Phones:
    """Somebody with one of everything, each with the number 1; an office that looks after it."""
    phones.with_idea().say("hồ sơ sản phẩm")
    with phones.database.transaction() as tx:
        _one_of_each(tx, phones)
    phones.say("/start CANBO", on="canbo")
    return phones


def _one_of_each(tx: Transaction, phones: Phones) -> None:
    now, lan, home = phones.player.now, 1, {"commune_code": "02869", "province_code": "15"}
    given = {"producer_id": 1, "product": 1, "paper": PAPER, "person_id": lan}
    assert papers.give(tx, given, (), now) == THERE
    assert questions.ask(tx, lan, "Có phải khai không?", "", now, producer_id=1, **home) == THERE
    days = {"issued": now.date(), "expires": now.date() + timedelta(days=900)}
    window = {"refile_from": now.date(), "refile_by": now.date()}
    stars = {"producer_id": 1, "name": "Gạo", "product_set": 3, "star": 3}
    assert certificates.keep(tx, {**stars, **days, **window}, now) == THERE
    told = {"made_by": lan, "said": FAIR, "aim": "{}", "kind": "fair", "area": "02869"}
    assert announcements.make(tx, told, [(lan, 1)], now, 2026) == THERE
    other = Chat("console", "play", "somewhere")
    persons.meet(tx, [other], now)
    codes.give(tx, CODES[THERE], 1, lan, now + timedelta(minutes=10))
    codes.use(tx, CODES[THERE], persons.of(tx, [other])[other], now)
    links.give(tx, CODES[THERE], lan, now - timedelta(minutes=1), now - timedelta(minutes=9))


# -- who asks --------------------------------------------------------------------------------------


def _stranger(_world: Phones, _phone: str) -> None:
    pass


def _agreed(world: Phones, phone: str) -> None:
    world.agreed(phone)


def _other_producer(world: Phones, phone: str) -> None:
    world.with_profile(phone)


def _officer(role: Role, area: str) -> Callable[[Phones, str], None]:
    def appointed(world: Phones, phone: str) -> None:
        world.say("chào em", on=phone)
        with world.database.transaction() as tx:
            here = Chat(CHANNEL, BOT, phone)
            officers.appoint(tx, persons.of(tx, [here])[here], area, world.player.now, role)

    return appointed


WHO: dict[str, Callable[[Phones, str], None]] = {
    "a stranger": _stranger,
    "somebody who agreed": _agreed,
    "another producer": _other_producer,
    "an officer of another commune": _officer(Role.COMMUNE, "02839"),
    "an officer of another province": _officer(Role.PROVINCE, "68"),
    "a secretary of another province": _officer(Role.SECRETARY, "68"),
    "an adviser of another commune": _officer(Role.ADVISER, "02839"),
}


TAPPING = ("another producer", "an officer of another commune", "an officer of another province")


class _Undone(Exception):
    """So that nothing of what was tried stays."""


def tried(world: Phones, phone: str, content: Text | Tap) -> tuple[str, str]:
    """What is read on that phone and on the others when this is done; then it was never done."""
    said: dict[bool, list[str]] = {True: [], False: []}
    here, now = Address(CHANNEL, BOT, phone), world.player.now + timedelta(minutes=1)
    with suppress(_Undone), world.database.transaction() as tx:
        (last,) = tx.exec_driver_sql("SELECT coalesce(max(id), 0) FROM outbox").one()
        hearing = Hearing(tx, now, catalogue, WORDING, None, lambda most: most // 3)
        try:
            hearing.take([Event(here, "tried", now, content, _LATE)], [])
        except (KeyError, ValueError) as wrong:  # data that no button of ours has
            said[True].append(type(wrong).__name__)
        query = "SELECT chat, text, choices FROM outbox WHERE id > ? ORDER BY id"
        for chat, words, choices in tx.exec_driver_sql(query, (last,)):
            said[chat == phone].append(f"{words} {choices}")
        raise _Undone
    return plain("\n".join(said[True])), plain("\n".join(said[False]))


def differing(world: Phones, phone: str, acts: Iterable[Text | Tap]) -> list[str]:
    """The acts that read differently with a number that is there and with one that is not."""
    both = [(act, *(tried(world, phone, _with(act, number)) for number in CODES)) for act in acts]
    return [f"{act}:\n  {there}\n  {nowhere}" for act, there, nowhere in both if there != nowhere]


def _with(act: Text | Tap, number: int) -> Text | Tap:
    if isinstance(act, Text):
        return Text(act.text.format(n=number, code=CODES[number]))
    return Tap(act.data.format(n=number))


def plain(said: str) -> str:
    """The words without the numbers in question."""
    return re.sub(rf"\b0*[{THERE}{NOWHERE}]\b|{'|'.join(CODES.values())}", "#", said)


TYPED = [Text(words) for words in dict.fromkeys((*OFFICERS, *PRODUCERS))]


def taps(names: Iterable[str]) -> list[Tap]:
    """Buttons with those names, with data as somebody may have made it up."""
    ways = {name: (WITH_LETTERS if name in LETTERED else WITH_FIGURES) for name in names}
    return [Tap(f"m|{name}:{way}") for name, some in sorted(ways.items()) for way in some]


@pytest.mark.parametrize("who", WHO)
def test_what_is_typed_of_what_is_not_ours_reads_as_if_it_were_not_there(
    world: Phones, who: str
) -> None:
    WHO[who](world, "la")

    assert differing(world, "la", TYPED) == []


@pytest.mark.parametrize("who", TAPPING)
def test_what_is_tapped_of_what_is_not_ours_reads_as_if_it_were_not_there(
    world: Phones, who: str
) -> None:
    """Whoever makes up a button's data learns nothing from it."""
    WHO[who](world, "la")

    assert differing(world, "la", taps({*wishes._WITH_NUMBER, *desk._CHOSEN} - OWN)) == []


def test_whose_it_is_hears_nothing_of_those_who_try(world: Phones) -> None:
    _other_producer(world, "la")

    told = [tried(world, "la", _with(act, THERE))[1] for act in TYPED]

    assert [words for words in told if words] == []


def test_each_of_the_officers_words_says_something_to_its_own_office(world: Phones) -> None:
    """So that what reads alike to others is no word that nobody understands."""
    alike = [words for words in OFFICERS if not differing(world, "canbo", [Text(words)])]

    assert alike == []


def test_a_name_and_a_phone_that_are_known_are_taken_like_any_other(world: Phones) -> None:
    """Registering with what another producer has said tells nothing of that one."""
    world.agreed("la")
    start = reaching._place(world.player)
    other = {"HTX Bản Liền": "HTX Nậm Đét", "0982345671": "0912000333", "Vàng Thị Mẩy": "Giàng A"}
    read = []
    for names in ({}, other):
        start.put(world.player)
        said = [names.get(word, word) for word in ("hồ sơ chủ thể", *PROFILE)]
        every = "\n".join(world.say(word, on="la") for word in said)
        for known, new in other.items():
            every = every.replace(known, "#").replace(new, "#")
        read.append(re.sub(r"\d[\d ]{8,}", "#", every))

    assert read[0] == read[1]
