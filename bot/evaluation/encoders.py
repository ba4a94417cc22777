"""Compares encoders honestly: same messages, same sets, one working point.

Every row is trained on two thirds of the training messages. Rows differ in how many messages they call out of scope, so
all are brought to one working point first: the log odds of "out of scope" are shifted until 85 % of the held-out
third's out-of-scope messages are kept out. Compared is what is right among the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from bot.content.training_messages import TrainingMessage
from bot.core.language import as_language
from bot.encoder.loading import Encoder
from bot.encoder.small import SmallEncoder
from bot.encoder.typing_errors import with_slips
from bot.evaluation.messages import Asked
from bot.understanding.answer_model import AnswerModel
from bot.understanding.decision import OUT_OF_SCOPE
from bot.understanding.features import MessageFeatures, read
from bot.understanding.second_opinion import Columns

_SEED: Final = 20261120
_KEPT_OUT: Final = 0.85
_NEIGHBOURS: Final = 5
_LEAST: Final = 1e-12
HELD_OUT: Final = "held-out third"

Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One line of the table: for each set, the shares of right answers in scope and of messages kept out."""

    name: str
    right: Mapping[str, float]
    kept_out: Mapping[str, float]


class Comparison:
    """Two thirds to train from; the last third and every other set to judge by."""

    def __init__(self, messages: Sequence[TrainingMessage], sets: Mapping[str, Sequence[Asked]]) -> None:
        """`messages` in Finnish and Swedish; `sets` by the name of their column."""
        labels = np.array([m.answer for m in messages])
        splitter = StratifiedKFold(3, shuffle=True, random_state=_SEED)
        seen, held_out = next(splitter.split(labels, labels))
        self.seen: Final = [_asked(messages[i]) for i in seen]
        self.sets: Final = {HELD_OUT: [_asked(messages[i]) for i in held_out], **sets}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The training messages with their answer ids."""
        return [(asked.text, asked.expect) for asked in self.seen]

    def features_alone(self) -> Row:
        """What there is without an encoder."""
        model = AnswerModel.fit(self._seen_features, self._labels)
        chances = {name: model.probabilities(rows) for name, rows in self._set_features.items()}
        return self._row("character, word and lemma features alone", model.answer_ids, chances)

    def with_typing_errors(self) -> Row:
        """The same, trained on every message a second time with slips of a phone keyboard."""
        chance = np.random.default_rng(_SEED)
        slipped = [read(" ".join(with_slips(a.text.split(), chance, 1.0)), a.language) for a in self.seen]
        readings = [read(a.text, a.language) for a in self.seen] + slipped
        features = MessageFeatures().fit(readings)
        model = AnswerModel.fit(features.transform(readings), self._labels * 2)
        chances = {
            name: model.probabilities(features.transform([read(a.text, a.language) for a in asked]))
            for name, asked in self.sets.items()
        }
        return self._row("the same, trained on typing errors too", model.answer_ids, chances)

    def with_encoder(self, name: str, encoder: Encoder) -> Row:
        """The features, the encoder's opinion weighed in."""
        return self.with_columns(name, encoder.training_columns(_texts(self.seen)), encoder.columns)

    def with_columns(self, name: str, seen: Columns, columns: Callable[[Sequence[str]], Columns]) -> Row:
        """The features and a second opinion: `seen` for the training messages, `columns` for others."""
        model = AnswerModel.fit(self._seen_features, self._labels, seen)
        chances = {
            set_: model.probabilities(rows, columns(_texts(self.sets[set_])))
            for set_, rows in self._set_features.items()
        }
        return self._row(f"features + {name}", model.answer_ids, chances)

    def encoder_alone(self, name: str, encoder: SmallEncoder) -> Row:
        """What the encoder says, nothing else."""
        chances = {set_: np.exp(encoder.scores(_texts(asked))).astype(float) for set_, asked in self.sets.items()}
        return self._row(f"{name} alone", encoder.answer_ids, chances)

    def neighbours_alone(self, name: str, encoder: Encoder) -> Row:
        """The answer ids of the five nearest training messages, the nearer the heavier."""
        vectors, (ids, labels) = encoder.encode(_texts(self.seen)), np.unique(self._labels, return_inverse=True)

        def chances(asked: Sequence[Asked]) -> Chances:
            near = encoder.encode(_texts(asked)) @ vectors.T
            nearest = np.argpartition(-near, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
            found = np.full((len(asked), len(ids)), _LEAST)
            for number, places in enumerate(nearest):
                np.add.at(found[number], labels[places], np.exp(10 * near[number, places]))
            shares: Chances = found / found.sum(axis=1, keepdims=True)
            return shares

        found = {set_: chances(asked) for set_, asked in self.sets.items()}
        return self._row(f"{name}, its nearest neighbours alone", tuple(map(str, ids)), found)

    @cached_property
    def _features(self) -> MessageFeatures:
        return MessageFeatures().fit([read(a.text, a.language) for a in self.seen])

    @cached_property
    def _seen_features(self) -> Any:
        return self._features.transform([read(a.text, a.language) for a in self.seen])

    @cached_property
    def _set_features(self) -> Mapping[str, Any]:
        return {
            name: self._features.transform([read(a.text, a.language) for a in asked])
            for name, asked in self.sets.items()
        }

    @property
    def _labels(self) -> list[str]:
        return [asked.expect for asked in self.seen]

    def _row(self, name: str, answer_ids: Sequence[str], chances: Mapping[str, Chances]) -> Row:
        ids, outside = np.asarray(answer_ids), list(answer_ids).index(OUT_OF_SCOPE)
        shift = _shift(chances[HELD_OUT], self._expected(HELD_OUT), outside)
        right, kept_out = {}, {}
        for set_, chance in chances.items():
            odds = np.log(chance + _LEAST)
            odds[:, outside] += shift
            expected, found = self._expected(set_), ids[odds.argmax(axis=1)]
            inside = expected != OUT_OF_SCOPE
            right[set_] = float((found == expected)[inside].mean())
            kept_out[set_] = float((found == expected)[~inside].mean())
        return Row(name, right, kept_out)

    def _expected(self, name: str) -> NDArray[np.str_]:
        return np.array([asked.expect for asked in self.sets[name]])


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown: right in scope / kept out, in percent."""
    if not rows:
        return ""
    sets = list(rows[0].right)
    lines = ["| | " + " | ".join(sets) + " |", "|---|" + "--:|" * len(sets)]
    for row in rows:
        cells = [f"{row.right[set_]:.1%} / {row.kept_out[set_]:.1%}".replace("%", " %") for set_ in sets]
        lines.append(f"| {row.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _shift(chances: Chances, expected: NDArray[np.str_], outside: int) -> float:
    """What must be added to the log odds of out of scope so that 85 % of such messages are kept out."""
    odds = np.log(chances[expected == OUT_OF_SCOPE] + _LEAST)
    own = odds[:, outside].copy()
    odds[:, outside] = -np.inf
    return float(np.quantile(odds.max(axis=1) - own, _KEPT_OUT))


def _asked(message: TrainingMessage) -> Asked:
    return Asked(message.text, message.answer, as_language(message.language), message.persona)


def _texts(asked: Sequence[Asked]) -> list[str]:
    return [one.text for one in asked]
