"""One talk with ours, so that every bot can say the same words and show the same buttons."""

import tempfile
from pathlib import Path

from benchmarks.bots.ours import Bot
from benchmarks.bots.script import TALK, Script, Told, update


async def rehearse() -> Script:
    """Play the talk once with one person, and note the letters after each message."""
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(Script(()), Path(folder), 1)
        bot.prepare()
        letters = []
        for at, said in enumerate(TALK):
            data = bot.button(0, said.button) if said.button >= 0 else ""
            letters.append(await _answer(bot, update(0, at, said.text, data)))
        handed_in = len(bot.finished)
        await bot.close()
    if handed_in != 1:
        raise AssertionError(f"the talk does not end with an idea: {letters}")
    return Script(tuple(letters))


async def _answer(bot: Bot, body: bytes) -> tuple[Told, ...]:
    bot.reception.errands = bot.delivery
    bot.reception.hear([bot.event(body)])
    while await bot.delivery.once():
        pass
    out, bot.wire.out = bot.wire.out, []
    return tuple(Told(letter.text, [label for _, label in letter.choices]) for _, letter in out)
