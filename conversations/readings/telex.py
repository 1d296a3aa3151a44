"""Keys of the Telex and VNI ways of typing that stayed in the text: "muongf", "ruowuj"."""

import re

from conversations.readings.plain import plain, syllable

_LONGEST = 12  # letters; no syllable with all its keys has more
_WORD = re.compile(r"[a-z0-9]+")
_ONSET = re.compile(r"(?:[bcdghklmnpqrstvx]|ng|ph|th|tr|ch|kh|nh|gh)*(?=[aeiouyw])")
_HAT = re.compile(r"([aeo])\1")
_KEYS = re.compile(r"[sfrxjw0-9]")


def untelex(text: str) -> str:
    """The folded text with such keys taken out of words that are no syllables with them.

    Meant as a second try where a plain match has failed: "gaoj neeps" becomes "gao nep".
    """
    return _WORD.sub(lambda found: _decoded(found[0]), plain(text))


def _decoded(word: str) -> str:
    if len(word) > _LONGEST or word.isdigit() or syllable(word):
        return word
    word_ = word.replace("d9", "dd", 1) if word.startswith("d9") else word
    onset = _ONSET.match(word_)
    if onset is None:
        return word
    bare = _bare(word_, onset.end())
    return bare if syllable(bare) else word


def _bare(word: str, vowels: int) -> str:
    """The word without its keys: "dd" for đ, hats typed twice, hooks and tones behind the vowel."""
    onset, rhyme = word[:vowels].replace("dd", "d"), word[vowels:]
    rhyme = _HAT.sub(r"\1", "u" + rhyme[1:] if rhyme[0] == "w" else rhyme)
    rhyme = _KEYS.sub("", rhyme)
    late = rhyme[-1:] in ("a", "e", "o", "d") and rhyme[-1:] in onset + rhyme[:-1]
    return onset + (rhyme[:-1] if late and not syllable(onset + rhyme) else rhyme)
