"""Every text that the code or a form needs is there, in both languages, and none is left over."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conversations.answers import Kind
from conversations.form import Form, Question, Repeat
from conversations.papering import PaperKind
from conversations.scoring import SheetOption, called
from programme import papers, ruleset
from tests.every_form import FORMS, SCORED
from tests.wording import WORDING

HERE = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "conversations")
LANGUAGES = ("vi", "en")
FILES = {key.partition(".")[0] for key in WORDING.keys("vi")}
KEYS = WORDING.keys("vi")


# -- what the code says ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Use:
    """A text that the code names, with the arguments that it gives (None: not to be seen there)."""

    where: str
    key: str
    arguments: frozenset[str] | None = None


@cache
def uses() -> tuple[Use, ...]:
    paths = [path for room in ROOMS for path in sorted((HERE / room).rglob("*.py"))]
    return tuple(use for path in paths for use in _in_module(path))


def _in_module(path: Path) -> Iterator[Use]:
    where = str(path.relative_to(HERE))
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    texts = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for text in texts for part in text.values}
    strings = set(_strings(node for node in nodes if id(node) not in inside))
    yield from (Use(where, string) for string in strings if _is_key(string))
    yield from (Use(where, key) for text in texts for key in _named_by(text, strings))
    for node in nodes:
        if isinstance(node, ast.Call):
            yield from _in_call(where, node)


def _in_call(where: str, call: ast.Call) -> Iterator[Use]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    texts = list(_strings(call.args))
    given, turn = _arguments(call), frozenset({"turn"})
    if name == "Wrong" and call.args:
        needs = (given or frozenset()) | turn
        yield from (Use(where, key, needs) for key in _problems(call.args[0]))
    elif name == "problem" and texts:
        yield Use(where, f"problems.{texts[0]}", given | turn if given is not None else None)
    elif name == "command" and texts:
        yield Use(where, f"engine.{texts[0]}", frozenset())
    elif keys := [text for text in texts if _is_key(text)]:
        miss = turn if name in {"miss", "missed"} else frozenset()
        yield Use(where, keys[0], given | miss if given is not None else None)


def _problems(reason: ast.expr) -> list[str]:
    if isinstance(reason, ast.IfExp):
        return [*_problems(reason.body), *_problems(reason.orelse)]
    if isinstance(reason, ast.JoinedStr):
        return [key for key in KEYS if re.fullmatch(rf"problems\.{_pattern(reason)}", key)]
    return [f"problems.{name}" for name in _strings([reason])]


def _name(key: ast.expr | None) -> str | None:
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def _arguments(call: ast.Call) -> frozenset[str] | None:
    """The names of what a call gives; None where they cannot be seen."""
    names = {word.arg for word in call.keywords if word.arg not in {"choices", "prompt", "lead"}}
    for given in call.args[1:]:
        if isinstance(given, ast.Dict):
            names |= {_name(key) for key in given.keys}
        elif isinstance(given, ast.Name) and given.id == "args":
            return None
    return None if None in names else frozenset(map(str, names))


def _strings(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _is_key(text: str) -> bool:
    return re.fullmatch(rf"({'|'.join(FILES)})\.\w+", text) is not None


def _pattern(text: ast.JoinedStr) -> str:
    whole = (part.value if isinstance(part, ast.Constant) else None for part in text.values)
    return "".join(re.escape(str(part)) if part is not None else r"\w+" for part in whole)


def _named_by(text: ast.JoinedStr, strings: set[str]) -> Iterator[str]:
    """The texts that an f-string may name; where only the file is sure, those named near it."""
    pattern = _pattern(text)
    for key in KEYS:
        file, _, name = key.partition(".")
        open_end = pattern == rf"{file}\.\w+"
        if name in strings if open_end else re.fullmatch(pattern, key) and file in pattern:
            yield key


# -- what the forms say ---------------------------------------------------------------------------


def questions(form: Form) -> Iterator[tuple[str, Question]]:
    """Every question with the path of its first asking."""
    for entry in form.questions:
        if isinstance(entry, Repeat):
            yield from ((f"{entry.key}.0.{one.key}", one) for one in entry.questions)
        else:
            yield entry.key, entry


KINDS: dict[str, Kind] = {q.kind.name: q.kind for form in FORMS for _, q in questions(form)}


def needed(form: Form) -> Iterator[str]:
    yield f"{form.name}.title"
    for path, question in questions(form):
        yield from (form.key(word, path) for word in ("ask", "label", "why", "example"))
        file, beginning = question.kind.labels or (form.name, path.replace(".0.", "_"))
        yield from (f"{file}.{beginning}_{value}" for value in values(question.kind))
    for entry in form.questions:
        if isinstance(entry, Repeat):
            yield from (f"{form.name}.{word}_{entry.key}" for word in ("item", "more"))
    yield from (f"{form.name}.rule_{rule.name}" for rule in form.rules)


def values(kind: Kind) -> Iterator[str]:
    """The options that a kind has always, whoever is asked."""
    if isinstance(kind, SheetOption):
        yield from map(called, kind.options_of)
    elif isinstance(kind, PaperKind):
        yield from papers.papers(ruleset.newest())
    else:
        yield from (option.value for option in getattr(kind, "options", ()))


def test_both_languages_have_the_same_texts_that_need_the_same() -> None:
    vietnamese = {key: WORDING.arguments("vi", key) for key in WORDING.keys("vi")}
    english = {key: WORDING.arguments("en", key) for key in WORDING.keys("en")}

    assert vietnamese == english
    assert len(vietnamese) > 300
    assert set(WORDING.languages()) == set(LANGUAGES)


def test_every_text_that_code_names_is_there_and_gets_what_it_needs() -> None:
    wrong = []
    for use in uses():
        if not WORDING.has("vi", use.key):
            wrong.append(f"{use.where}: there is no text {use.key}")
        elif use.arguments is not None and use.arguments != set(WORDING.arguments("vi", use.key)):
            needs = WORDING.arguments("vi", use.key)
            wrong.append(f"{use.where}: {use.key} needs {needs}, gets {sorted(use.arguments)}")

    assert len(uses()) > 100
    assert wrong == []


def test_every_form_has_its_words() -> None:
    keys = {key for form in FORMS for key in needed(form)}
    told = {  # what the questions tell their words
        form.key(word, path): set(question.about)
        for form in FORMS
        for path, question in questions(form)
        for word in ("ask", "label", "why", "example")
    }

    assert len(SCORED) > 26
    assert [key for key in sorted(keys) if not WORDING.has("vi", key)] == []
    assert {
        key for key in keys if set(WORDING.arguments("vi", key)) != told.get(key, set())
    } == set()


def test_every_kind_of_answer_can_be_read_out_and_refused() -> None:
    shown = {f"values.{name}" for name in KINDS if name != "choice"}
    refused = {f"problems.{name}" for name, kind in KINDS.items() if not kind.free}

    assert [key for key in sorted(shown | refused) if not WORDING.has("vi", key)] == []


def test_no_text_is_left_that_nobody_says() -> None:
    said = {use.key for use in uses()}
    said |= {key for form in FORMS for key in needed(form)}
    said |= {f"problems.{name}" for name, kind in KINDS.items() if not kind.free}
    said |= {f"values.{name}" for name in (*KINDS, "raw", "product_group")}

    assert [key for key in KEYS if key not in said and not key.startswith("figures.")] == []
