"""The demo as ``./run`` starts it, but beginning at a time of the test's: TIME ARGUMENTS…"""

import sys
from datetime import datetime

from bot import clock
from bot.__main__ import app
from bot.clock import TurnedClock


def begin(written: str, *arguments: str) -> None:
    """Run that command; the real time of the demo's clock is this one, and runs on from there."""
    apart = datetime.fromisoformat(written) - clock.now()
    TurnedClock.__init__.__defaults__ = (lambda: clock.now() + apart,)
    app(arguments)


if __name__ == "__main__":
    begin(*sys.argv[1:])
