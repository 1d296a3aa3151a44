"""./run brings the bot up on a machine that has nothing, and never leaves half a set-up behind.

The machine is made of stand-ins: a python3 whose pip and uv only write down what was asked.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("python3", "python3.11", "python3.12", "python3.13", "python3.14")
BOT = '#!/bin/sh\necho "$PWD: $*"\n'
PYTHON = f"""#!/bin/sh
case "$*" in
*'pip install'*) mkdir -p .tools/uv/bin && cp "$UV" .tools/uv/bin/uv ;;
*pip*) ;;
*) exec "{sys.executable}" "$@" ;;
esac
"""
UV = """#!/bin/sh
case "$*" in
venv*) mkdir -p .tools/new/bin ;;
*) echo "$*" >>installs && sleep 0.2 && cp "$BOT" .tools/new/bin/python ;;
esac
"""
WORKERS = min(len(os.sched_getaffinity(0)) + 1, 4)
OLD_PYTHON = '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 || exit 1\n'
BROKEN_UV = "#!/bin/sh\ncase $1 in venv) mkdir -p .tools/new/bin ;; *) exit 2 ;; esac\n"


class Machine:
    """A folder with the project's scripts, and a PATH with stand-ins before the system's tools."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "nhà của em"
        self.stubs = folder / "stubs"
        self.home.mkdir()
        self.stubs.mkdir()
        for file in (ROOT / "run", *ROOT.glob("requirements*.lock")):
            shutil.copy(file, self.home)
        self.place("bot", BOT)
        self.place("uv", UV)

    def place(self, name: str, script: str) -> Path:
        file = self.stubs / name
        file.write_text(script, encoding="utf-8")
        file.chmod(0o755)
        return file

    def starts(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.home / "run", *arguments],
            cwd="/",
            env={
                "PATH": f"{self.stubs}{os.pathsep}/usr/bin{os.pathsep}/bin",
                "UV": str(self.stubs / "uv"),
                "BOT": str(self.stubs / "bot"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        with self.starts(*arguments) as process:
            said, told = process.communicate(timeout=20)
        return process.returncode, said.strip(), told

    def installs(self) -> int:
        return len((self.home / "installs").read_text(encoding="utf-8").splitlines())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    for name in PYTHONS:
        made.place(name, PYTHON)
    return made


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ((), "-m bot run"),
        (("--port", "9000"), "-m bot run --port 9000"),
        (("bot", "play", "a b.chat"), "-m bot play a b.chat"),
        (
            ("test", "-k", "inbox"),
            f"-m pytest --numprocesses={WORKERS} --dist=worksteal -k inbox",
        ),
    ],
)
def test_the_first_start_installs_and_goes_on(
    machine: Machine, arguments: tuple[str, ...], asked: str
) -> None:
    assert machine.run(*arguments)[:2] == (0, f"{machine.home}: {asked}")


def test_the_second_start_asks_neither_python_nor_pip_nor_uv(machine: Machine) -> None:
    machine.run()
    for name in PYTHONS:
        machine.place(name, "#!/bin/sh\nexit 9\n")

    code, said, told = machine.run()

    assert (code, told) == (0, "")
    assert said == f"{machine.home}: -m bot run"


def test_a_new_lock_is_installed_at_the_next_start(machine: Machine) -> None:
    machine.run()
    with (machine.home / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# raised\n")

    machine.run()
    machine.run()

    assert machine.installs() == 2


def test_whoever_has_run_the_tests_keeps_their_tools_when_a_lock_changes(machine: Machine) -> None:
    machine.run("test")
    (machine.home / "requirements.lock").write_text("# raised\n", encoding="utf-8")

    machine.run()

    assert (machine.home / ".venv/requirements-dev.lock").exists()


def test_a_set_up_that_broke_off_says_so_and_is_mended_by_the_next_start(machine: Machine) -> None:
    machine.place("uv", BROKEN_UV)
    code, said, told = machine.run()
    assert (code, said) == (1, "")
    assert "chạy lại" in told
    assert not (machine.home / ".venv").exists()

    shutil.rmtree(machine.home / ".tools/uv")  # a fresh uv is fetched, now a working one
    machine.place("uv", UV)
    assert machine.run()[0] == 0


def test_a_failed_upgrade_leaves_the_old_environment_to_the_bot_that_runs(machine: Machine) -> None:
    machine.run()
    (machine.home / "requirements.lock").write_text("# raised\n", encoding="utf-8")
    shutil.copy(machine.place("broken", BROKEN_UV), machine.home / ".tools/uv/bin/uv")

    assert machine.run()[0] == 1
    assert (machine.home / ".venv/bin/python").exists()


def test_two_first_starts_at_once_install_once_and_both_go_on(machine: Machine) -> None:
    with machine.starts() as one, machine.starts("bot", "play") as other:
        said = {one.communicate(timeout=20)[0], other.communicate(timeout=20)[0]}

    assert said == {f"{machine.home}: -m bot run\n", f"{machine.home}: -m bot play\n"}
    assert machine.installs() == 1


def test_no_network_is_said_in_one_sentence(machine: Machine) -> None:
    for name in PYTHONS:
        machine.place(name, PYTHON.replace("mkdir -p", "exit 1; mkdir -p"))

    code, said, told = machine.run()

    assert (code, said) == (1, "")
    assert "Internet" in told


def test_a_python_too_old_is_named(machine: Machine) -> None:
    for name in PYTHONS:
        machine.place(name, OLD_PYTHON)

    code, said, told = machine.run()

    assert (code, said) == (1, "")
    assert "3.11" in told
    assert "3.9.2" in told
