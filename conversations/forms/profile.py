"""Hồ sơ chủ thể: who the producer is, as Mẫu 01 and Mẫu 02 of QĐ 26/2026 ask."""

from dataclasses import dataclass

from conversations.answers import Asked, Readable, Text
from conversations.choosing import Choice, YesNo
from conversations.form import Form, Question, When
from conversations.measuring import CommuneKind, DateKind, Email, Phone
from conversations.reading import Read, Wrong
from conversations.readings.choices import Option
from programme.folding import fold

KINDS = ("cooperative", "team", "company", "household")
_REGISTERED = When("kind", ("cooperative", "company", "household"))
_PEOPLE = frozenset({"nguoi", "toc", "dt"})  # after the last of these stands the name


@dataclass(frozen=True, slots=True)
class Ethnicity(Text):
    """The name of a people, without the words that say that it is one."""

    def read(self, text: str, asked: Asked) -> Readable:
        """What stands behind "người" or "dân tộc"."""
        words = text.split()
        begins = max((at for at, word in enumerate(words, 1) if fold(word) in _PEOPLE), default=0)
        return Text.read(self, " ".join(words[begins:] or words), asked)


@dataclass(frozen=True, slots=True)
class PaperNumber(Text):
    """The number that stands on a paper; words alone are none."""

    def read(self, text: str, asked: Asked) -> Readable:
        """The text, where it holds a digit."""
        reading = Text.read(self, text, asked)
        if isinstance(reading, Read) and not any(map(str.isdigit, reading.value)):
            return Wrong("no_digit")
        return reading


profile = Form(
    name="profile",
    version=1,
    ends=When("allowed", (False,)),
    questions=(
        Question(
            "whose",
            Choice(
                (
                    Option("own", ("cua toi", "toi", "minh", "cho minh", "khai cho minh", "mine")),
                    Option("other", ("khai ho", "ho", "nguoi khac", "giup", "for someone else")),
                ),
            ),
            called="khai cho ai|filled in for",
        ),
        Question(
            "allowed",
            YesNo(),
            when=When("whose", ("other",)),
            called="duoc phep khai ho|permission to fill in",
        ),
        Question(
            "name",
            Text(least=3, most=120),
            called="ten|ten chu the|chu the|ten htx|ten hop tac xa|name|producer",
        ),
        Question(
            "kind",
            Choice(
                (
                    Option("cooperative", ("htx", "hop tac xa", "cooperative")),
                    Option("team", ("tht", "to hop tac", "to", "cooperative group")),
                    Option("company", ("cong ty", "cty", "dn", "doanh nghiep", "tnhh", "company")),
                    Option("household", ("ho", "hkd", "ho kinh doanh", "ho gia dinh", "household")),
                ),
            ),
            called="loai hinh|loai|kind|kind of producer",
        ),
        Question("commune", CommuneKind(), called="noi lam|xa|vung|place|commune"),
        Question(
            "representative",
            Text(least=2, most=80),
            things=True,
            called="nguoi dai dien|dai dien|ten nguoi dai dien|representative",
        ),
        Question(
            "gender",
            Choice(
                (
                    Option("female", ("nu", "ba", "chi", "female")),
                    Option("male", ("nam", "ong", "anh", "male")),
                )
            ),
            called="gioi tinh|nam nu|gender",
        ),
        Question("ethnicity", Ethnicity(least=2, most=40), called="dan toc|ethnic group"),
        Question(
            "address",
            Text(least=3, most=200),
            called="dia chi thuong tru|dia chi|thuong tru|permanent address|address",
        ),
        Question("phone", Phone(), called="so dien thoai|dien thoai|sdt|phone"),
        Question("email", Email(), optional=True, called="email|mail"),
        Question(
            "registration",
            PaperNumber(least=3, most=40),
            optional=True,
            when=_REGISTERED,
            called="so dang ky kinh doanh|so dang ky|dkkd|registration number",
        ),
        Question(
            "registered_on",
            DateKind(past=True),
            optional=True,
            when=When("registration"),
            called="ngay cap dang ky|ngay cap|ngay dang ky|registration date",
        ),
    ),
)
