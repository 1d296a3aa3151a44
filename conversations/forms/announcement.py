"""Thông báo: what an officer tells many at once, of a fair, a training, a buyer, or else."""

from conversations.aiming import AimKind
from conversations.answers import Photos, Text
from conversations.choosing import Choice
from conversations.coming import ComingDay, ComingDays
from conversations.form import Answers, Facts, Form, Question, Rule, When
from conversations.measuring import DateKind, Phone
from conversations.readings.choices import Option

# What the notices of fairs tell beside what is always asked: it comes by a pasted text or an edit.
TOLD = (
    ("theme", "chu de|theme"),
    ("organiser", "don vi to chuc|ban to chuc|organiser"),
    ("invited_by", "don vi moi|noi moi|invited by"),
    ("letter", "so cong van|cong van|so van ban|official letter"),
    ("size", "quy mo|so gian|size"),
    ("who", "doi tuong|thanh phan|who may come"),
    ("conditions", "dieu kien|dieu kien san pham|yeu cau|conditions"),
    ("cost", "chi phi|kinh phi|cost"),
    ("support", "ho tro|muc ho tro|support"),
    ("where", "noi dang ky|cho dang ky|where to register"),
    ("contact", "nguoi lien he|lien he|dau moi|contact"),
)
_HELD = When("kind", ("fair", "training"))
_ANSWERED = When("kind", ("fair", "training", "buyer"))
_SAID = When("kind", ("buyer", "other"))


def _is_after_its_end(answers: Answers, _facts: Facts) -> bool:
    """Whether one could still register when it is over."""
    if not {"days", "register_by"} <= answers.keys():
        return False
    return str(answers["register_by"]) > str(answers["days"]["to"])


announcement = Form(
    name="announcement",
    version=1,
    of_office=True,
    questions=(
        Question(
            "kind",
            Choice(
                (
                    Option("fair", ("hoi cho", "phien cho", "le hoi", "trien lam", "fair")),
                    Option("training", ("tap huan", "lop tap huan", "lop hoc", "training")),
                    Option(
                        "buyer",
                        ("nguoi mua tim hang", "nguoi mua", "tim hang", "thu mua", "buyer"),
                    ),
                    Option("other", ("viec khac", "khac", "tin khac", "something else", "other")),
                )
            ),
            prefill="kind",
            called="loai|loai tin|kind",
        ),
        Question("name", Text(least=4, most=120), prefill="name", things=True, called="ten|name"),
        Question(
            "days",
            ComingDays(),
            when=_HELD,
            prefill="days",
            called="ngay|thoi gian|ngay to chuc|days",
        ),
        Question(
            "place",
            Text(least=2, most=120),
            when=_HELD,
            prefill="place",
            things=True,
            called="dia diem|noi to chuc|o dau|place",
        ),
        Question(
            "text",
            Text(least=10, most=180),
            when=_SAID,
            prefill="text",
            things=True,
            called="noi dung|text",
        ),
        Question(
            "register_by",
            ComingDay(),
            optional=True,
            when=_ANSWERED,
            prefill="register_by",
            called="han dang ky|han|register by",
        ),
        *(
            Question(
                key,
                Text(least=2, most=200),
                optional=True,
                asked=False,
                prefill=key,
                things=True,
                called=names,
            )
            for key, names in TOLD
        ),
        Question(
            "letter_date",
            DateKind(),
            optional=True,
            asked=False,
            prefill="letter_date",
            called="ngay cong van|letter date",
        ),
        Question(
            "phone",
            Phone(),
            optional=True,
            asked=False,
            prefill="phone",
            called="dien thoai|dien thoai lien he|so dien thoai|phone",
        ),
        Question(
            "poster",
            Photos(most=1),
            optional=True,
            asked=False,
            prefill="poster",
            called="anh|ap phich|poster|picture",
        ),
        Question(
            "aim",
            AimKind(),
            prefill="aim",
            things=True,
            called="gui cho|gui cho ai|cho ai|nguoi nhan|goes to|aim",
        ),
    ),
    rules=(Rule("too_late", ("days", "register_by"), _is_after_its_end, hard=False),),
)
