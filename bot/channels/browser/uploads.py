"""How much a phone may upload: more would be judged too big anyway."""

from bot.judging import MOST_BYTES

__all__ = ["MOST_BYTES"]
