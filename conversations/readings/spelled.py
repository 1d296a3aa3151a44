"""Every way to say 1 to 99, and two neighbours at once ("ba bon nguoi" is three or four)."""

from decimal import Decimal

from conversations.readings.figures import Values

Entries = dict[str, tuple[tuple[int, ...], bool]]

# A digit can stand for its word: "7 muoi", and "6" where a marked "sáu" was typed.
_NAMES = {
    1: ("mot", "1"),
    2: ("hai", "2"),
    3: ("ba", "3"),
    4: ("bon", "4"),
    5: ("nam", "5"),
    6: ("sau", "6"),
    7: ("bay", "7"),
    8: ("tam", "8"),
    9: ("chin", "9"),
}
_LAST = _NAMES | {4: ("bon", "tu", "4"), 5: ("lam", "nham", "5")}
_FIVES = ("5", "lam", "nham")


def _table() -> Entries:
    found: Entries = {"chuc ruoi": ((15,), True)}
    for ten in ("muoi", "chuc"):
        found[ten] = ((10,), True)
        found |= {
            f"{ten} {name}": ((10 + n,), True) for n, names in _LAST.items() for name in names
        }
    for n, names in _NAMES.items():
        for name in names:
            found |= _tens(n, name)
        found |= _short(n, names[0]) | {names[0]: ((n,), True)}
    return found | _neighbours()


def _tens(n: int, name: str) -> Entries:
    # Without marks "tam muoi" is 80 or "about 10", and "muoi nam" 15 or "ten years".
    found: Entries = {f"{name} {ten}": ((10 * n,), name != "tam") for ten in ("muoi", "chuc")}
    for last, others in _LAST.items():
        found |= {f"{name} muoi {other}": ((10 * n + last,), True) for other in others}
    return found | {f"{name} muoi nam": ((10 * n + 5,), False)}


def _short(n: int, name: str) -> Entries:
    """Twenty-one as "hai mot", forty-five as "bon lam"."""
    found: Entries = {f"{name} lam": ((10 * n + 5,), True)} if n > 1 else {}
    if name not in ("mot", "tam"):
        for last, others in _LAST.items():
            spoken = (other for other in others if not other.isdigit() and other not in _FIVES)
            found |= {f"{name} {other}": ((10 * n + last,), False) for other in spoken}
    return found


def _neighbours() -> Entries:
    found: Entries = {}
    for n in range(1, 9):
        for low, high in zip(_NAMES[n], _NAMES[n + 1], strict=True):
            found[f"{low} {high}"] = ((n, n + 1), True)
            found[f"{low} {high} chuc"] = ((10 * n, 10 * n + 10), True)
            found[f"{low} {high} muoi"] = ((10 * n, 10 * n + 10), True)
    return found


SPELLED: dict[str, tuple[Values, bool]] = {
    said: (tuple(Decimal(value) for value in values), sure)
    for said, (values, sure) in _table().items()
}


def counted(word: str) -> int:
    """What a figure, or a word with one meaning, counts; 0 for any other."""
    if word.isdigit():
        return int(word)
    values, _ = SPELLED.get(word, ((), False))
    return int(values[0]) if len(values) == 1 else 0
