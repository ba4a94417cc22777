"""Trains the encoder of our own with sentence-transformers: general pairs first, then our messages by answer id.

Runs in the environment of requirements-encoder.txt only (`make encoder-environment`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import InputModule
from sklearn.model_selection import StratifiedKFold
from torch import Tensor, nn
from torch.nn import functional

from bot.encoder.pieces import BUCKETS, Rows, pieces, read, split, starts
from bot.encoder.small import Floats, SmallEncoder, Weights, of_unseen
from bot.encoder.typing_errors import with_slips

Say = Callable[[int], None]
"""Told after each batch how many texts it had."""


@dataclass(frozen=True)
class Recipe:
    """How it is trained. Chosen by cross-validation on the training messages: docs/encoder.md."""

    seed: int = 20261120
    width: int = 128
    """Of a word."""
    channels: int = 192
    dimensions: int = 192
    heads: int = 4
    pair_epochs: int = 2
    epochs: int = 8
    folds: int = 3
    """Into so many parts the messages are split for the scores of unseen messages."""
    batch: int = 64
    pair_batch: int = 256
    rate: float = 2e-3
    table_rate: float = 5e-3
    slips: float = 0.5
    """This share of the messages is read with typing errors."""
    words_left_out: float = 0.1
    pieces_left_out: float = 0.1
    dropout: float = 0.3
    smoothing: float = 0.1


@dataclass(frozen=True)
class _Batch:
    """Texts as the network reads them: the rows of all words, where each word starts, which places hold one."""

    rows: Tensor
    starts: Tensor
    mask: Tensor

    def features(self) -> dict[str, Tensor]:
        return {"rows": self.rows, "starts": self.starts, "mask": self.mask}


class Words(InputModule):  # type: ignore[misc]
    """The network of `bot.encoder.small`, as a module of sentence-transformers."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        channels = recipe.channels
        self.table = nn.EmbeddingBag(BUCKETS, recipe.width, mode="mean", sparse=True)
        nn.init.normal_(self.table.weight, std=0.3)
        self.near = nn.Conv1d(recipe.width, channels, 3, padding=1)
        self.wide = nn.Conv1d(channels, channels, 3, padding=1)
        self.looks = nn.Linear(channels, recipe.heads)
        self.join = nn.Linear(channels * (recipe.heads + 1), recipe.dimensions)
        self.forget = nn.Dropout(recipe.dropout)

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **options: Any) -> dict[str, Tensor]:
        """The texts as tensors."""
        return _batch([read(text) for text in inputs]).features()

    def forward(self, features: dict[str, Tensor]) -> dict[str, Tensor]:
        """Adds `sentence_embedding`, shape (texts, dimensions), each of unit length."""
        mask = features["mask"]
        across = self.forget(self.said(features)).transpose(1, 2)
        seen = functional.relu(self.near(across)) * mask[:, None]
        seen = ((seen + functional.relu(self.wide(self.forget(seen)))) * mask[:, None]).transpose(1, 2)
        share = self.looks(seen).masked_fill(~mask[:, :, None], -1e9).softmax(1)
        looked = (share.transpose(1, 2) @ seen).flatten(1)
        strongest = seen.masked_fill(~mask[:, :, None], -1e4).amax(1)
        vector = self.join(self.forget(torch.cat([looked, strongest], 1)))
        return features | {"sentence_embedding": functional.normalize(vector, dim=1)}

    def said(self, features: dict[str, Tensor]) -> Tensor:
        """Each word as the mean of its pieces, shape (texts, words, width); zeros where a text has no more words."""
        mask = features["mask"]
        words = self.table(features["rows"], features["starts"])
        said: Tensor = words.new_zeros(*mask.shape, words.shape[1])
        said[mask] = words
        return said

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **options: Any) -> None:
        """What is served is written by `bot.encoder.files`."""
        raise NotImplementedError("save the SmallEncoder instead: bot.encoder.files.save")


class Static(Words):
    """For comparison: the mean of the words alone, whatever their order."""

    def forward(self, features: dict[str, Tensor]) -> dict[str, Tensor]:
        """Adds `sentence_embedding`, shape (texts, width), each of unit length."""
        return features | {"sentence_embedding": functional.normalize(self.said(features).sum(1), dim=1)}


