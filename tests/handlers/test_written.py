"""What was told becomes the paper that is printed."""

from typing import Any

import pytest

from documents.forms.labour_list import Worker
from handlers.producer import written

PRODUCER: dict[str, Any] = {
    "commune": "xã Bắc Hà",
    "commune_was": "xã Tà Chải, huyện Bắc Hà",
    "province": "Lào Cai",
}


@pytest.mark.parametrize(
    ("home", "here"),
    [
        ("thôn Na Kim", True),
        ("thon na kim", True),
        ("xã Bắc Hà", True),
        ("thôn Na Kim, xã Bắc Hà", True),
        ("trong xã", True),
        ("xã mình", True),
        ("Na Kim, xã Tà Chải", True),
        ("Na Kim, huyện Bắc Hà", True),
        ("thôn Nậm Đét, xã Cốc Lầu, huyện Bắc Hà", False),
        ("xã Bản Liền", False),
        ("phường Cam Đường", False),
        ("tỉnh Yên Bái", False),
    ],
)
def test_a_home_is_in_the_commune_unless_it_names_another(home: str, *, here: bool) -> None:
    assert written.lives_here(home, PRODUCER) is here


def test_a_commune_without_its_kind_is_known_too() -> None:
    assert written.lives_here("xã Bắc Hà", PRODUCER | {"commune": "Bắc Hà", "commune_was": None})


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("thôn Na Kim", "thôn Na Kim, xã Bắc Hà, Lào Cai"),
        ("thon Na Kim xa Ban Lien", "thon Na Kim xa Ban Lien"),
        ("", "xã Bắc Hà, Lào Cai"),
    ],
)
def test_an_address_names_a_commune(told: str, address: str) -> None:
    assert written.address(PRODUCER | {"address": told}) == address


def test_an_address_that_nobody_told_stays_open() -> None:
    assert written.address({"address": "", "commune": "", "province": ""}) is None


@pytest.mark.parametrize(
    ("told", "worker"),
    [
        (
            {"name": "Mai", "born": 1985, "residence": "thôn 1", "job": "gặt", "insured": True},
            Worker("Mai", 1985, "thôn 1", "gặt", local=True, insured=True),
        ),
        ({"name": "Mai"}, Worker("Mai")),
        ({"name": "Mai", "insured": False}, Worker("Mai", insured=False)),
    ],
)
def test_what_is_not_known_of_a_worker_stays_open(told: dict[str, Any], worker: Worker) -> None:
    assert written._worker(told, PRODUCER) == worker


@pytest.mark.parametrize(
    ("answer", "text", "voices"),
    [
        (None, None, []),
        ("giống cũ", "giống cũ", []),
        ({"text": "giống cũ", "voices": ["a"]}, "giống cũ", ["a"]),
        ({"text": "", "voices": ["a"]}, None, ["a"]),
        ({"raw": "?"}, "?", []),
    ],
)
def test_an_answer_has_words_and_recordings(
    answer: object, text: str | None, voices: list[str]
) -> None:
    assert written.text(answer) == text
    assert written.voices(answer) == voices
