"""How the texts read: short, never the same twice, and what they tell to type is understood."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, cast

import pytest

from bot.wording import LABEL, LIMIT
from conversations import commands
from conversations.answers import Asked
from conversations.form import Form, Question, Repeat, flat
from conversations.forms import catalogue
from conversations.messages import Choice, Letter, Message, Shown
from conversations.reading import Read, Wrong
from conversations.session import Session
from handlers import intents
from handlers.officer import desk
from handlers.producer import fair_words, helping, mending, snoozing
from handlers.talk import Talk
from programme import products
from programme.folding import fold
from programme.quiet import VIETNAM
from tests.every_form import FORMS, PAPERS, paper
from tests.wording import TEMPLATES, WORDING

LANGUAGES = ("vi", "en")
KEYS = WORDING.keys("vi")
TODAY = date(2026, 11, 20)
MOST_LINES = 4
LISTING = {"officer.new_idea", "council.seats", "ballot.ask_criterion"}  # one more
ASK = 140
SAMPLE = "HTX nông nghiệp Bản Liền"

COMMUNE = {"name": "xã Bảo Nhai", "province": "tỉnh Lào Cai", "via": "xã Nậm Đét, huyện Bắc Hà"}
VALUES: dict[str, Any] = {
    "text": "gạo nếp nương Bản Liền", "raw": "chắc khoảng hơn chục người", "email": "a@b.vn",
    "long_text": "giống nếp cũ của bản, gặt tay " * 40, "yes_no": True, "choices": ["a", "b"],
    "finding": {"met": False, "remark": "một nửa nguyên liệu mua ngoài tỉnh"},
    "commune": COMMUNE, "product_set": {"number": 3, "name": "Gạo, ngũ cốc, hạt sơ chế khác"},
    "product_group": {"code": "I", "name": "Thực phẩm"}, "shares": {"commune": 70, "province": 100},
    "labour": {"total": 12, "local": 10}, "months": [9, 10, 11], "date": "2018-03-12", "star": 3,
    "moment": "2026-12-05T14:30",
    "round": {"key": "tinh-2027-1", "number": 1, "year": 2027}, "phone": "0912345678",
    "photos": ["a", "b"], "office_area": {"code": "02869", "name": "xã Bản Liền, tỉnh Lào Cai"},
    "fact": {"value": 1, "label": "HTX nông nghiệp Bản Liền"},
    "aim": {
        "areas": [{"codes": ["02869"], "name": "xã Bản Liền, tỉnh Lào Cai"}] * 3,
        "sets": [{"number": 3, "name": "Gạo", "said": "gạo nếp nương"}] * 3,
        "stars": [3, 4, 5], "months": [9, 10, 11],
    },
    "seats": [{"name": "Nguyễn Văn An", "position": "chairman", "office": "UBND tỉnh Lào Cai"}] * 3,
    "mark": {"key": "c", "points": 3, "label": "Từ 75% đến 100%"},
    "days": {"from": "2026-12-24", "to": "2026-12-28"}, "count": 12, "money": 12_500_000,
    "pages": [{"file": "a", "sheets": 12}, {"file": "b", "sheets": 1}],
    "people": [
        {"name": "Vàng Thị Mai", "born": 1968, "job": "gặt và phơi", "insured": True},
        {"number": 12, "name": "Lâm A Páo", "residence": "thôn Na Kim, xã Bắc Hà"},
    ],
    "paper_facts": {
        "number": "157/2025/GCNATTP-SNNMT", "issued": "2025-03-01", "expires": "2028-03-01",
        "holder": "HTX nông nghiệp Bản Liền",
    },
}  # fmt: skip
FAR = {"name": "phường Phù Liễn", "province": "thành phố Hải Phòng"}
FAR["via"] = "phường Bắc Hà, quận Kiến An, thành phố Hải Phòng"
LINE = "12. Địa chỉ thường trú: thôn Đội 1, xã Bản Liền, tỉnh Lào Cai"
PAPER = "giấy chứng nhận đủ điều kiện an toàn thực phẩm"
ARGUMENTS: dict[str, Any] = {
    "turn": 0, "number": 12, "last": 16, "done": 7, "total": 12, "count": 1234, "most": 6000,
    "least": 2, "more": 6, "days": 161, "code": "048213", "year": 2027, "amount": "2.500.000",
    "value": "trong xã 70%, trong tỉnh 100%", "text": "gạo nếp nương Bản Liền, tỉnh Lào Cai",
    "label": "số đăng ký kinh doanh", "title": "câu hỏi cho cán bộ", "name": "Gạo nếp Bản Liền",
    "lines": [LINE] * 3, "labels": ["số đăng ký kinh doanh"] * 3, "missing": ["người đại diện"] * 4,
    "papers": ["Công bố chất lượng"] * 3, "producer": "HTX nông nghiệp Bản Liền", "area": None,
    "commune": "xã Bản Liền", "set": "Bộ 3: Gạo, ngũ cốc, hạt sơ chế khác", "typist": "Lý Văn Nam",
    "round": "đợt 1 năm 2027 (cấp tỉnh)", "status": "đã gửi xã", "intake": date(2027, 4, 30),
    "finish": date(2027, 6, 30), "place": "TP. Lào Cai", "when": date(2026, 12, 24), "who": None,
    "signs": "", "months": "6, 7, 8", "port": 8080, "seconds": 95, "pages": 141, "ending": "docx",
    "paper": PAPER, "fault": "giấy bị mất góc hoặc mép", "state": "sẽ hết hạn trước ngày họp",
    "low": 250000, "high": 2500000, "cost": "250.000 đến 2.500.000 đồng", "uncertain": True,
    "what": "Nơi làm ra hàng ăn uống sạch sẽ, đủ điều kiện. Không có giấy này hội đồng không chấm.",
    "copy": "Cần bản sao có dấu chứng thực của uỷ ban xã.", "note": "tuỳ cơ sở to nhỏ",
    "step": f"Bác làm hoặc xin {PAPER}, mất chừng 30 ngày. Có rồi thì bác chụp gửi em ạ.",
    "by": date(2027, 4, 8), "ready": date(2027, 3, 2), "expires": date(2027, 7, 1),
    "opens": date(2027, 1, 2), "closes": date(2027, 3, 3), "points": 67, "lacking": 13, "short": 4,
    "star": 4, "parts": ["phần A: 28/35", "phần B: 19/25", "phần C: 30/40"], "page": 2,
    "stops": [], "criteria": ["nguồn nguyên liệu", "vùng nguyên liệu", "liên kết"], "sheets": 12,
    "next_round": "đợt 2 năm 2027 (cấp tỉnh)", "option": "Từ 75% đến dưới 100%",
    "reason": "Giấy ghi nơi làm cũ, chưa ghi nơi đang làm.", "claimed": 71, "of": 3, "at": 2,
    "doubts": ["Cán bộ cần xác nhận cơ sở đúng là không thuộc diện cấp giấy."] * 2,
    "day": date(2027, 4, 28), "left": 14, "late": 0, "idle": 124, "old": date(2027, 4, 8),
    "moment": datetime(2026, 12, 1, 8, 30, tzinfo=VIETNAM),
    "rows": 123456, "files": 12345, "megabytes": 1234, "good": 1200, "bad": 34, "others": 12,
    "likeness": 88, "added": 1200, "changed": 34, "same": 12,
    "new": date(2027, 4, 28), "ends": date(2027, 7, 1), "time": None,
    "options": [(0, ""), (1, "Từ 25% đến dưới 50%"), (2, "Từ 50% đến dưới 75%"), (3, "Từ 75%")],
    "levels": [0, 1, 3], "spread": 12, "places": [1, 3, 11], "apart": [], "needed": 6,
    "facts": "số 157/2025/GCNATTP-SNNMT, cấp ngày 1/3/2025, hết hạn ngày 1/3/2028",
    "years": "2026-2030", "wrong": 120, "money": "1.444,197", "budgets": 1, "evaluated": 1234,
    "recognised": 1234, "failed": 120, "fairs": 22, "products": 1234, "communes": 126, "units": 34,
    "tasks": 120, "targets": 34, "of_all": 1234, "replied": 1200, "sales": 1_234_500_000_000,
    "workers": 12345, "local_workers": 12000, "quantity": 12_000.5, "unit": "kg",
    "sales_before": 1_234_500_000_000, "workers_before": 12345,
    "markets": 1234, "samples": 27, "sites": 18,
    "due": date(2027, 4, 30), "budget": 1_444_197_000_000, "spent": 1_218_816_000_000,
    "reached": 24, "passed_over": 2,
}  # fmt: skip


def letters(language: str, key: str, turn: int = 0) -> tuple[Letter, ...]:
    names = WORDING.arguments(language, key)
    args = {name: turn if name == "turn" else ARGUMENTS.get(name, SAMPLE) for name in names}
    if key.startswith("values."):
        args = {"value": VALUES[key.removeprefix("values.")]}
    return WORDING.letters(language, Message(key, args))


def said(language: str, key: str, turn: int = 0) -> str:
    (letter, *more) = letters(language, key, turn)
    assert not more, f"{language} {key} is longer than one letter"
    return letter.text


# There are thousands of texts: a test for each file of them names every one that is wrong.
FILES = {file: tuple(keys) for file, keys in groupby(KEYS, lambda key: key.partition(".")[0])}


def turning(language: str, key: str) -> bool:
    return "turn" in WORDING.arguments(language, key)


def is_one_short_letter(key: str, told: tuple[Letter, ...]) -> bool:
    text, lines = told[0].text, MOST_LINES + (key in LISTING)
    short = len(told) == 1 and 0 < len(text) <= LIMIT and len(text.split("\n")) <= lines
    return short and text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_one_short_letter(language: str, file: str) -> None:
    told = {
        (key, turn): letters(language, key, turn)
        for key in FILES[file]
        for turn in (range(6) if turning(language, key) else range(1))
    }

    assert {at: each for at, each in told.items() if not is_one_short_letter(at[0], each)} == {}


TURNING = [(lang, key) for lang in LANGUAGES for key in KEYS if turning(lang, key)]


@pytest.mark.parametrize(("language", "key"), TURNING)
def test_nobody_gets_the_same_words_twice_in_a_row(language: str, key: str) -> None:
    least = {"problems": 3, "papers": 3, "engine": 2, "menu": 2}[key.partition(".")[0]]
    texts = [said(language, key, turn) for turn in range(12)]

    assert len(set(texts)) >= (4 if key == "menu.unknown" else least)
    assert all(first != second for first, second in pairwise(texts))


@pytest.mark.parametrize("path", sorted((TEMPLATES / "vi").glob("*.j2")), ids=str)
def test_the_bot_speaks_to_an_elder(path: Path) -> None:
    words = re.findall(r"\w+", path.read_text(encoding="utf-8").casefold())

    assert not {"bạn", "mày", "tao"} & set(words)
    assert path.read_text(encoding="utf-8").count("!") <= 2


# -- the questions of the forms -------------------------------------------------------------------


def questions(form: Form) -> Iterator[tuple[str, Question]]:
    """Every question with the path of its first asking."""
    for entry in form.questions:
        if isinstance(entry, Repeat):
            yield from ((f"{entry.key}.0.{one.key}", one) for one in entry.questions)
        else:
            yield entry.key, entry


# Questions of several sheets that have the same words and options are asked once.
DIFFERENT = {
    (form.key("ask", path), repr(question.kind)): (form, path, question)
    for form in FORMS
    for path, question in questions(form)
}
NAMES = tuple(dict.fromkeys(form.name for form, _, _ in DIFFERENT.values()))
LONG_SETS = sorted(products.product_sets(), key=lambda one: -len(one.name))[:3]
LONG_PAPERS = sorted(PAPERS, key=lambda id_: -len(said("vi", f"papers.name_{id_}")))
GROUPS = products.groups()
PRODUCERS = [{"value": n, "label": f"HTX số {n} Bản Liền"} for n in range(1, 4)]
FACTS = {"producers": PRODUCERS, **paper(*LONG_PAPERS)}


def asked(form: Form, path: str) -> Asked:
    return Asked(form.name, flat(path), TODAY, {}, FACTS)


def named(name: str) -> list[tuple[str, Form, str, Question]]:
    """Every question of the forms of that name, with the key of its words."""
    return [(key, *one) for (key, _), one in DIFFERENT.items() if one[0].name == name]


def with_choices(language: str, form: Form, path: str, question: Question) -> tuple[Letter, ...]:
    """The most that it can be: with the words of a changed mind, and the longest names."""
    offers = question.kind.offers(asked(form, path))
    choices = (*(Choice(o.tap, o.label) for o in offers), Choice("k", Message("engine.keep")))
    return WORDING.letters(language, form.said("ask", path, choices))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_with_its_choices_is_one_short_letter(language: str, name: str) -> None:
    most = LIMIT if name in {"consent", "ballot"} else ASK
    wrong = []
    for key, form, path, question in named(name):
        letter, *more = with_choices(language, form, path, question)
        lines = [f"{number}. {label}" for number, (_, label) in enumerate(letter.choices, 1)]
        whole = len("\n".join([letter.text, *lines])) <= LIMIT and not more
        fits = whole and all(len(label) <= LABEL for _, label in letter.choices)
        wrong += [] if fits and len(letter.text) <= most else [(key, letter)]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("ask", "kind", "values"),
    [
        ("idea.ask_set", "product_set", [{"number": s.number, "name": s.name} for s in LONG_SETS]),
        ("idea.ask_set", "product_group", [{"code": g.code, "name": g.name} for g in GROUPS]),
        ("engine.which", "commune", [FAR] * 3),
    ],
)
def test_a_guess_with_its_candidates_is_one_short_letter(
    language: str, ask: str, kind: str, values: list[Any]
) -> None:
    labels = [Message("engine.candidate", {"value": Shown(kind, value)}) for value in values]
    picks = [Choice("p|1|2|3", label) for label in (*labels, Message("engine.none_of_these"))]

    (letter,) = WORDING.letters(language, Message(ask, choices=tuple(picks)))

    assert len(letter.text) + sum(len(label) + 4 for _, label in letter.choices) <= LIMIT


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_typed_back_is_its_option(language: str, name: str) -> None:
    wrong = []
    for key, form, path, question in named(name):
        for offer in question.kind.offers(asked(form, path)):
            title = Message(f"{name}.title", {}, (Choice("", offer.label),))
            (letter,) = WORDING.letters(language, title)
            expected = [offer.value] if question.kind.name == "choices" else offer.value
            reading = question.kind.read(letter.choices[0][1], asked(form, path))
            if not isinstance(reading, Read) or reading.value != expected:
                wrong.append((key, letter.choices[0][1], reading))

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_an_answer(language: str, name: str) -> None:
    wrong = []
    for key, form, path, question in named(name):
        if question.kind.name not in {"photos", "pages"}:
            (letter,) = WORDING.letters(language, form.said("example", path))
            reading = question.kind.read(letter.text, asked(form, path))
            if reading is None or isinstance(reading, Wrong):
                wrong.append((key, letter.text, reading))

    assert wrong == []


# A talk in which nothing stands on the screen.
QUIET = Talk(cast("Any", None), 0, Session(), datetime(2026, 11, 30, tzinfo=VIETNAM), catalogue)


def understood(word: str) -> bool:
    # "Gửi" and "thêm" are told only where an answer is no free text.
    return bool(
        commands.parse(word, free=word not in {"gửi", "thêm"})
        or intents.find(word)
        or any(read(QUIET, said) for read in desk._READERS for said in (word, f"{word} x"))
        or fold(word) in helping._ON | helping._OFF
        or fold(word) in {"chua co", "none", "dong y", "agree"}
        or mending._ANSWER.match(fold(word))
        or fold(word) in snoozing._SAID
        or snoozing._AGAIN.fullmatch(fold(word))
        or fair_words.read(word)
        or re.fullmatch(r"[\d, %]+", word)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_texts_tell_to_type_is_understood(language: str) -> None:
    asking = re.compile(r"(?:gõ|type): (.+?)(?= rồi | and then |[.,:;)]|$)", re.MULTILINE)
    texts = [said(language, key, turn) for key in KEYS for turn in range(6)]
    lists = (words.split(" · ") for text in texts for words in asking.findall(text))
    told = {word.strip() for words in lists for word in words}

    assert len(told) > 12
    assert sorted(word for word in told if not understood(word)) == []


def test_a_review_of_a_whole_form_is_split_between_its_lines() -> None:
    label = Message("profile.label_address")
    line = Message("engine.line", {"number": 9, "label": label, "value": Shown("commune", COMMUNE)})
    review = Message("engine.review", {"title": Message("idea.title"), "lines": (line,) * 16})

    letters = WORDING.letters("vi", review)

    assert sum(letter.text.count("9. Địa chỉ thường trú: xã Bảo Nhai") for letter in letters) == 16
    assert all(len(letter.text) <= LIMIT for letter in letters)
