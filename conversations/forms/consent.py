"""Consent: before anything personal is kept, once for each purpose, in a text with a version."""

from conversations.choosing import Choice
from conversations.form import Form, Question, When
from conversations.readings.choices import Option

# The version of the words under which consent was given; a change of purpose or words raises it.
WORDS_VERSION = 1

consent = Form(
    name="consent",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question(
            "dossier",
            Choice(
                (
                    Option("yes", ("dong y", "yes", "agree")),
                    Option("no", ("khong dong y", "no")),
                ),
            ),
        ),
        Question(
            "messages",
            Choice(
                (
                    Option(
                        "both",
                        ("ca hai", "ca 2", "nhac han va hoi cho", "co", "vang", "ok", "uk", "both"),
                    ),
                    Option("reminders", ("chi nhac han", "nhac han", "nhac", "reminders only")),
                    Option("none", ("khong", "khong nhan", "thoi", "none", "no")),
                ),
            ),
            when=When("dossier", ("yes",)),
        ),
    ),
)
