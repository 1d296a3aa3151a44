"""Shows how often and how fast the commune is found (``python -m benchmarks.places``).

Writes 3,000 addresses over all provinces as people write them, and 3,000 more with one slip of
the finger, and asks for each. The same seed gives the same addresses.
"""

import gc
import random
import string
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from programme.places import Places, gazetteer
from programme.places.gazetteer import Gazetteer, Unit
from programme.places.spelling import key_of

_SHORT_KINDS = {
    "xã": ("x.", "x", "X."),
    "phường": ("p.", "p", "P."),
    "thị trấn": ("tt.", "tt", "TT"),
    "huyện": ("h.", "h", "H."),
    "quận": ("q.", "q", "Q."),
    "thị xã": ("tx.", "tx", "TX."),
    "thành phố": ("tp.", "tp", "TP."),
    "tỉnh": ("t.", "tỉnh"),
}
_VILLAGES = ("thôn 3", "thôn Nà Lo", "xóm Mới", "ấp 5", "tổ 7", "bản Nà Khoang", "tdp số 2")
_TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_TELEX_LETTERS = {"\u0302": None, "\u0306": "w", "\u031b": "w"}

Part = tuple[str, str]  # kind and name


@dataclass(frozen=True, slots=True)
class Asked:
    """An address as typed, and the code of the commune that it means."""

    text: str
    code: str


class Writer:
    """Writes addresses in the many ways of people, each with one right answer."""

    def __init__(self, known: Gazetteer, seed: int) -> None:
        self._known = known
        self._dice = random.Random(seed)
        self._by_province: dict[int, list[Unit]] = {}
        for unit in known.units:
            if unit.shown_as is None:
                self._by_province.setdefault(unit.provinces[0], []).append(unit)

    def addresses(self, count: int) -> Iterator[Asked]:
        """So many addresses, taking the provinces of today and of before in turn."""
        provinces = sorted(self._by_province)
        written = 0
        while written < count:
            unit = self._dice.choice(self._by_province[provinces[written % len(provinces)]])
            has_kinds = self._dice.random() < 0.5
            parts = self._parts(unit, with_kind=has_kinds)
            if parts:
                written += 1
                text = self._typed(self._joined(parts, with_kinds=has_kinds))
                yield Asked(text, self._known.codes[unit.communes[0]])

    def slipped(self, text: str) -> str:
        """The text with one letter or space lost, added, wrong, or exchanged with the next."""
        places = [at for at, sign in enumerate(text) if sign.isalpha() or sign == " "]
        at, letter = self._dice.choice(places), self._dice.choice(string.ascii_lowercase)
        lost, added = text[:at] + text[at + 1 :], text[:at] + letter + text[at:]
        wrong = text[:at] + letter + text[at + 1 :]
        exchanged = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        return self._dice.choice((lost, added, wrong, exchanged))

    def _parts(self, unit: Unit, *, with_kind: bool) -> list[Part]:
        """Name, district, province: as few as the person likes, but enough to be clear."""
        districts = [] if unit.today else [self._known.districts[unit.districts[0]]]
        district = [(place.kind, place.name) for place in districts]
        province = self._known.provinces[
            self._dice.choice(unit.provinces[: 1 if unit.today else 2])
        ]
        named = [(province.kind, province.name)]
        choices: list[list[Part]] = [[], district, named, [*district, *named]]
        start = self._dice.choices(range(4), (15, 30, 15, 40))[0]
        for around in choices[start:]:
            if self._is_clear(unit, [name for _, name in around], with_kind=with_kind):
                return [(unit.kind, unit.name), *around]
        return []

    def _is_clear(self, unit: Unit, around: list[str], *, with_kind: bool) -> bool:
        keys = {key_of(name) for name in around}
        meant = {
            rival.communes[0]
            for number in self._known.unit_names.get(key_of(unit.name), ())
            for rival in (self._known.units[number],)
            if not (with_kind and rival.kind != unit.kind) and keys <= self._keys_around(rival)
        }
        return meant == {unit.communes[0]}

    def _keys_around(self, unit: Unit) -> set[str]:
        provinces = {key_of(self._known.provinces[at].name) for at in unit.provinces}
        if unit.today:
            return provinces
        return provinces | {key_of(self._known.districts[at].name) for at in unit.districts}

    def _joined(self, parts: list[Part], *, with_kinds: bool) -> str:
        short = self._dice.random() < 0.5
        words = [self._named(part, with_kinds=with_kinds, short=short) for part in parts]
        if self._dice.random() < 0.1:
            words.insert(0, self._dice.choice(_VILLAGES))
        elif self._dice.random() < 0.1:
            words.reverse()
        return self._dice.choices((", ", " ", " - ", ","), (45, 40, 10, 5))[0].join(words)

    def _named(self, part: Part, *, with_kinds: bool, short: bool) -> str:
        kind, name = part
        if not with_kinds and not name.isdigit():
            return name
        if short and kind in _SHORT_KINDS:
            before = self._dice.choice(_SHORT_KINDS[kind])
            return before + name if before.endswith(".") else f"{before} {name}"
        return f"{kind} {name}"

    def _typed(self, text: str) -> str:
        """With marks, without, decomposed, or as Telex left it; in any case."""
        text = self._dice.choices((text, text.lower(), text.upper()), (45, 45, 10))[0]
        way = self._dice.choices(("bare", "marked", "decomposed", "telex"), (60, 27, 8, 5))[0]
        match way:
            case "bare":
                return _without_marks(text)
            case "decomposed":
                return unicodedata.normalize("NFD", text)
            case "telex":
                return " ".join(_telex(word) for word in text.split())
        return text


