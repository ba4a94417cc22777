"""What a message means after an answer: "entä yrityksillä?" is about what was just answered. Pure."""

from collections.abc import Sequence
from typing import Final

from bot.core.language import Language
from bot.core.text import fold, words
from bot.understanding.decision import OUT_OF_SCOPE

LONGEST: Final = 8
"""A message of more words says itself what it is about."""
BARE: Final = 3
"""A message of so few words ("hur snabbt?") hardly stands alone: the topic counts more."""
_SAME_TOPIC: Final = 8.0
"""So many times likelier is an answer of the topic just answered. With 8 / 3 / 0.3, 83 % of 60 elliptical follow-ups
got the right answer first, alone 55 %; of 30 that change the topic none got worse (tests/evaluation/follow_ups)."""
_SAME_TOPIC_BARE: Final = 20.0
"""The same for a bare message."""
_NEAR_TOPIC: Final = 3.0
"""The same for a topic that people ask about in one go."""
_OUTSIDE: Final = 0.3
"""Somebody who goes on asking rarely leaves the subject: out of scope is so much less likely."""
_NEAR: Final = (
    frozenset({"notice_period", "end_date", "contract_end_date", "cancel_contract"}),
    frozenset({"app", "contacts"}),
    frozenset({"patrol_response", "keys"}),
)

_LANGUAGE_WORDS: Final[dict[str, Language]] = {
    "suomeksi": "fi",
    "suomea": "fi",
    "finska": "fi",
    "ruotsiksi": "sv",
    "ruotsia": "sv",
    "svenska": "sv",
}
_BESIDE: Final = """
    pa och ja enta sama samma samme det den se tack kiitos kiitti kan du ni voitko voitteko voisitko voisitteko vastata
    vastaa puhua puhutko osaatko svara tala prata talar pratar snalla ar i in onko saako saisiko saanko far jag man
    ocksa myos please ma voi da har taman tuon hei hej tama helst mieluummin mielellaan om mojligt va int garna bara
    vain kirjoittaa kirjoita skriva skriv haluan vill ha
""".split()  # noqa: SIM905 - a list of words reads better as a text
"""What may stand beside the name of a language where nothing else is asked; without dots and rings."""


def after(ranking: Sequence[tuple[str, float]], answered: str | None, text: str) -> list[tuple[str, float]]:
    """`ranking` (answer id, probability) as it is after `answered` was said; likeliest first, sums to 1.

    Unchanged where nothing was answered before or the message is long.
    """
    if answered is None or len(words(text)) > LONGEST:
        return list(ranking)
    is_bare = len(words(text)) <= BARE
    weighed = [(id_, chance * _weight(id_, answered, is_bare)) for id_, chance in ranking]
    total = sum(chance for _, chance in weighed)
    return sorted(((id_, chance / total) for id_, chance in weighed), key=lambda pair: -pair[1])


def requested_language(text: str) -> Language | None:
    """The language that `text` asks to go on in, where it asks nothing else: "och på svenska?", "suomeksi kiitos"."""
    said = [word.casefold() for word in words(text)]
    named = {_LANGUAGE_WORDS[word] for word in said if word in _LANGUAGE_WORDS}
    if len(named) != 1 or any(word not in _LANGUAGE_WORDS and fold(word) not in _BESIDE for word in said):
        return None
    return named.pop()


def _weight(id_: str, answered: str, is_bare: bool) -> float:
    if id_ == OUT_OF_SCOPE:
        return _OUTSIDE
    topic, before = id_.partition("/")[0], answered.partition("/")[0]
    if topic == before:
        return _SAME_TOPIC_BARE if is_bare else _SAME_TOPIC
    return _NEAR_TOPIC if any({topic, before} <= group for group in _NEAR) else 1.0
