"""Ý tưởng sản phẩm: step 2 of the yearly cycle, a sheet that the commune can judge."""

from typing import Any

from conversations.answers import LongText, Photos, Text
from conversations.choosing import Choice, Choices, FactChoice, RoundKind
from conversations.form import Answers, Facts, Form, Question, Repeat, Rule, Unless
from conversations.measuring import (
    CommuneKind,
    LabourKind,
    MonthsKind,
    ProductSetKind,
    SharesKind,
    Star,
    as_set,
    product_groups,
)
from conversations.messages import Message
from conversations.readings.choices import Option
from programme import calendar, products

# The nine boxes of Mẫu 02, part I (QĐ 26/2026, Phụ lục III), and "none yet".
PAPERS = (
    Option(
        "registration", ("dang ky kinh doanh", "dkkd", "giay phep kinh doanh", "business licence")
    ),
    Option(
        "declaration", ("cong bo", "tu cong bo", "ban cong bo", "cong bo chat luong", "declaration")
    ),
    Option("food_safety", ("attp", "an toan thuc pham", "ve sinh an toan", "food safety")),
    Option(
        "production",
        ("dieu kien san xuat", "giay phep san xuat", "du dieu kien sx", "production licence"),
    ),
    Option("trademark", ("nhan hieu", "logo", "thuong hieu", "trademark")),
    Option(
        "origin", ("chi dan dia ly", "nhan hieu tap the", "nhan hieu chung nhan", "origin mark")
    ),
    Option("test", ("kiem nghiem", "phieu kiem nghiem", "xet nghiem", "test report")),
    Option("barcode", ("ma vach", "qr", "truy xuat", "tem", "barcode")),
    Option("story", ("cau chuyen", "cau chuyen san pham", "story")),
)

_EXISTING = (
    *("da co", "co roi", "dang ban", "dang lam", "lam roi", "ban roi", "existing"),
    *("lam may nam", "ban may nam", "may nam", "nhieu nam", "chuc nam", "nam roi"),
    *("lam lau", "lau roi", "lau nay", "tu lau", "tu doi"),
)

_ALL = 100  # percent
# A service hands in no samples (Điều 6): it is made of nothing, and nothing is packed.
_GOODS = Unless("set", tuple(as_set(s) for s in products.product_sets() if not s.samples))


def _sets_by_name(answers: Answers, _facts: Facts) -> tuple[Any, ...]:
    proposals = products.propose(str(answers.get("name", "")))
    return tuple(as_set(p.set) for p in proposals) or tuple(product_groups())


def _material_from_elsewhere(answers: Answers, _facts: Facts) -> bool:
    chosen = answers.get("set")
    product_set = products.by_number(chosen["number"]) if chosen else None
    if product_set is None or product_set.local_origin != "all":
        return False
    shares = [value for path, value in answers.items() if path.endswith(".shares")]
    return any(share["province"] < _ALL for share in shares)


def _round_for_season(months: Any, answers: Answers, facts: Facts) -> Message | None:
    """Which of two rounds suits a harvest that is shown fresh, where one of them does not.

    Councils are told by number and month, not by year: it is true whenever the draft is gone on
    with.
    """
    chosen = answers.get("set")
    if not isinstance(months, list) or not chosen or not calendar.fresh(chosen.get("number", 0)):
        return None
    rounds = list({each["number"]: each for each in reversed(facts.get("rounds", ()))}.values())
    fitting = [each for each in rounds if not set(each["meets"]).isdisjoint(months)]
    others = [each for each in rounds if each not in fitting]
    if not others:
        return None
    if not fitting:
        meets = sorted({month for each in others for month in each["meets"]})
        return Message("idea.season_never", {"months": months, "meets": meets})
    best, other = (min(some, key=lambda each: each["number"]) for some in (fitting, others))
    args = {"number": best["number"], "other": other["number"], "meets": other["meets"]}
    return Message("idea.season_fits", {"months": months, **args})


idea = Form(
    name="idea",
    version=2,
    migrations={1: dict},  # version 1 asked who offers a service for material and packing too
    questions=(
        Question(
            "producer", FactChoice("producers"), prefill="producer", called="chu the|producer"
        ),
        Question(
            "name",
            Text(least=2, most=120),
            things=True,
            called="ten|ten san pham|san pham|name|product",
        ),
        Question(
            "set",
            ProductSetKind(),
            suggest=_sets_by_name,
            things=True,
            called="loai|loai san pham|bo|bo san pham|nhom|kind|kind of product",
        ),
        Question(
            "stage",
            Choice(
                (
                    Option("new", ("moi", "san pham moi", "y tuong", "new")),
                    Option("existing", _EXISTING),
                )
            ),
            called="moi hay da co|tinh trang|new or existing",
        ),
        Repeat(
            "materials",
            (
                Question(
                    "name", Text(least=2, most=80), things=True, called="nguyen lieu|material"
                ),
                Question(
                    "shares",
                    SharesKind(),
                    called="nguon nguyen lieu|nguon|vung nguyen lieu|vung|phan tram|ty le"
                    "|origin|origin of material",
                ),
            ),
            when=_GOODS,
        ),
        Question(
            "labour", LabourKind(), called="nguoi lam|lao dong|so nguoi|workers|people at work"
        ),
        Question(
            "packaging",
            Text(least=2, most=200),
            optional=True,
            when=_GOODS,
            things=True,
            called="dong goi|bao bi|packaging",
        ),
        Question(
            "special",
            LongText(most=6000, voice=True),
            things=True,
            called="diem dac biet|dac biet|cau chuyen|what is special|special",
        ),
        Question(
            "papers",
            Choices(PAPERS),
            optional=True,
            called="giay da co|giay to|giay|papers there|papers",
        ),
        Question(
            "season",
            MonthsKind(),
            called="mua co hang|mua|mua vu|thang|season",
            follow=_round_for_season,
        ),
        Question(
            "star", Star(), optional=True, called="hang mong muon|hang|sao|wished-for stars|stars"
        ),
        Question(
            "round", RoundKind(), optional=True, called="dot muon du|dot|wished-for round|round"
        ),
        Question(
            "commune",
            CommuneKind(),
            asked=False,
            prefill="commune",
            called="noi lam|xa|vung|place|commune",
        ),
        Question(
            "photos",
            Photos(most=6),
            optional=True,
            asked=False,
            called="anh san pham|anh|hinh|photos|photo",
        ),
    ),
    rules=(
        # Bộ 1–4 and 23–25 of QĐ 26/2026, Phụ lục II: all of it is grown or raised in the province.
        Rule("local_origin", ("set", "materials.0.shares"), _material_from_elsewhere, hard=False),
    ),
)