def _without_marks(text: str) -> str:
    flat = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in flat if not unicodedata.combining(sign))


def _telex(word: str) -> str:
    """The keys that were pressed for a word, tone last."""
    letters, tone = "", ""
    for sign in unicodedata.normalize("NFD", word.replace("đ", "dd").replace("Đ", "DD")):
        if sign in _TELEX_TONES:
            tone = _TELEX_TONES[sign]
        elif sign in _TELEX_LETTERS:
            letters += _TELEX_LETTERS[sign] or letters[-1]
        else:
            letters += sign
    end = len(letters.rstrip(",.-"))
    return letters[:end] + tone + letters[end:]


@dataclass(frozen=True, slots=True)
class Result:
    """Shares found first and among the first three, and milliseconds for each question.

    ``worked`` is the time of the processor, which says more while others use the machine.
    """

    first: float
    in_three: float
    waited: list[float]
    worked: list[float]

    def __str__(self) -> str:
        return (
            f"first {self.first:.2%}, in three {self.in_three:.2%}; "
            f"waited {_percentiles(self.waited)}; worked {_percentiles(self.worked)}"
        )


def _percentiles(times: list[float]) -> str:
    times = sorted(times)
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100]
    return f"p50 {middle:.2f} ms, p99 {late:.2f} ms, longest {times[-1]:.2f} ms"


def ask(places: Places, asked: list[Asked], *, show: bool = False) -> Result:
    """Ask for each address; what was not found among the first three is printed on demand."""
    first, in_three = 0, 0
    waited, worked = [], []
    for question in asked:
        start, start_of_work = time.perf_counter(), time.thread_time()
        found = places.find(question.text)
        worked.append((time.thread_time() - start_of_work) * 1000)
        waited.append((time.perf_counter() - start) * 1000)
        codes = [match.commune.code for match in found]
        first += codes[:1] == [question.code]
        in_three += question.code in codes
        if show and codes[:1] != [question.code]:
            right = places.by_code(question.code)
            print(f"  {question.text!r}: {[match.commune.shown for match in found]} not {right}")
    return Result(first / len(asked), in_three / len(asked), waited, worked)


def tables(known: Gazetteer, seed: int = 7, count: int = 3000) -> tuple[list[Asked], list[Asked]]:
    """Addresses without a slip, and as many others with one."""
    writer = Writer(known, seed)
    clean = list(writer.addresses(count))
    slipped = [Asked(writer.slipped(asked.text), asked.code) for asked in writer.addresses(count)]
    return clean, slipped


def main() -> None:
    """Print the shares and the times."""
    known = gazetteer.load()
    clean, slipped = tables(known)
    start = time.perf_counter()
    places = Places(gazetteer.load())
    print(f"loaded in {time.perf_counter() - start:.3f} s")
    gc.freeze()  # as the application does when it has started
    show = "--show" in sys.argv
    print("as people write:", ask(places, clean, show=show))
    print("with one slip:  ", ask(places, slipped, show=show))


if __name__ == "__main__":
    main()
