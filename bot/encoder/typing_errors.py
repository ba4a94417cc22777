"""Slips of thumbs on a Finnish phone keyboard: the next key, a letter too many or too few, two swapped."""

from collections.abc import Sequence
from typing import Final

import numpy as np

_KEYS: Final = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_SHORTEST: Final = 3
"""Shorter words are left alone: one slip makes them another word."""
_LEFT_OUT, _TWICE, _NEXT_KEY = 0.30, 0.45, 0.80
"""Up to which draw from 0 to 1 each slip is made; above, two letters are swapped."""
_SHARE: Final = 0.12
"""Up to this share of a message's words gets a slip, one word at the least."""


def _next_keys() -> dict[str, str]:
    """The keys beside each key, and those that touch it in the row above and below."""
    near: dict[str, set[str]] = {key: set() for row in _KEYS for key in row}
    for upper, lower in zip(_KEYS, [*_KEYS[1:], ""], strict=True):
        for place, key in enumerate(upper):
            near[key] |= {*upper[max(place - 1, 0) : place + 2]} - {key}
            below = lower[max(place - 1, 0) : place + 1]
            near[key] |= set(below)
            for other in below:
                near[other].add(key)
    return {key: "".join(sorted(keys)) for key, keys in near.items()}


NEXT_KEYS: Final = _next_keys()


def slip(word: str, chance: np.random.Generator) -> str:
    """`word` with one slip; as it is where it is short or the thumb lands on no letter."""
    place, draw = int(chance.integers(max(len(word), 1))), float(chance.random())
    if len(word) < _SHORTEST or not word[place].isalpha():
        return word
    letter, rest = word[place], word[place + 1 :]
    if draw < _LEFT_OUT:
        return word[:place] + rest
    if draw < _TWICE:
        return word[:place] + letter * 2 + rest
    if draw < _NEXT_KEY:
        near = NEXT_KEYS.get(letter, letter)
        return word[:place] + near[int(chance.integers(len(near)))] + rest
    return word[:place] + rest[:1] + letter + rest[1:]


def with_slips(words: Sequence[str], chance: np.random.Generator, share: float) -> list[str]:
    """`words` as typed in a hurry: with probability `share` at least one of them gets a slip."""
    typed = list(words)
    if chance.random() < share:
        for _ in range(1 + int(chance.random() * len(typed) * _SHARE)):
            place = int(chance.integers(len(typed)))
            typed[place] = slip(typed[place], chance)
    return typed
