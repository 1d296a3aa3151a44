"""Whatever comes at whatever question: a kind sentence, nothing lost, nothing broken."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.events import (
    Contact,
    Content,
    File,
    Location,
    Photo,
    Strange,
    Tap,
    Text,
    Voice,
    Wake,
)
from conversations.form import Form
from tests.conversations.samples import FORMS, IDS, POSITIONS, begun, filled, standing_at
from tests.conversations.talking import Chat
from tests.every_form import SCORED

HASH = "a" * 64
BAD_TEXTS = {
    "ten thousand signs": "gạo nếp nương " * 715,
    "ten thousand letters without a space": "a" * 10_000,
    "emoji": "🙏🌾👵🏽",
    "one emoji": "👍",
    "controls": "\x01\x02\x1b[31m\x7f",
    "nul": "gạo\x00nếp",
    "nul alone": "\x00",
    "right to left": "\u202egạo\u202c \u2066nếp\u2069 \u200f",
    "half a sign": "gạo \ud800",
    "sql": "'; DROP TABLE ideas; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "jinja": "{{ 7*7 }}",
    "jinja statement": "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "python format": "{0.__class__} %s %d {name}",
    "button data": "a|1|stage|new",
    "nothing": "",
    "spaces": " \n\t ",
    "signs": "?!.,;:",
    "a long number": "9" * 5000,
    "other script": "Привет 你好 สวัสดี",
}
BAD_CONTENTS: dict[str, Content] = {
    "sticker": Strange("sticker"),
    "file of no bytes": Strange("empty_file"),
    "bad file": Strange("bad_file"),
    "big file": Strange("big_file"),
    "poll": Strange("poll"),
    "voice": Voice(HASH),
    "photo": Photo(HASH),
    "file": File(HASH, "giay.pdf"),
    "location": Location(22.5, 104.3),
    "own contact": Contact("0912345678", own=True),
    "contact of somebody": Contact("0912345678", own=False),
    "odd contact": Contact("000", own=True),
    "unknown button": Tap("x|1|2|3"),
    "empty button": Tap(""),
    "button of another run": Tap("a|99|name|0"),
    "button of no question": Tap("a|1|nothing|0"),
    "button of no offer": Tap("a|1|stage|nothing"),
    "candidate of no question": Tap("p|1|99|0"),
    "command of no question": Tap("!send|1|nothing"),
    "no command": Tap("!|"),
    "wake too early": Wake(),
}
BAD_CONTENTS |= {name: Text(text) for name, text in BAD_TEXTS.items()}


@pytest.mark.parametrize(("form", "path"), POSITIONS, ids=IDS)
def test_bad_input_gets_a_kind_sentence_and_loses_nothing(form: Form, path: str) -> None:
    for content in BAD_CONTENTS.values():
        chat = standing_at(form, path)
        before = chat.answers

        turn = chat.do(content)

        assert turn.messages or silent(content) or turn.outcome == "sent"
        assert kept(before, chat)
        assert "49" not in chat.words()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_bad_input_at_the_review_changes_nothing(form: Form) -> None:
    if not form.review:
        return
    for name, content in BAD_CONTENTS.items():
        if name == "one emoji":  # a thumb up hands it in
            continue
        chat = filled(form)
        before = chat.answers

        turn = chat.do(content)

        assert turn.messages or silent(content)
        pictures = {"photos": 0, "poster": 0}  # which are kept though nobody asked for them
        assert {**before, **pictures} == {**chat.answers, **pictures}
        assert chat.run.status == "open"


def silent(content: Content) -> bool:
    """Our own clock may find that there is nothing to do."""
    return isinstance(content, Wake)


def kept(before: dict[str, Any], chat: Chat) -> bool:
    return all(still(value, chat.answers.get(path)) for path, value in before.items())


def still(value: Any, now: Any) -> bool:
    """Whether the answer is what it was; more pages may have come to a paper."""
    return bool((now[: len(value)] if isinstance(value, list) else now) == value)


@pytest.mark.parametrize(("form", "path"), POSITIONS, ids=IDS)
def test_what_is_not_understood_is_said_otherwise_each_time_and_then_a_person_is_offered(
    form: Form, path: str
) -> None:
    for content in (Strange("sticker"), Location(1, 2), Text("?!.,;"), Strange("poll")):
        chat = standing_at(form, path)
        said = []
        for _ in range(5):
            chat.do(content)
            said.append(chat.words())

        assert all(one != next_ for one, next_ in pairwise(said))
        assert "gặp cán bộ" in said[2]


# -- any sequence ---------------------------------------------------------------------------------

COMMANDS = (
    "quay lại", "00", "0", "bỏ qua", "03", "xem lại", "04", "trợ giúp", "vì sao hỏi", "02",
    "làm lại", "06", "còn thiếu gì", "08", "sửa", "sửa 2", "sửa 3 thành gạo", "sửa 6: xã 5%",
    "thêm", "bớt 1", "bớt 2", "giữ nguyên", "xong", "gửi", "1", "2", "3", "4", "5", "đúng", "không",
    "có", "không phải các ý này",
)  # fmt: skip
ANSWERS = (
    "gạo nếp", "ban lien, lao cai", "đã có", "xã 70%, tỉnh 100%", "12 người, 10 trong xã", "1, 3",
    "tháng 9", "0912345678", "a@b.vn", "12/3/2018", "htx", "nữ", "chưa biết", "khai hộ", "của tôi",
)  # fmt: skip
# Those that take more than a word, with the criteria sheet of every set.
LONG = [form for form in FORMS if form.review or form.name == "paper"]
LONG += [form for (_, variant), form in SCORED.items() if variant != "business"]
texts = st.one_of(st.sampled_from(COMMANDS), st.sampled_from(ANSWERS), st.text(max_size=30))
contents = st.one_of(texts.map(Text), texts.map(Text), st.sampled_from(list(BAD_CONTENTS.values())))
happenings = st.tuples(contents, st.sampled_from(("", "early", "soon", "late", "old button")))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    form=st.sampled_from(LONG),
    done=st.integers(0, 14),
    steps=st.lists(happenings, max_size=12),
)
def test_any_sequence_of_events_keeps_every_promise(
    form: Form, done: int, steps: list[tuple[Content, str]]
) -> None:
    """Each turn: the run is the fold of its log, the session survives JSON, all can be said."""
    chat = begun(form)
    answered = [path for other, path in POSITIONS if other is form][:done]
    if answered:
        chat = standing_at(form, answered[-1])

    for content, how in steps:
        happen(chat, content, how)
        if chat.session.active() is None:
            break

    assert len(chat.turns) > 0


def happen(chat: Chat, content: Content, how: str) -> None:
    buttons = [c.data for turn in chat.turns for m in turn.messages for c in m.choices]
    if how == "early" and isinstance(content, Text):
        chat.early(content.text)
    elif how == "old button" and buttons:
        chat.tap(buttons[len(chat.turns) % len(buttons)])
    elif how == "late":
        chat.wait(chat.now - chat.turns[0].session.runs[0].started_at)
    else:
        chat.do(content)
