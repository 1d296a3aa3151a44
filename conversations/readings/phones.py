"""Vietnamese telephone numbers in one canonical form: "+84 912.345.678" is "0912345678"."""

import re

from conversations.reading import Reading
from conversations.readings.around import settle
from conversations.readings.plain import plain

_RUN = re.compile(r"(?<![0-9a-z])\+?[0-9ol](?:[ .,\-/]{0,3}[0-9ol]){6,31}(?![0-9])")
_LOOKALIKES = str.maketrans("ol", "01")
_FEWEST_DIGITS = 8  # a run of letters that look like digits is a word
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_COUNTRY = re.compile(r"^(?:\+|00)?84(?=0?[235789][0-9]{8,9}$)0?|^00(?=[235789][0-9]{8,9}$)")
_SEPARATORS = re.compile(r"[ .,\-/]")
_CUTS = (10, 11, 12)  # where two numbers written together may part
# The mobile prefixes of eleven digits, as they were changed on 15 September 2018.
_OLD = re.compile(r"0(16[2-9]|12[0-9]|18[68]|199)([0-9]{7})")
_NEW = {
    **{f"16{n}": f"3{n}" for n in range(2, 10)},
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",
    "186": "56",
    "188": "58",
    "199": "59",
}


def phone(text: str) -> Reading[str]:
    """The number; as guesses, an old prefix is made new and a lost first 0 put back."""
    found = [number for run in _RUN.findall(plain(text)) for number in _numbers(run)]
    return settle((number for number, _ in found), all(sure for _, sure in found))


def _numbers(run: str) -> list[tuple[str, bool]]:
    """The number that the run of digits is, or the two that it is made of."""
    digits = _SEPARATORS.sub("", run)
    if sum(sign.isdigit() for sign in digits) < _FEWEST_DIGITS:
        return []
    if number := _canonical(digits):
        return [number]
    halves = ((_canonical(digits[:cut]), _canonical(digits[cut:])) for cut in _CUTS)
    return next(([first, second] for first, second in halves if first and second), [])


def _canonical(digits: str) -> tuple[str, bool] | None:
    written = _COUNTRY.sub("0", digits.translate(_LOOKALIKES))
    sure = not ("o" in digits or "l" in digits)
    if _MOBILE.fullmatch(written) or _LANDLINE.fullmatch(written):
        return written, sure
    if old := _OLD.fullmatch(written):
        return f"0{_NEW[old[1]]}{old[2]}", False
    return (f"0{written}", False) if _MOBILE.fullmatch(f"0{written}") else None
