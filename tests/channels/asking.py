"""How the contract's tests ask for channels, and what they send."""

from typing import Protocol

import pytest

from bot.channels.contract import Refused, TryLater, Unreachable
from conversations.events import Address
from conversations.messages import Letter
from tests.channels.channels import Fault, Person, Rig, Seen, Skill, channels_with, services


def on(*skills: Skill, every_way: bool = False) -> pytest.MarkDecorator:
    """Run the test on every channel with these skills; with none named, on all.

    How a bot hears makes no difference to how it speaks, so one way of hearing each will do, unless
    it is hearing that is tested: then ``every_way``.
    """
    names = channels_with(*skills)
    speaking = [next((one for one in ways if one in names), "") for ways in services().values()]
    chosen = names if every_way else [name for name in speaking if name]
    return pytest.mark.parametrize("rig", chosen, indirect=True)


everywhere = on()
in_every_way = on(every_way=True)
with_service = on(Skill.SERVICE)

WORDS = "Em chào bà con, em giúp được gì ạ?"
CHOICES = (("a|1", "Đăng ký ý tưởng"), ("a|2", "Gặp cán bộ"), ("a|3", "Thôi"))
UNITS = 2  # bytes of a UTF-16 unit


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // UNITS


class Sends(Protocol):
    """A sender, as far as it sends; a channel's own tests need no more of the contract."""

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int | None: ...


class Speaks(Protocol):
    """A rig, as far as it has a sender."""

    @property
    def sender(self) -> Sends: ...


class Reads(Protocol):
    """A person, as far as they read."""

    @property
    def address(self) -> Address: ...

    async def sees(self) -> list[Seen]: ...


async def put(rig: Speaks, person: Reads, letter: Letter | str, number: int = 1) -> int | None:
    letter = Letter(letter) if isinstance(letter, str) else letter
    return await rig.sender.send(person.address, number, letter)


async def texts(person: Reads) -> list[str]:
    return [seen.text for seen in await person.sees()]


async def failure(rig: Rig, fault: Fault, person: Person | None = None) -> Exception:
    """What the sender raises when its next letter meets the fault."""
    rig.fails(fault, person)
    with pytest.raises((TryLater, Refused, Unreachable)) as raised:
        await put(rig, person or rig.lan, WORDS)
    return raised.value


async def failure_of(rig: Rig, fault: Fault, letter: Letter) -> Exception:
    """What the sender raises when this letter to Lan meets the fault."""
    rig.fails(fault)
    with pytest.raises((TryLater, Refused, Unreachable)) as raised:
        await put(rig, rig.lan, letter)
    return raised.value


def bare(label: str) -> str:
    """A label without the number before it."""
    number, _, words = label.partition(" · ")
    return words if number.isdigit() else label
