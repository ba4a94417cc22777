"""Cross-validated rankings in a file: minutes to make, and nothing that a threshold or a picture changes."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from bot.content.training_messages import TrainingMessage
from bot.core.errors import ContentError
from bot.evaluation.cross_validation import Ranking

_BOT: Final = Path(__file__).resolve().parent.parent
_AFTERWARDS: Final = "decision.py"
"""What is done with the rankings: it does not shape them."""


def made_from(messages: Sequence[TrainingMessage], folds: int, encoder: str = "") -> str:
    """A hash of what shapes the rankings: messages, their order, the number of folds, the models' code, the encoder."""
    digest = hashlib.sha256()
    digest.update(json.dumps([folds, encoder, [(m.text, m.answer, m.language) for m in messages]]).encode())
    code = [
        f for ring in ("understanding", "encoder") for f in sorted((_BOT / ring).glob("*.py")) if f.name != _AFTERWARDS
    ]
    for file in (*code, _BOT / "core" / "text.py", _BOT / "evaluation" / "cross_validation.py"):
        digest.update(b"\0" + file.read_bytes())
    return digest.hexdigest()


def read_rankings(file: Path, made_from: str) -> list[tuple[float, Ranking]] | None:
    """What `write_rankings` wrote; None where there is no file, or one that was made from something else.

    Raises `ContentError` where the file is of another kind.
    """
    if not file.exists():
        return None
    try:
        with np.load(file, allow_pickle=False) as kept:
            if str(kept["made_from"]) != made_from:
                return None
            dangers, ids, chances = kept["dangers"], [str(i) for i in kept["ids"]], kept["chances"]
    except (ValueError, KeyError, IndexError, EOFError, OSError, BadZipFile, AttributeError, TypeError) as error:
        raise ContentError(
            f"{file}: holds no rankings ({error}); delete it, or name another with --rankings"
        ) from error
    ordered = np.argsort(-chances, axis=1, kind="stable")
    return [
        (float(danger), [(ids[i], float(row[i])) for i in order if not np.isnan(row[i])])
        for danger, row, order in zip(dangers, chances, ordered, strict=True)
    ]


def write_rankings(file: Path, made_from: str, rankings: Sequence[tuple[float, Ranking]]) -> None:
    """Keep `rankings` in `file`, whole or not at all; its folder is made."""
    ids = sorted({id_ for _, ranking in rankings for id_, _ in ranking})
    column = {id_: number for number, id_ in enumerate(ids)}
    chances = np.full((len(rankings), len(ids)), np.nan)
    for row, (_, ranking) in enumerate(rankings):
        for id_, chance in ranking:
            chances[row, column[id_]] = chance
    dangers = np.array([danger for danger, _ in rankings])
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    with part.open("wb") as stream:
        np.savez_compressed(stream, made_from=made_from, dangers=dangers, ids=np.array(ids), chances=chances)
    os.replace(part, file)
