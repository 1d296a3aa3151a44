"""What was said before is offered again, by number."""

from datetime import date

import pytest

from conversations.answers import Asked
from conversations.reading import Read, Wrong
from conversations.recalling import Recalled

KIND = Recalled(least=2, most=40, fact="homes")
TODAY = date(2026, 11, 23)


def asked(*homes: str) -> Asked:
    return Asked("environment_pledge", "site", TODAY, {}, {"homes": list(homes)})


def test_nothing_is_offered_twice_and_no_more_than_three() -> None:
    offers = KIND.offers(asked("b", "a", "b", "c", "d"))

    assert [each.value for each in offers] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "value"), [("1", "thôn 1"), (" 2 ", "xã Bản Liền"), ("thôn 9", "thôn 9"), ("10", "10")]
)
def test_a_number_of_the_list_is_what_stands_there_and_else_a_text(text: str, value: str) -> None:
    assert KIND.read(text, asked("thôn 1", "xã Bản Liền")) == Read(value)


def test_a_number_where_nothing_is_offered_is_too_short_to_be_a_text() -> None:
    assert KIND.read("1", asked()) == Wrong("text_short", {"least": 2})
