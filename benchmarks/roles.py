"""What each role takes: seconds until it works, and memory at rest.

    python -m benchmarks.roles [--rounds 3]

Real processes (``python -m bot <role>``): the demo on SQLite, the others on a PostgreSQL of our own
with Telegram's emulator. Telegram's two libraries cost most, and only where they are needed.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests import conftest
from tests.emulators.telegram import TOKEN, TelegramEmulator

ROOT = Path(__file__).parents[1]
REST = 2.0  # seconds after it has started until its memory is read


async def start(role: str, settings: Mapping[str, str], ready: str) -> tuple[float, float]:
    """Seconds until it says that, and MB of its own some seconds later."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OCOP_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", role),
        cwd=ROOT,
        env=kept | dict(settings) | {"OCOP_PORT": "0"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert running.stdout
    try:
        async with asyncio.timeout(60):
            while ready not in (line := (await running.stdout.readline()).decode()):
                if not line:
                    raise RuntimeError(f"{role} has ended")
        took = time.perf_counter() - began
        await asyncio.sleep(REST)
        return took, memory(running.pid)
    finally:
        running.kill()
        await running.wait()


def memory(process: int) -> float:
    """What the process holds in memory by itself and with others, in MB (VmRSS)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def measure(rounds: int) -> None:
    """Each role so often; medians."""
    temporary = tempfile.TemporaryDirectory
    with temporary(prefix="ocop-", dir="/tmp") as rows, temporary() as folder:
        files = Path(folder)
        with conftest.started(Path(rows)) as server:
            conftest.Server(server, iter(())).do("CREATE DATABASE roles")
            async with TelegramEmulator().running() as emulator:
                on = {
                    "OCOP_TELEGRAM_TOKEN": TOKEN,
                    "OCOP_TELEGRAM_API_BASE": emulator.served.address,
                }
                shared = {
                    "OCOP_DATABASE_URL": str(server.get_uri("roles")),
                    "OCOP_DATA": str(files / "shared"),
                }
                for name, role, settings, ready in (
                    ("run (SQLite, trang thử)", "run", {"OCOP_DATA": str(files / "demo")}, "http"),
                    ("run + Telegram", "run", {"OCOP_DATA": str(files / "tg")} | on, "@"),
                    ("listen + Telegram", "listen", shared | on, "@"),
                    ("deliver + Telegram", "deliver", shared | on, "delivering"),
                    ("remind", "remind", shared, "remind"),
                ):
                    await start(role, settings, ready)  # what is made at the first start is there
                    seen = [await start(role, settings, ready) for _ in range(rounds)]
                    seconds, megabytes = (statistics.median(c) for c in zip(*seen, strict=True))
                    print(f"{name:26} {seconds:5.2f} s  {megabytes:4.0f} MB", flush=True)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description="what each role takes")
    asked.add_argument("--rounds", type=int, default=3)
    asyncio.run(measure(asked.parse_args().rounds))


if __name__ == "__main__":
    main()
