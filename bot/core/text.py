"""Cleaning what people type: what is kept, what is read, what is compared."""

import re
import unicodedata
from typing import Final

MAX_MESSAGE_CHARACTERS: Final = 1_000
"""A longer text is refused with a clear word, before it is stored (acceptance row 24)."""

_DROPPED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode's control, format (invisible, direction-changing), surrogate, private and unassigned characters."""
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Letters and marks of other categories that show nothing: fillers and variation selectors."""
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")
_MANY_MARKS = re.compile(r"([\u0300-\u036f]{2})[\u0300-\u036f]+")
_LONG_RUN = re.compile(r"(\D)\1{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
_FOLDED = str.maketrans({"ä": "a", "å": "a", "ö": "o", "é": "e", "ü": "u", "æ": "a", "ø": "o", "š": "s", "ž": "z"})


def clean(text: str) -> str:
    """`text` as it may be stored and shown: without control, invisible and direction-changing characters.

    Lone surrogates and null bytes go, stacked accents are cut to two, runs of blanks become one, at most one
    blank line in a row stays. Letters, digits and line breaks are kept as written.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _DROPPED_CATEGORIES)
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", _MANY_MARKS.sub(r"\1", unicodedata.normalize("NFC", text)))
    text = _LINE_ENDS.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def as_typed(text: str) -> str:
    """`text` such that Rasa takes it for something a customer typed, never for one of its commands.

    Rasa reads a text that begins with "/" as an intent with slots, also behind blanks. An invisible word joiner before
    it, which `clean` and so every model leaves out, keeps it a text.
    """
    return f"\u2060{text}" if text.lstrip().startswith("/") else text


def has_words(text: str) -> bool:
    """Whether anything in `text` can be read: a letter or a digit (an emoji alone can't)."""
    return any(c.isalnum() for c in text)


def normalise(text: str) -> str:
    """`text` as the models read it: composed, lower case, one blank between words, long runs of a letter cut to two.

    >>> normalise("Apuaaaa!!  Täällä palaa")
    'apuaa!! täällä palaa'
    """
    text = unicodedata.normalize("NFKC", clean(text)).casefold().replace("’", "'")
    return _LONG_RUN.sub(r"\1\1", " ".join(text.split()))


def fold(text: str) -> str:
    """`text` without the dots and rings that phones lose: ä, å → a, ö → o."""
    return text.translate(_FOLDED)


def words(text: str) -> list[str]:
    """The words and numbers of `text`, in order, without punctuation."""
    return _WORD.findall(text)
