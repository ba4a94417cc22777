"""General sentence pairs of one meaning, for training the encoder, and under which licences they stand."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError

_SHORTEST, _LONGEST = 2, 300
"""Shorter texts mean nothing alone, longer ones are no messages."""


@dataclass(frozen=True)
class Source:
    """Where pairs come from."""

    name: str
    what: str
    licence: str
    is_share_alike: bool
    """Whether what is made from it may have to stand under the same licence."""


SOURCES: Final = (
    Source("turku-paraphrase", "TurkuNLP/Turku-paraphrase-corpus: Finnish paraphrases", "CC BY-SA 4.0", True),
    Source(
        "superlim-sweparaphrase",
        "spraakbanken/SuperLim-2: Swedish sentence pairs, translated from the STS benchmark",
        "differs by text; taken for share-alike",
        True,
    ),
    Source(
        "parallel (ntrex, sib-200, ud-pud)",
        "MicrosoftTranslator/NTREX, dadelani/sib-200, Universal Dependencies PUD: parallel sentences",
        "CC BY-SA 4.0",
        True,
    ),
    Source("tatoeba", "facebookresearch/LASER, data/tatoeba/v1: short sentences", "CC BY 2.0 FR", False),
    Source("home-assistant-frontend", "Home Assistant: texts of its pages", "Apache-2.0", False),
)


@dataclass(frozen=True)
class Pair:
    """Two texts of one meaning, in the same language or in two."""

    left: str
    right: str
    source: str


def read_pairs(file: Path) -> list[Pair]:
    """The pairs of `file`: text_a, text_b and source, tab-separated, under a line that names them.

    Raises `ContentError` for a file that can't be read and for a source whose licence is not known here.
    """
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.reader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
        pairs = [Pair(left.strip('"'), right.strip('"'), source) for left, right, source in rows]
    except (OSError, ValueError) as error:
        raise ContentError(
            f"{file}: can't be read ({error}); it needs text_a, text_b and source on each line"
        ) from error
    known = {source.name for source in SOURCES}
    if strange := sorted({pair.source for pair in pairs} - known):
        raise ContentError(
            f"{file}: {', '.join(strange)}: add the source and its licence to SOURCES of bot/content/pairs.py"
        )
    return [p for p in pairs if all(_SHORTEST < len(text) < _LONGEST for text in (p.left, p.right))]


def kept(pairs: Sequence[Pair], *, share_alike: bool) -> list[Pair]:
    """`pairs`; without those of a share-alike source unless `share_alike`."""
    left_out = {source.name for source in SOURCES if source.is_share_alike and not share_alike}
    return [pair for pair in pairs if pair.source not in left_out]
