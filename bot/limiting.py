"""What is heard of all that comes: what one chat, or a bot's chats together, send too much is not.

It was seen, so no channel tells it again; what follows is one kind sentence a span, and no more.
A chat's count is exact. A bot's may be over by what several processes hear at one moment.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

import structlog

from conversations.events import Event, File, Photo, Strange, Voice, Wake
from conversations.messages import Message
from conversations.play import VIETNAM
from programme.firings import day_of
from programme.limits import HOUR, MINUTE, Limits, Sifted
from storage import files, inbox, intake, limits, persons
from storage.database import Transaction
from storage.inbox import Key
from storage.intake import Announced
from storage.limits import Came, Tally
from storage.persons import Chat

_log = structlog.get_logger()
Arrived = Event | Announced
What = Literal["messages", "files"]
_TOLD = {
    ("messages", "minute"): "limits.a_minute",
    ("messages", "day"): "limits.a_day",
    ("files", "hour"): "limits.an_hour_of_files",
    ("files", "day"): "limits.a_day_of_files",
}
_SPANS = {"files": HOUR, "bytes": HOUR}  # seconds; all else is counted by the minute
_REMEMBERED = 2  # times the most of a span; what floods in beyond leaves no row


class _Piece(NamedTuple):
    """One of the events, at its place among them, as far as it counts; a file has its bytes."""

    at: int
    chat: Chat
    what: What
    bytes: int = 0


Pieces = Sequence[_Piece]


@dataclass(slots=True)
class Limiting:
    """The limits as one transaction holds them: ``admit`` what is new, and ``settle`` at its end.

    ``told`` is what those are to read of whom something was not heard.
    """

    tx: Transaction
    most: Limits
    now: datetime
    told: dict[Chat, Message] = field(default_factory=dict)
    _out: set[int] = field(default_factory=set)  # places of what is not heard
    _forgotten: set[int] = field(default_factory=set)  # those of them that leave no row
    _back: list[Came] = field(default_factory=list)  # what was counted and is not to count
    _of_bots: Counter[tuple[Chat, str]] = field(default_factory=Counter)

    def admit(self, events: Sequence[Arrived]) -> list[Arrived]:
        """Those of these new events that are not too many, in their order."""
        pieces, later = self._pieces(events)
        tallies = self._count(pieces, later)
        if not pieces:
            return list(events)
        for (chat, what), some in _grouped(pieces).items():
            self._sift(chat, what, some, tallies)
        self._sift_bots([one for one in pieces if one.at not in self._out], tallies)
        limits.count(self.tx, _together(self._back))
        self._note([(at, events[at]) for at in sorted(self._out)])
        return [one for at, one in enumerate(events) if at not in self._out]

    def settle(self) -> None:
        """Count for the bots what was heard; last, as other processes then wait for our commit."""
        limits.count(self.tx, [self._came(*of, n) for of, n in self._of_bots.items()])

    # -- counting ----------------------------------------------------------------------------------

    def _pieces(self, events: Sequence[Arrived]) -> tuple[list[_Piece], list[_Piece]]:
        """What counts now; and files that were counted when they were announced, with the rest.

        Their rest is what they have turned out to be larger, or smaller, than was told.
        """
        may_be_told = [one for one in events if _file_of(one) is not None]
        told = intake.declared(self.tx, [_key(one) for one in may_be_told])
        sizes = files.sizes(self.tx, [name for one in may_be_told if (name := _file_of(one))])
        pieces, later = [], []
        for at, one in enumerate(events):
            if isinstance(one, Announced):
                if _key(one) not in told:
                    pieces.append(_Piece(at, one.chat, "files", one.size))
                continue
            chat, known = _chat(one), told.get(_key(one))
            size = sizes.get(_file_of(one) or "", 0)
            if known is not None:
                later.append(_Piece(at, chat, "files", size - known))
            elif isinstance(one.content, Photo | File | Voice):
                pieces.append(_Piece(at, chat, "files", size))
            elif not isinstance(one.content, Wake):
                pieces.append(_Piece(at, chat, "messages"))
        return pieces, later

    def _count(self, pieces: Pieces, later: Pieces) -> Mapping[tuple[Chat, str], Tally]:
        came: Counter[tuple[Chat, str]] = Counter((one.chat, one.what) for one in pieces)
        for one in (*pieces, *later):
            if one.what == "files":
                came[one.chat, "bytes"] += one.bytes
        return limits.count(self.tx, [self._came(*of, n) for of, n in came.items()])

    def _came(self, chat: Chat, what: str, many: int, today: int | None = None) -> Came:
        near = int(self.now.timestamp()) // _SPANS.get(what, MINUTE)
        today = many if today is None else today
        return Came(chat, what, near, day_of(self.now).toordinal(), many, today)

    # -- too many ----------------------------------------------------------------------------------

    def _sift(
        self, chat: Chat, what: What, pieces: Pieces, tallies: Mapping[tuple[Chat, str], Tally]
    ) -> None:
        most = self.most.messages if what == "messages" else self.most.files
        tally = tallies[chat, what]
        sifted = most.sift(*tally, len(pieces))
        self._out |= {one.at for one in pieces[sifted.heard :]}
        if sifted.too_near:
            self._back.append(self._came(chat, what, 0, -sifted.too_near))
        self._forget(pieces, sifted, most.near * _REMEMBERED - (tally.near - len(pieces)))
        if sifted.crossed:
            self._tell(chat, _TOLD[what, sifted.crossed])
        if what == "files":
            self._sift_bytes(chat, pieces, sifted.heard, tallies[chat, "bytes"].day)

    def _forget(self, pieces: Pieces, sifted: Sifted, remembered: int) -> None:
        fitting = len(pieces) - sifted.too_near
        over_the_day = pieces[sifted.heard : fitting]
        flooding = pieces[max(fitting, remembered) :]
        self._forgotten |= {one.at for one in (*over_the_day, *flooding)}

    def _sift_bytes(self, chat: Chat, pieces: Pieces, heard: int, today: int) -> None:
        """Of the files that are few enough those are out which make too many bytes of the day."""
        some = pieces[:heard]
        if unheard := sum(one.bytes for one in pieces[heard:]):
            self._back.append(self._came(chat, "bytes", -unheard))
        before = today - sum(one.bytes for one in pieces)
        after = before
        for one in some:
            after += one.bytes
            if after > self.most.bytes_a_day:
                self._out.add(one.at)
        if before <= self.most.bytes_a_day < after:
            self._tell(chat, "limits.a_day_of_files")

    def _tell(self, chat: Chat, key: str) -> None:
        hour = (self.now.astimezone(VIETNAM).hour + 1) % 24
        args = {"hour": hour} if key == "limits.an_hour_of_files" else {}
        self.told[chat] = Message(key, args)
        _log.warning("too_much", what=key, channel=chat.channel)

    # -- too many in all chats of a bot together ---------------------------------------------------

    def _sift_bots(self, pieces: Pieces, tallies: Mapping[tuple[Chat, str], Tally]) -> None:
        by_bots: dict[Chat, list[_Piece]] = defaultdict(list)
        for one in pieces:
            by_bots[one.chat._replace(chat="")].append(one)
        for bot, some in by_bots.items():
            self._sift_bot(bot, some, tallies)

    def _sift_bot(
        self, bot: Chat, pieces: Pieces, tallies: Mapping[tuple[Chat, str], Tally]
    ) -> None:
        near = int(self.now.timestamp()) // MINUTE
        before = limits.of_bot(self.tx, bot.channel, bot.bot, near)
        new = self._newcomers(pieces, tallies)
        room = max(0, self.most.bot_newcomers_a_minute - before.get("newcomers", 0))
        left_out = set(new[room:])
        self.told = {chat: told for chat, told in self.told.items() if chat not in left_out}
        pieces_in = [one for one in pieces if one.chat not in left_out]
        fitting = max(0, self.most.bot_messages_a_minute - before.get("heard", 0))
        self._leave_out([one for one in pieces if one.chat in left_out])
        self._leave_out(pieces_in[fitting:])
        self._tell_busy([one.chat for one in pieces_in[fitting:] if one.chat not in new])
        self._of_bots[bot, "heard"] += min(len(pieces_in), fitting)
        if new:
            self._of_bots[bot, "newcomers"] += len(new) - len(left_out)

    def _newcomers(self, pieces: Pieces, tallies: Mapping[tuple[Chat, str], Tally]) -> list[Chat]:
        """The chats that nobody has written from; only the first of a day may be of one."""
        came = Counter((one.chat, one.what) for one in pieces)
        first = [chat for (chat, what), n in came.items() if tallies[chat, what].day == n]
        known = persons.of(self.tx, first) if first else {}
        return [chat for chat in dict.fromkeys(first) if chat not in known]

    def _leave_out(self, pieces: Pieces) -> None:
        """It was not their doing, so it takes nothing of what they may send."""
        for one in pieces:
            self._out.add(one.at)
            self._forgotten.add(one.at)
            self._back.append(self._came(one.chat, one.what, -1))
            if one.what == "files":
                self._back.append(self._came(one.chat, "bytes", -one.bytes))

    def _tell_busy(self, chats: Sequence[Chat]) -> None:
        """Tell each once a minute; who is new was not met, and has nobody to be told as."""
        some = [self._came(chat, "busy", 1) for chat in dict.fromkeys(chats)]
        for (chat, _), tally in limits.count(self.tx, some).items():
            if tally.near == 1:
                self._tell(chat, "limits.busy")

    # -- what remains of it ------------------------------------------------------------------------

    def _note(self, out: Sequence[tuple[int, Arrived]]) -> None:
        """Remember what was seen and not heard, but not of a flood."""
        forgotten = [one for at, one in out if at in self._forgotten]
        inbox.unnote(self.tx, [_key(one) for one in forgotten if isinstance(one, Event)])
        kept = [one for at, one in out if at not in self._forgotten]
        intake.refuse(self.tx, [one for one in kept if isinstance(one, Announced)])


def _grouped(pieces: Pieces) -> Mapping[tuple[Chat, What], list[_Piece]]:
    groups: dict[tuple[Chat, What], list[_Piece]] = defaultdict(list)
    for one in pieces:
        groups[one.chat, one.what].append(one)
    return groups


def _together(back: Iterable[Came]) -> list[Came]:
    """One for each chat and what, as one statement changes a row but once."""
    sums: dict[tuple[Chat, str], Came] = {}
    for one in back:
        known = sums.get((one.chat, one.what), one._replace(in_near=0, in_day=0))
        near, day = known.in_near + one.in_near, known.in_day + one.in_day
        sums[one.chat, one.what] = one._replace(in_near=near, in_day=day)
    return list(sums.values())


def _file_of(one: Arrived) -> str | None:
    """The hash of the file that came; empty when there is none here, None when it is no file."""
    if isinstance(one, Announced):
        return ""
    match one.content:
        case Photo(file=file) | File(file=file) | Voice(file=file):
            return file
        case Strange():
            return ""
        case _:
            return None


def _chat(event: Event) -> Chat:
    return Chat(event.address.channel, event.address.bot, event.address.chat)


def _key(one: Arrived) -> Key:
    chat = one.chat if isinstance(one, Announced) else _chat(one)
    return (chat.channel, chat.bot, one.key)
