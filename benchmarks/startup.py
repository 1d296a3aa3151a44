"""How soon the demo answers after its start, and what it weighs.

    python -m benchmarks.startup [RUNS]

Each start is ``python -m bot run`` on a data folder that was served once before, timed until the
first 200 of /healthz; memory is what the process itself keeps a second later.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds


def main() -> None:
    """Measure and say so."""
    runs = int(sys.argv[1]) if sys.argv[1:] else 5
    with tempfile.TemporaryDirectory() as folder:
        first, _ = start(Path(folder))
        seconds, weights = zip(*(start(Path(folder)) for _ in range(runs)), strict=True)
    print(f"first start with an empty data folder: {first:.2f} s")
    print(f"ready: median {statistics.median(seconds):.2f} s of {runs}, best {min(seconds):.2f} s")
    print(f"memory at rest: {statistics.median(weights):.0f} MB")


def start(folder: Path) -> tuple[float, float]:
    """Seconds until it is ready, and its megabytes at rest."""
    port = free_port()
    environment = {**os.environ, "OCOP_DATA": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start finds everything compiled
    command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            took = _ready(server, port) - began
            time.sleep(1)
            return took, _resident(server.pid)
        finally:
            server.send_signal(signal.SIGINT)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _ready(server: "subprocess.Popen[bytes]", port: int) -> float:
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end and server.poll() is None:
        if _answers(port):
            return time.perf_counter()
        time.sleep(0.005)
    raise TimeoutError("the demo did not become ready")


def _answers(port: int) -> bool:
    """Whether /healthz says 200."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return line.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
