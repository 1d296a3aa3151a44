"""The house keeps its own rules: names, words, walls, exact versions and licences."""

import ast
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import notices

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    *("bot", "handlers", "conversations", "programme"),
    *("storage", "documents", "papers", "hands"),
)
EMPTY_NAMES = {
    *("util", "utils", "helper", "helpers", "common", "misc"),
    *("base", "core", "manager", "service", "data", "info"),
}
LANGUAGE_ITSELF = ("conversations/vietnamese.py", "papers/reading.py")
HOME_OF = {
    "aiogram": ("bot/channels/telegram/",),
    "aiohttp": ("bot/channels/telegram/",),
    "httpcore": ("bot/channels/fetching.py",),
    "httpx": ("bot/channels/",),
    "telegram": ("bot/channels/telegram/",),
    "apscheduler": ("bot/reminding",),
    "holidays": ("programme/workdays.py",),
    "icalendar": ("documents/ics.py",),
    "openpyxl": ("documents/workbooks.py",),
    "xlsxwriter": ("documents/annex.py", "documents/national.py", "documents/tables.py"),
    "jinja2": ("bot/wording", "bot/web/", "documents/drafting.py"),
    "starlette_admin": ("bot/web/desk/tables.py",),
    "starlette": ("bot/web/", "bot/channels/"),
    "typer": ("bot/__main__.py",),
    "alembic": ("storage/",),
    "psycopg": ("storage/",),
    "sqlalchemy": ("storage/",),
    "sqlite3": ("storage/",),
    "sqlmodel": ("storage/",),
    "cv2": ("papers/",),
    "numpy": ("papers/",),
    "pi_heif": ("papers/",),
    "tesserocr": ("papers/",),
    "docxtpl": ("documents/",),
    "fontpkg_be_vietnam_pro": ("documents/",),
    "pikepdf": ("documents/",),
    "typst": ("documents/",),
    "pypdfium2": ("documents/", "papers/"),
    "segno": ("documents/qr.py",),
}
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}

Source = tuple[str, ast.Module]


def sources(*rooms: str) -> list[Source]:
    files = [file for room in rooms for file in sorted((ROOT / room).rglob("*.py"))]
    assert files, f"no code in {rooms}"
    return [(file.relative_to(ROOT).as_posix(), parsed(file)) for file in files]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_bytes())


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)}


def docstrings(tree: ast.Module) -> set[int]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    openings = [
        node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body
    ]
    return {id(opening.value) for opening in openings if isinstance(opening, ast.Expr)}


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
        ):
            yield node.lineno, node.value


def is_vietnamese(text: str) -> bool:
    return any(
        unicodedata.combining(sign) or (sign.isalpha() and " WITH " in unicodedata.name(sign, ""))
        for sign in text
    )


def classes(tree: ast.Module) -> list[str]:
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update({node.module or ""} | {f"{node.module}.{a.name}" for a in node.names})
    return found


def project() -> dict[str, list[str]]:
    """Dependencies as pyproject.toml wants them: those of the bot, and those of its tests."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    bot: list[str] = stated["project"]["dependencies"]
    return {
        "requirements.lock": bot,
        "requirements-dev.lock": bot + stated["dependency-groups"]["dev"],
    }


def pinned(lock: str) -> dict[str, str]:
    pins = notices.pins(ROOT / lock)
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


@pytest.mark.parametrize("text", ["Chào em", "đ", "Đ", "ơ", "ye\u0302n"])
def test_a_mark_of_vietnamese_is_seen(text: str) -> None:
    assert is_vietnamese(text)


@pytest.mark.parametrize("text", ["Chao em", "× – “”", ""])
def test_plain_letters_and_signs_are_no_words_of_vietnamese(text: str) -> None:
    assert not is_vietnamese(text)


def test_words_for_people_stand_in_templates_not_in_code() -> None:
    spoken = [
        f"{path}:{line}: {text[:40]}"
        for path, tree in sources(*(room for room in ROOMS if room != "programme"))
        if path not in LANGUAGE_ITSELF
        for line, text in literals(tree)
        if is_vietnamese(text)
    ]
    assert spoken == []


def test_no_file_and_no_class_has_a_name_that_says_nothing() -> None:
    names = {
        f"{path}:{name}"
        for path, tree in sources(*ROOMS, "tests", "tools")
        for name in (*Path(path).with_suffix("").parts, *classes(tree))
        if words(name) & EMPTY_NAMES
    }
    assert names == set()


def test_each_library_is_used_in_its_home_alone() -> None:
    strangers = {
        f"{path} imports {library}"
        for path, tree in sources(*ROOMS)
        for library in {name.partition(".")[0] for name in imported(tree)} & HOME_OF.keys()
        if not path.startswith(HOME_OF[library])
    }
    assert strangers == set()


def test_no_channel_knows_another() -> None:
    folders = {folder.name for folder in (ROOT / "bot/channels").iterdir() if folder.is_dir()}
    acquainted = {
        f"{path} imports {name}"
        for path, tree in sources("bot")
        for name in imported(tree)
        if path.startswith("bot/channels/") and name.startswith("bot.channels.")
        if (other := name.split(".")[2]) in folders and other != path.split("/")[2]
    }
    assert folders
    assert acquainted == set()


def test_the_pure_rooms_are_told_the_time_and_never_ask_a_clock() -> None:
    asked = {
        f"{path}:{node.lineno}"
        for path, tree in sources("conversations", "programme")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in CLOCKS and isinstance(node.func.value, ast.Name)
        if node.func.value.id in {"datetime", "date", "time"}
    }
    assert asked == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_whatever_the_project_wants(lock: str) -> None:
    pins = pinned(lock)
    wanted = [Requirement(each) for each in project()[lock]]
    wrong = [
        str(each)
        for each in wanted
        if not each.specifier.contains(pins.get(canonicalize_name(each.name), "0"))
    ]
    assert wanted
    assert wrong == []


def test_tests_run_on_the_very_versions_of_the_bot() -> None:
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]
)
def test_a_lock_holds_a_hash_for_every_pin_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(
        r"^[a-z0-9][^\n]*==[^\n]* \\\n +--hash=sha256:[0-9a-f]{64}\b", text, re.MULTILINE
    )
    assert len(pins) == len(pinned(lock)) > 0
    assert "://" not in text


def test_notice_names_every_library_with_its_licence() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert notice.endswith(notices.LAST_LINE_BY_HAND + notices.listed())


@pytest.mark.parametrize("script", ["run", ".ci/run", "tools/lock.sh"])
def test_a_script_can_be_started_as_it_stands(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert (ROOT / script).read_text(encoding="utf-8").startswith("#!/")
