"""E-mail addresses as they are typed and as they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear
from conversations.readings import email


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("lan@gmail.com", "lan@gmail.com"),
        ("Lan.Nguyen@Gmail.com", "lan.nguyen@gmail.com"),
        ("email của em là htx.banlien@yahoo.com.vn ạ", "htx.banlien@yahoo.com.vn"),
        ("htx_ban-lien@laocai.gov.vn", "htx_ban-lien@laocai.gov.vn"),
        ("lan+ocop@gmail.com.", "lan+ocop@gmail.com"),
        ("Email: lan1968@gmail.com, cảm ơn em", "lan1968@gmail.com"),
        ("a@b.vn", "a@b.vn"),
    ],
)
def test_an_address_is_read_in_lower_case(said: str, address: str) -> None:
    assert email(said) == Read(address)


@pytest.mark.parametrize(
    "said",
    [
        "lan at gmail.com", "lan @ gmail . com", "lan@gmail", "lan a còng gmail chấm com",
        "lan@gmail,com", "lan@ gmail.com", "lán@gmail.com", "email lan a cong gmail cham com",
    ],
)  # fmt: skip
def test_a_spoken_or_broken_address_is_read_back(said: str) -> None:
    assert email(said) == Read("lan@gmail.com", sure=False)


@pytest.mark.parametrize("typed", ["gmai.com", "gamil.com", "gmail.con", "gmail.co", "gmal.com"])
def test_a_misspelt_domain_is_asked_about_with_the_right_one_first(typed: str) -> None:
    assert email(f"lan@{typed}") == Unclear(("lan@gmail.com", f"lan@{typed}"))


def test_words_before_a_spoken_address_may_belong_to_it() -> None:
    both = Unclear(("nguyenvanlan@gmail.com", "lan@gmail.com"))

    assert email("nguyễn văn lan a còng gmail chấm com") == both


def test_of_two_addresses_the_person_chooses() -> None:
    assert email("lan@gmail.com hoặc hoa@x.vn") == Unclear(("lan@gmail.com", "hoa@x.vn"))


@pytest.mark.parametrize(
    "said",
    [
        "", "a còng @gmail", "lan@@gmail.com", "lan..n@gmail.com", "@gmail.com", "lan@",
        "không có", "lan.vn", "<script>@x.com", "lan@-x.com", "0912345678",
    ],
)  # fmt: skip
def test_what_is_no_address_is_not_read(said: str) -> None:
    assert email(said) is None


@given(st.from_regex(r"\A[a-z][a-z0-9_]{0,20}(\.[a-z0-9]{1,10})?@(gmail\.com|laocai\.gov\.vn)\Z"))
def test_an_address_reads_back_to_itself(address: str) -> None:
    assert email(address) == Read(address)
