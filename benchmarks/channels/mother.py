"""A process that has imported the whole bot and bears others, each of which is ``bot run``.

    python -m benchmarks.channels.mother

An interpreter needs seconds to import aiogram, a fork of one that has done so needs none; the rest
of the start is the real one. Each line that is read is an environment, each answer a process.
``AHEAD`` in it is by how many seconds its clock is turned, as at night only answers go.
"""

import gc
import json
import os
import signal
import sys
from datetime import timedelta
from importlib import import_module

from bot import assembly, clock, logs, settings

# What a start imports only when the channel is on.
CHANNELS = (
    "bot.channels.telegram.live",
    "bot.channels.telegram.receive",
    "bot.channels.telegram.send",
    "bot.channels.fetching",
    "bot.channels.zalo.live",
)


def live(environment: dict[str, str]) -> None:
    """Be the bot, as the command line would start it, until killed."""
    gc.disable()
    if ahead := environment.pop("AHEAD", ""):
        real, turned = clock.now, timedelta(seconds=float(ahead))
        clock.now = lambda: real() + turned
    given = settings.read(environment)
    logs.configure(given.log_level)
    os.dup2(os.open(given.data / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    os.dup2(1, 2)
    assembly.run(given)


def main() -> None:
    """Fork a process for each line; the system buries them."""
    for name in CHANNELS:
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            live(json.loads(line))
            os._exit(0)
        print(number, flush=True)


if __name__ == "__main__":
    main()
