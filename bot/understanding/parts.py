"""Where a message could be cut: at sentence ends and commas, and before words that begin another question. Pure."""

import re
from typing import Final

MOST_PARTS: Final = 4
"""A longer message's shortest neighbours are joined: four parts have nine runs to be judged, which costs 2 ms."""
_FEWEST_WORDS: Final = 2
"""A part has at least so many words."""

Part = tuple[int, int]
"""Begin and end in the text, in characters."""

_SENTENCE_END = re.compile(r"(?<=[.?!…;])\s+|\s*\n\s*")
_WORD = re.compile(r"\S+")
_BEGINNERS: Final = frozenset(
    """
    ja sekä tai mutta entä entäs mites lisäksi samalla myös sit sitte sitten plus
    och å o samt eller men sen sedan dessutom också även ni
    miten mitenkä mite mitä mikä mist mistä missä minne mihin kuinka paljonko milloin koska kauanko kauan montako kuka
    kenelle miksi voiko voinko saako saanko onko pitääkö täytyykö tuleeko
    hur huru var vart när vad va vem vilken vilket vilka varför kan får måste ska är e
    """.split()  # noqa: SIM905 - a list of words reads better as a text
)
"""Common words of both languages that may begin another question; whether they do is for the model to say."""

_SUBORDINATE: Final = frozenset(
    """
    kun jos että ettei koska kunhan vaikka jotta joka jotka jonka jossa johon vai eli niin nimittäin
    när om att eftersom fast som där ifall medan så då innan efter för eller
    """.split()  # noqa: SIM905 - a list of words reads better as a text
)
"""Behind a comma these go on with the same question."""


def parts(text: str) -> list[Part]:
    """The parts of `text` in order, at most `MOST_PARTS`; one where it can't be cut, none where it has no words."""
    found: list[Part] = []
    begin = 0
    for end in [*_SENTENCE_END.finditer(text), None]:
        stop = len(text) if end is None else end.start()
        found += _inside(text, begin, stop)
        begin = stop if end is None else end.end()
    while len(found) > MOST_PARTS:
        nearest = min(range(len(found) - 1), key=lambda i: found[i + 1][1] - found[i][0])
        found[nearest : nearest + 2] = [(found[nearest][0], found[nearest + 1][1])]
    return found


def runs(count: int) -> list[tuple[int, int]]:
    """Every run of neighbours among `count` parts but the whole: first part and the one behind the last."""
    return [(a, b) for a in range(count) for b in range(a + 1, count + 1) if b - a < count]


def _inside(text: str, begin: int, end: int) -> list[Part]:
    """The parts of one sentence."""
    words = list(_WORD.finditer(text, begin, end))
    if not words:
        return []
    cuts = [0]
    for place in range(_FEWEST_WORDS, len(words) - 1):
        word = words[place].group().strip(".,:;!?()\"'”").casefold()
        begins = word in _BEGINNERS or (words[place - 1].group().endswith(",") and word not in _SUBORDINATE)
        if begins and place - cuts[-1] >= _FEWEST_WORDS:
            cuts.append(place)
    return [(words[a].start(), words[b - 1].end()) for a, b in zip(cuts, [*cuts[1:], len(words)], strict=True)]
