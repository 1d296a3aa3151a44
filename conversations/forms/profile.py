"""Hồ sơ chủ thể: who the producer is, as Mẫu 01 and Mẫu 02 of QĐ 26/2026 ask."""

from conversations.answers import Text
from conversations.choosing import Choice, YesNo
from conversations.form import Form, Question, When
from conversations.measuring import CommuneKind, DateKind, Email, Phone
from conversations.readings.choices import Option

KINDS = ("cooperative", "team", "company", "household")
_REGISTERED = When("kind", ("cooperative", "company", "household"))

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
        ),
        Question("allowed", YesNo(), when=When("whose", ("other",))),
        Question("name", Text(least=3, most=120)),
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
        ),
        Question("commune", CommuneKind()),
        Question("representative", Text(least=2, most=80), things=True),
        Question(
            "gender",
            Choice(
                (
                    Option("female", ("nu", "ba", "chi", "female")),
                    Option("male", ("nam", "ong", "anh", "male")),
                )
            ),
        ),
        Question("ethnicity", Text(least=2, most=40)),
        Question("address", Text(least=3, most=200)),
        Question("phone", Phone()),
        Question("email", Email(), optional=True),
        Question("registration", Text(least=3, most=40), optional=True, when=_REGISTERED),
        Question("registered_on", DateKind(past=True), optional=True, when=When("registration")),
    ),
)
