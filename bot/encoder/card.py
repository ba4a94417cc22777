"""The card of an encoder: what it is, what it learnt from, under which licences, how it is made again."""

from collections.abc import Sequence
from typing import Final, Protocol

_CARD: Final = """\
# The sentence encoder

Finnish and Swedish messages as vectors: same answer id, same direction. Hashed pieces of words, two small
convolutions over neighbouring words, attention, 192 dimensions; served with NumPy alone. It knows customer-service
messages, nothing else.

Learnt from:

{learnt}

Seed {seed}. Written by `python -m bot encoder train`, not by hand; measured in `docs/encoder.md`.

| file | what |
|---|---|
| `weights.npz` | the table of pieces in bytes, the rest in 32-bit numbers |
| `unseen.npz` | for each training message, by a hash of its words: what an encoder said that had not seen it |
| `encoder.json` | answer ids, checksums (verified when it is loaded) |

Checksum: `{checksum}`
"""


class Source(Protocol):
    """Where general pairs come from."""

    @property
    def what(self) -> str:
        """In words."""

    @property
    def licence(self) -> str:
        """Its name."""


def card(messages: int, pairs: int, sources: Sequence[Source], seed: int, checksum: str) -> str:
    """The card in Markdown; the same input gives the same text."""
    learnt = [f"- {messages:,} training messages of this repository (`data/nlu_fi.yml`, `data/nlu_sv.yml`)"]
    learnt += [f"- {source.what}; licence: {source.licence}" for source in sources]
    if not sources:
        learnt.append("- no general pairs, so no text of anybody else")
    if pairs:
        learnt.append(f"- of these sources {pairs:,} pairs")
    return _CARD.format(learnt="\n".join(learnt), seed=seed, checksum=checksum)
