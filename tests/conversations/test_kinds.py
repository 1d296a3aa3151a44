"""What each kind of answer makes of a text, and what it offers."""

from datetime import date
from typing import Any

import pytest

from conversations.answers import (
    Asked,
    Kind,
    LongText,
    Photos,
    Text,
    legible,
    readable,
)
from conversations.choosing import Choice, Choices, FactChoice, RoundKind, YesNo
from conversations.forms import catalogue
from conversations.forms.idea import PAPERS
from conversations.measuring import (
    CommuneKind,
    DateKind,
    Email,
    LabourKind,
    MonthsKind,
    Phone,
    ProductSetKind,
    SharesKind,
    Star,
)
from conversations.play import kind_of
from conversations.reading import Read, Unclear, Wrong
from conversations.readings.choices import Option

FACTS = {"producers": [{"value": 1, "label": "HTX Bản Liền"}, {"value": 2, "label": "HTX Bản Phố"}]}
ASKED = Asked("idea", "x", date(2026, 11, 23), {}, FACTS)
YES_OR_NO = Choice((Option("yes", ("dong y",)), Option("no", ("khong dong y",))))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Text(), "  Gạo   nếp \n Bản Liền ", Read("Gạo nếp Bản Liền")),
        (Text(least=3), "ab", Wrong("text_short", {"least": 3})),
        (Text(most=3), "abcd", Wrong("text_long", {"most": 3})),
        (Text(), "?!", Wrong("nothing")),
        (LongText(), "dòng một\n\n dòng hai ", Read("dòng một\n\ndòng hai")),
        (Photos(), "ảnh đây", Wrong("photos")),
        (YesNo(), "1", Read(True)),
        (YesNo(), " 2 ", Read(False)),
        (YesNo(), "dạ đúng ạ", Read(True)),
        (YesNo(), "mai", None),
        (YES_OR_NO, "đồng ý", Read("yes")),
        (YES_OR_NO, "ok em", Read("yes")),
        (YES_OR_NO, "thôi", Read("no")),
        (YES_OR_NO, "2", Read("no")),
        (YES_OR_NO, "tôi là Vàng Thị Mai", None),
        (Choices(PAPERS), "1, 3", Read(["registration", "food_safety"])),
        (Choices(PAPERS), "chưa có", Read([])),
        (Choices(PAPERS), "giấy phép", Unclear((["registration"], ["production"]))),
        (FactChoice("producers"), "2", Read(FACTS["producers"][1])),
        (FactChoice("producers"), "ban pho", Read(FACTS["producers"][1])),
        (FactChoice("producers"), "htx", Unclear(tuple(FACTS["producers"]))),
        (FactChoice("producers"), "công ty", None),
        (FactChoice("nothing"), "1", None),
        (SharesKind(), "xã 70%, tỉnh 100%", Read({"commune": 70, "province": 100})),
        (SharesKind(), "nhiều", None),
        (LabourKind(), "12 người, 10 trong xã", Read({"total": 12, "local": 10})),
        (MonthsKind(), "tháng 9 đến tháng 11", Read([9, 10, 11])),
        (MonthsKind(), "lúc mưa", None),
        (Star(), "3", Read(3)),
        (Star(), "4 sao", Read(4)),
        (Star(), "5s", Read(5)),
        (Star(), "3 stars", Read(3)),
        (Star(), "2 sao", Wrong("star")),
        (Star(), "sao", None),
        (RoundKind(), "round 1", Read({"key": "tinh-1-2027", "number": 1, "year": 2027})),
        (RoundKind(), "đợt 2/2027", Read({"key": "tinh-2-2027", "number": 2, "year": 2027})),
        (CommuneKind(), "đã có", Wrong("commune")),
        (DateKind(past=True), "12/3/2018", Read("2018-03-12")),
        (DateKind(past=True), "2030", Wrong("date_future")),
        (DateKind(), "12/3/2030", Read("2030-03-12", sure=False)),
        (Phone(), "0912.345.678", Read("0912345678")),
        (Email(), "A.B@Gmail.com", Read("a.b@gmail.com")),
        (ProductSetKind(), "món ấy", None),
    ],
)
def test_a_text_is_read_as_its_kind(kind: Kind, text: str, expected: Any) -> None:
    assert kind.read(text, ASKED) == expected


