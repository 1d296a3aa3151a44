"""Nhãn hàng: what stands on the label, its slogans, and what the test report names against them.

``facts``: ``dossier``. The substances are asked only where a slogan denies them.
"""

from dataclasses import dataclass
from typing import ClassVar

from conversations.answers import LongText
from conversations.choosing import Choices
from conversations.form import Answers, Form, Question, When
from conversations.readings.choices import Option
from programme import failures, ruleset

ITEMS = (
    Option("product_name", ("ten hang", "ten san pham", "product name")),
    Option("responsible_name", ("ten noi lam", "ten chu the", "ten co so", "who made it")),
    Option("responsible_address", ("dia chi noi lam", "dia chi", "maker s address", "address")),
    Option("origin", ("xuat xu", "noi lam ra", "origin")),
    Option("quantity", ("khoi luong", "can nang", "the tich", "dinh luong", "quantity")),
    Option("made_on", ("ngay lam", "ngay san xuat", "nsx", "made on")),
    Option("expires_on", ("han dung", "han su dung", "hsd", "best before")),
    Option("ingredients", ("thanh phan", "nguyen lieu", "ingredients")),
    Option("usage", ("cach dung, cach cat", "cach dung", "huong dan su dung", "bao quan", "use")),
    Option("warning", ("loi canh bao", "canh bao", "luu y", "warning")),
)
# By the id of the contradiction in failures.yaml.
SUBSTANCES = {
    "preservatives": (
        Option("benzoate", ("benzoat", "benzoate", "e210", "e211", "e212", "e213")),
        Option("sorbate", ("sorbat", "sorbate", "e200", "e202", "e203")),
        Option("sulphite", ("sunfit", "sulfit", "sulphite", "sulfite", "e220")),
        Option("nitrite", ("nitrit", "nitrite", "e249", "e250")),
    ),
    "colours": (
        Option("tartrazine", ("vang tartrazin", "tartrazine", "tartrazin", "e102")),
        Option("sunset_yellow", ("vang cam sunset", "sunset yellow", "e110")),
        Option("carmoisine", ("do carmoisin", "carmoisine", "carmoisin", "e122")),
        Option("allura_red", ("do allura", "allura red", "allura", "e129")),
    ),
    "sweeteners": (
        Option("saccharin", ("saccarin", "saccharin", "e954")),
        Option("cyclamate", ("cyclamat", "cyclamate", "xyclamat", "e952")),
        Option("aspartame", ("aspartam", "aspartame", "e951")),
        Option("sucralose", ("sucraloza", "sucralose", "e955")),
    ),
}


@dataclass(frozen=True, slots=True)
class Slogans(LongText):
    """The words of a label, many of which say that something is not in it."""

    denies: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Denied(When):
    """Whether the slogans deny what the contradiction of that id is about."""

    contradiction: str = ""

    def holds(self, answers: Answers) -> bool:
        """Whether the slogans so far do."""
        said = failures.denied(str(answers.get(self.question, "")), ruleset.newest())
        return any(each["id"] == self.contradiction for each in said)


label = Form(
    name="label",
    version=1,
    questions=(
        Question("items", Choices(ITEMS)),
        Question("slogans", Slogans(most=600), optional=True, things=True),
        *(
            Question(id_, Choices(options), optional=True, when=Denied("slogans", (), id_))
            for id_, options in SUBSTANCES.items()
        ),
    ),
    review=False,
)