class Directions(nn.Module):  # type: ignore[misc]
    """One direction an answer id: a message is drawn to its own; all others, its hard neighbours, push it away."""

    def __init__(self, dimensions: int, answers: int, smoothing: float) -> None:
        super().__init__()
        self.directions = nn.Parameter(torch.randn(answers, dimensions))
        self.bias = nn.Parameter(torch.zeros(answers))
        self.sharpness = nn.Parameter(torch.tensor(14.0))
        self.smoothing = smoothing

    def weight(self) -> Tensor:
        """Shape (answers, dimensions)."""
        return self.sharpness * functional.normalize(self.directions, dim=1)

    def forward(self, vectors: Tensor, labels: Tensor) -> Tensor:
        """The loss of `vectors`."""
        scores = functional.linear(vectors, self.weight(), self.bias)
        return functional.cross_entropy(scores, labels, label_smoothing=self.smoothing)


def train(
    messages: Sequence[tuple[str, str]], pairs: Sequence[tuple[str, str]], recipe: Recipe, say: Say = lambda done: None
) -> SmallEncoder:
    """An encoder of `messages` (text, answer id), after the general `pairs` (two texts of one meaning; may be none).

    The same messages, pairs and recipe give the same encoder on the same machine and versions.
    """
    torch.manual_seed(recipe.seed)
    texts = [text for text, _ in messages]
    ids, labels = np.unique([answer for _, answer in messages], return_inverse=True)
    started = Words(recipe)
    _learn_pairs(started, pairs, recipe, np.random.default_rng(recipe.seed), say)
    unseen = np.zeros((len(texts), len(ids)), np.float32)
    splitter = StratifiedKFold(recipe.folds, shuffle=True, random_state=recipe.seed)
    for number, (learnt, held_out) in enumerate(splitter.split(labels, labels)):
        part = _learn_messages(started, [texts[i] for i in learnt], labels[learnt], ids, recipe, number, say)
        unseen[held_out] = part.scores([texts[i] for i in held_out])
    whole = _learn_messages(started, texts, labels, ids, recipe, recipe.folds, say)
    return SmallEncoder(whole.answer_ids, whole.weights, of_unseen(texts, unseen))


def static_vectors(
    pairs: Sequence[tuple[str, str]], recipe: Recipe, say: Say = lambda done: None
) -> Callable[[Sequence[str]], Floats]:
    """For comparison: what gives texts the vectors (texts × width) of words that learnt from `pairs` alone."""
    torch.manual_seed(recipe.seed)
    words = Static(recipe)
    _learn_pairs(words, pairs, recipe, np.random.default_rng(recipe.seed), say)
    words.eval()

    def encode(texts: Sequence[str]) -> Floats:
        with torch.no_grad():
            parts = [words(words.preprocess(texts[i : i + 500])) for i in range(0, len(texts), 500)]
        return np.concatenate([part["sentence_embedding"].numpy() for part in parts])

    return encode


def work(messages: int, pairs: int, recipe: Recipe) -> int:
    """How many texts `train` reads in all, for a progress bar."""
    full = pairs // recipe.pair_batch * recipe.pair_batch
    return 2 * full * recipe.pair_epochs + messages * recipe.epochs * recipe.folds


def _learn_pairs(
    words: Words, pairs: Sequence[tuple[str, str]], recipe: Recipe, chance: np.random.Generator, say: Say
) -> None:
    """Two texts of a pair are drawn together, the others of the batch push away."""
    if len(pairs) < recipe.pair_batch:
        return
    model = SentenceTransformer(modules=[words], device="cpu")
    loss = MultipleNegativesRankingLoss(model, scale=20.0)
    left, right = [read(a) for a, _ in pairs], [read(b) for _, b in pairs]
    batches = len(pairs) // recipe.pair_batch
    optimiser = _Optimiser(words, [], recipe, recipe.pair_epochs * batches)
    model.train()
    for _ in range(recipe.pair_epochs):
        order = chance.permutation(len(pairs))
        for number in range(batches):
            chosen = order[number * recipe.pair_batch : (number + 1) * recipe.pair_batch]
            sides = [_batch([side[i] for i in chosen]).features() for side in (left, right)]
            optimiser.step(loss(sides, torch.zeros(0)))
            say(2 * len(chosen))