def test_a_kind_without_a_reader_says_so() -> None:
    with pytest.raises(NotImplementedError):
        Kind().read("x", ASKED)


def test_what_a_kind_does_unless_it_says_otherwise() -> None:
    kind = Text()

    assert kind.offers(ASKED) == ()
    assert kind.pick("x", ASKED) == Read("x")
    assert kind.otherwise(("x",), ASKED) is None
    assert not kind.stale("x", ASKED)
    assert kind.part((1,), 2) == 2
    assert kind.whole((1, 2)) == [1, 2]


def test_a_round_is_read_by_its_number_or_its_name() -> None:
    first, second = (offer.value for offer in RoundKind().offers(ASKED))

    assert RoundKind().read("2", ASKED) == Read(second)
    assert RoundKind().read("đợt 1/2027", ASKED) == Read(first)


def a_round(key: str, before: str) -> dict[str, Any]:
    _, number, year = key.split("-")
    about = {"key": key, "number": int(number), "year": int(year)}
    return {**about, "before": before, "meets": [5, 6]}


def offered(today: date, *known: dict[str, Any]) -> list[str]:
    asked = Asked("idea", "round", today, {}, {"rounds": list(known)})
    return [offer.tap for offer in RoundKind().offers(asked)]


EXTRA = a_round("tinh-3-2027", "2027-07-31")
KNOWN = (
    a_round("tinh-1-2027", "2027-04-30"),
    EXTRA,
    a_round("tinh-2-2027", "2027-10-30"),
    a_round("tinh-1-2028", "2028-04-30"),
)


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        (date(2026, 11, 23), ["tinh-1-2027", "tinh-3-2027", "tinh-2-2027"]),
        (date(2027, 4, 30), ["tinh-3-2027", "tinh-2-2027"]),
        (date(2027, 9, 1), ["tinh-2-2027", "tinh-1-2028"]),
        (date(2027, 11, 1), ["tinh-1-2028", "tinh-2-2028"]),
    ],
)
def test_the_rounds_that_are_known_of_a_home_are_offered_while_they_are_open(
    today: date, keys: list[str]
) -> None:
    """A draft may lie for a year: when too few of them are left, it is those of the law."""
    assert offered(today, *KNOWN) == keys


def test_a_round_that_is_chosen_is_the_same_answer_from_wherever_it_was_known() -> None:
    asked = Asked("idea", "round", date(2026, 11, 23), {}, {"rounds": list(KNOWN)})

    read = RoundKind().read("đợt 3", asked)

    assert read == Read({"key": "tinh-3-2027", "number": 3, "year": 2027})
    assert not RoundKind().stale({"key": "tinh-3-2027", "number": 3, "year": 2027}, asked)
    assert RoundKind().stale({"key": "tinh-1-2026", "number": 1, "year": 2026}, asked)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("gạo\x00 nếp\x1b", "gạo nếp"),
        ("ga\u0323o", "gạo"),
        ("\u202eđảo\u202c", "đảo"),
        ("một\r\nhai", "một\nhai"),
        ("  \n ", ""),
        ("\ud800x", "x"),
    ],
)
def test_text_fit_to_be_kept(text: str, kept: str) -> None:
    assert readable(text) == kept


def test_most_texts_are_fit_as_they_stand() -> None:
    text = "Gạo  nếp"

    assert legible(text) is text
    assert legible("gạo\x00") == "gạo"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Text(), "x", "text"),
        (Text(), {"raw": "x"}, "raw"),
        (ProductSetKind(), {"number": 3}, "product_set"),
        (ProductSetKind(), {"code": "I"}, "product_group"),
        (CommuneKind(), {"code": "02869"}, "commune"),
    ],
)
def test_each_value_is_read_out_by_the_words_of_its_kind(
    kind: Kind, value: Any, words: str
) -> None:
    assert kind_of(kind, value) == words


def test_long_answers_with_voice_are_a_record_of_both() -> None:
    kind = LongText(voice=True)

    assert kind.whole(["a", {"file": "v"}, "b"]) == {"text": "a\nb", "voices": ["v"]}
    assert kind.whole(["a", "b"]) == "a\nb"
    assert LongText().part([], {"file": "v"}) == Wrong("nothing")


def test_the_catalogue_knows_its_forms_by_name() -> None:
    assert catalogue["idea"].name == "idea"
    with pytest.raises(KeyError):
        catalogue["nothing"]
