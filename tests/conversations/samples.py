"""Answers to every question of every form: one to fill it with, and another to change it to."""

from typing import Any

from conversations.form import Form
from conversations.forms import catalogue
from tests.conversations.talking import Chat

PRODUCER = {
    "value": 7,
    "label": "HTX Bản Liền",
    "commune": {"code": "02869", "name": "xã Bản Liền", "province": "tỉnh Lào Cai", "via": None},
}
OTHER_PRODUCER = {**PRODUCER, "value": 8, "label": "Hộ Vàng Thị Mai"}
FACTS: dict[str, dict[str, Any]] = {
    "idea": {"producers": [PRODUCER, OTHER_PRODUCER], "commune": PRODUCER["commune"]},
}
# By form and question: how it is typed, message by message; then how it is typed otherwise.
TYPED: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "consent": {
        "dossier": (("đồng ý",), ("không đồng ý",)),
        "messages": (("cả hai",), ("không nhận",)),
    },
    "profile": {
        "whose": (("khai hộ",), ("của tôi",)),
        "allowed": (("đúng",), ("không",)),
        "name": (("htx ban lien",), ("HTX Bản Phố",)),
        "kind": (("htx",), ("tổ hợp tác",)),
        "commune": (("ban lien, lao cai", "đúng"), ("ta chai, bac ha", "đúng")),
        "representative": (("vang thi mai",), ("Lý A Tủa",)),
        "gender": (("nu",), ("nam",)),
        "ethnicity": (("tay",), ("Mông",)),
        "address": (("thon doi 1",), ("thôn Phéc Bủng",)),
        "phone": (("0912 345 678",), ("0987 654 321",)),
        "email": (("a.b@gmail.com",), ("htx@gmail.com",)),
        "registration": (("5300712345",), ("5300799999",)),
        "registered_on": (("12/3/2018",), ("2019",)),
    },
    "idea": {
        "producer": (("1",), ("2",)),
        "name": (("gao khau meo ban lien",), ("Rượu ngô Bản Phố",)),
        "set": (("gạo", "1"), ("rượu ngô", "1")),
        "stage": (("đã có",), ("sản phẩm mới",)),
        "materials.0.name": (("thóc nếp",), ("ngô",)),
        "materials.0.shares": (("xã 70%, tỉnh 100%",), ("xã 20%, tỉnh 100%",)),
        "labour": (("12 người, 10 trong xã",), ("5 người, 5 trong xã",)),
        "packaging": (("túi 1 kg",), ("chai 500 ml",)),
        "special": (("giống cũ của bản", "xong"), ("nấu chảo gang", "xong")),
        "papers": (("1, 3",), ("2",)),
        "season": (("tháng 9 đến tháng 11",), ("quanh năm",)),
        "star": (("3",), ("4",)),
        "round": (("1",), ("2",)),
        "commune": ((), ("ta chai, bac ha", "đúng")),
    },
    "contact": {"question": (("rượu có phải khai riêng không", "xong"), ("còn giấy gì", "xong"))},
    "typist": {"name": (("Lý Văn Nam",), ("Lý Thị Hoa",))},
}
FORMS = list(catalogue)


def typed(form: Form, path: str, *, otherwise: bool = False) -> tuple[str, ...]:
    """The messages by which the question is answered."""
    return TYPED[form.name][path][otherwise]


def begun(form: Form) -> Chat:
    """A chat in which the form has just begun."""
    return Chat(form, facts=FACTS.get(form.name, {})).begun()


def standing_at(form: Form, path: str) -> Chat:
    """A chat in which everything before that question is answered."""
    chat = begun(form)
    while chat.run.at != path:
        chat.say(*typed(form, chat.run.at))
        assert chat.run.status == "open", f"{path} was never asked"
    return chat


def filled(form: Form) -> Chat:
    """A chat in which everything is answered: at the review, where there is one."""
    chat = begun(form)
    while chat.run.status == "open" and chat.run.at != "review":
        chat.say(*typed(form, chat.run.at))
    return chat


def asked_paths(form: Form) -> list[str]:
    """The questions in the order in which they are asked of who answers so."""
    return [
        step.path for step in filled(form).log if step.kind == "asked" and step.path != "review"
    ]


POSITIONS = [(form, path) for form in FORMS for path in dict.fromkeys(asked_paths(form))]
IDS = [f"{form.name}.{path}" for form, path in POSITIONS]