def _learn_messages(
    started: Words,
    texts: Sequence[str],
    labels: NDArray[np.int64],
    ids: NDArray[np.str_],
    recipe: Recipe,
    number: int,
    say: Say,
) -> SmallEncoder:
    """An encoder that goes on from `started` and learns `texts`; `started` stays as it is."""
    torch.manual_seed(recipe.seed + number)
    chance = np.random.default_rng(recipe.seed + number)
    words = Words(recipe)
    words.load_state_dict(started.state_dict())
    loss = Directions(recipe.dimensions, len(ids), recipe.smoothing)
    said = [split(text) for text in texts]
    optimiser = _Optimiser(words, list(loss.parameters()), recipe, recipe.epochs * -(-len(texts) // recipe.batch))
    words.train()
    for _ in range(recipe.epochs):
        for chosen in _batches_of_like_length(said, recipe.batch, chance):
            typed = [
                _left_out(with_slips(said[i], chance, recipe.slips), recipe.words_left_out, chance) for i in chosen
            ]
            batch = _batch([[pieces(word) for word in one] for one in typed], recipe.pieces_left_out, chance)
            vectors = words(batch.features())["sentence_embedding"]
            optimiser.step(loss(vectors, torch.from_numpy(labels[chosen])))
            say(len(chosen))
    return SmallEncoder(tuple(str(name) for name in ids), _weights(words, loss))


class _Optimiser:
    """Adam for the few dense weights and for the table's touched rows; the rate rises, then falls to nothing."""

    def __init__(self, words: Words, more: Sequence[nn.Parameter], recipe: Recipe, steps: int) -> None:
        self._dense = [p for name, p in words.named_parameters() if name != "table.weight"] + list(more)
        self._both: Final = (
            torch.optim.AdamW(self._dense, lr=recipe.rate, weight_decay=0.02),
            torch.optim.SparseAdam([words.table.weight], lr=recipe.table_rate),
        )
        self._rates: Final = [
            torch.optim.lr_scheduler.OneCycleLR(
                one, rate, total_steps=max(steps, 20) + 1, cycle_momentum=False, pct_start=0.2
            )
            for one, rate in zip(self._both, (recipe.rate, recipe.table_rate), strict=True)
        ]

    def step(self, loss: Tensor) -> None:
        for one in self._both:
            one.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._dense, 1.0)
        for one, rate in zip(self._both, self._rates, strict=True):
            one.step()
            rate.step()


def _batches_of_like_length(
    texts: Sequence[Sequence[str]], size: int, chance: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """All texts once, in random batches whose texts are about equally long, so that little is padded."""
    lengths = np.array([len(text) for text in texts])
    order = chance.permutation(len(texts))
    many = np.split(order, range(size * 20, len(order), size * 20))
    order = np.concatenate([part[np.argsort(lengths[part], kind="stable")] for part in many])
    batches = np.split(order, range(size, len(order), size))
    for number in chance.permutation(len(batches)):
        yield batches[number]


def _left_out(words: list[str], share: float, chance: np.random.Generator) -> list[str]:
    """`words` without a `share` of them; all of them where there are two or fewer."""
    if len(words) <= 2:
        return words
    return [word for word, kept in zip(words, chance.random(len(words)) >= share, strict=True) if kept] or words


def _batch(texts: Sequence[Sequence[Rows]], left_out: float = 0.0, chance: np.random.Generator | None = None) -> _Batch:
    """`texts`, without a share `left_out` of the pieces; the first of each word stays."""
    words = [word for text in texts for word in text]
    rows = np.concatenate(words)
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    if left_out and chance is not None:
        kept = chance.random(len(rows)) >= left_out
        first = starts(lengths)
        kept[first] = True
        lengths, rows = np.add.reduceat(kept.astype(np.int64), first), rows[kept]
    counts = np.fromiter(map(len, texts), np.int64, len(texts))
    mask = np.arange(counts.max())[None] < counts[:, None]
    return _Batch(torch.from_numpy(rows), torch.from_numpy(starts(lengths)), torch.from_numpy(mask))


def _weights(words: Words, loss: Directions) -> Weights:
    """What was learnt, as NumPy reads it."""

    def array(value: Tensor) -> Floats:
        return np.ascontiguousarray(value.detach().numpy(), np.float32)

    def convolution(layer: nn.Conv1d) -> Floats:
        return array(layer.weight.permute(2, 1, 0).reshape(-1, layer.out_channels))

    rest: Mapping[str, Floats] = {
        "near": convolution(words.near),
        "near_bias": array(words.near.bias),
        "wide": convolution(words.wide),
        "wide_bias": array(words.wide.bias),
        "heads": array(words.looks.weight.T),
        "heads_bias": array(words.looks.bias),
        "join": array(words.join.weight.T),
        "join_bias": array(words.join.bias),
        "answers": array(loss.weight().T),
        "answers_bias": array(loss.bias),
    }
    return Weights.of(array(words.table.weight), rest)
