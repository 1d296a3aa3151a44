"""Spellings that are to be taken as one are, and others are not."""

import pytest

from programme.folding import fold
from programme.places import gazetteer
from programme.places.index import NameIndex, likeness_of
from programme.places.spelling import key_of, sound_of, toned, unkeyed
from programme.places.wording import read

SYLLABLES = frozenset({"ban", "lien", "bac", "ha", "lao", "cai", "thi", "tran", "phuong", "xa"})


def test_the_key_of_every_name_is_its_folded_letters() -> None:
    names = {unit.name for unit in gazetteer.load().units}

    assert all(key_of(name) == "".join(filter(str.isalnum, fold(name))) for name in names)
    assert len(names) > 7_000


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lieenf", "lien"),
        ("lieefn", "lien"),
        ("muwowngf", "muong"),
        ("ddawks", "dak"),
        ("hofa", "hoa"),
        ("tw", "tu"),
        ("lie6n2", "lien"),
        ("ban", "ban"),
        ("12", "12"),
        ("xqz", "xqz"),
        ("желтый", "желтый"),
    ],
)
def test_keystrokes_for_marks_are_taken_out_of_a_word(typed: str, meant: str) -> None:
    assert unkeyed(typed) == meant


def test_a_tone_counts_wherever_in_the_word_it_was_put() -> None:
    assert toned("Toả") == toned("Tỏa") == toned("to\u0309a")
    assert toned("tỏa") != toned("tòa")


@pytest.mark.parametrize(
    ("one", "other"),
    [("banxen", "bansen"), ("truong", "chuong"), ("namluc", "lamnuc"), ("mydinh", "midinh"),
     ("giahoi", "dahoi"), ("dakro", "dacdo")],
)  # fmt: skip
def test_names_that_sound_alike_in_some_region_share_a_sound(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_a_slip_is_forgiven_the_sooner_the_longer_the_name() -> None:
    assert likeness_of("abc", "abd") == 0
    assert likeness_of("abcd", "abce") == 0.75
    assert likeness_of("abcdef", "abdcfe") == 0
    assert likeness_of("banliem", "banlien") > 0.85
    assert likeness_of("muongkhuomg", "muongkhuong") > 0.9


def test_a_wrong_figure_is_never_a_slip() -> None:
    index = NameIndex(["baolam1", "baolam2", "banlien"])

    assert index.like("baolam3") == {}
    assert index.near("baolam3") == {}
    assert list(index.like("baloam1")) == ["baolam1"]


def test_each_kind_of_slip_is_found_without_looking_at_all_names() -> None:
    index = NameIndex(["banlien", "muongkhuong", "quanhau"])

    for typed in ("banlien", "banlin", "banlienn", "banliem", "balnien", "panlien", "anlien"):
        assert list(index.like(typed)) == ["banlien"], typed
    assert index.like("banlien") == {"banlien": 1.0}
    assert index.like("hoabinh") == {}


def test_a_heap_of_names_too_large_for_the_index_is_refused() -> None:
    with pytest.raises(ValueError, match="too many names"):
        NameIndex(str(number) for number in range(70_000))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Bản  Liền", "ban lien"),
        ("banlienbacha", "ban lien bac ha"),
        ("ban lienbac ha", "ban lien bac ha"),
        ("lienkbac", "lienk bac"),
        ("p.01, q.3", "phuong 1 quan 3"),
        ("phuogn ha", "phuong ha"),
        ("thitranbacha", "thi tran bac ha"),
        ("x.ban/lien", "x ban lien"),
        ("Ea H'leo", "ea hleo"),
    ],
)
def test_words_are_cut_and_mended(typed: str, words: str) -> None:
    assert " ".join(word.key for word in read(typed, SYLLABLES).words) == words


def test_a_comma_ends_a_name_but_a_dash_does_not() -> None:
    runs = {
        wording: set(read(wording, SYLLABLES).runs()) for wording in ("ban, lien", "ban - lien")
    }

    assert (0, 2) not in runs["ban, lien"]
    assert (0, 2) in runs["ban - lien"]
