"""`python -m bot encoder`: train the sentence encoder, compare encoders. Runs in .venv-encoder (docs/encoder.md)."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from bot.content.pairs import Pair
    from bot.encoder.training import Recipe
    from bot.evaluation.encoders import Comparison, Row

app = typer.Typer(help="Train the sentence encoder, or compare encoders.", no_args_is_help=True)

_PAIRS: Final = "../shared/encoder-data/pairs.tsv"
ROWS: Final = ("features", "typing", "static", "without-pairs", "all-pairs", "without-share-alike")
"""Parts of the comparison's table; each takes minutes."""

PairsFile = Annotated[Path | None, typer.Option(help=f"General pairs, tab-separated. [default: {_PAIRS}]")]
Seed = Annotated[int, typer.Option(help="Where chance begins: the same seed, the same encoder on the same machine.")]


@app.command("train")
def train(
    pairs: PairsFile = None,
    with_pairs: Annotated[
        bool, typer.Option("--with-pairs", help="Learn from the general pairs first, before our own messages.")
    ] = False,
    without_share_alike: Annotated[
        bool, typer.Option("--without-share-alike", help="The same, but for the pairs under a share-alike licence.")
    ] = False,
    seed: Seed = 20261120,
    out: Annotated[Path | None, typer.Option(help="Folder to write to. [default: models/encoder]")] = None,
) -> None:
    """Train the encoder from the training messages, as it ships; prints its checksum."""
    from bot.content.pairs import SOURCES, kept
    from bot.content.training_messages import read_messages_to_answer
    from bot.encoder import files
    from bot.encoder.card import card
    from bot.encoder.names import OWN_ENCODER
    from bot.settings import ROOT

    training = _training()
    recipe = training.Recipe(seed=seed)
    messages = [(m.text, m.answer) for m in read_messages_to_answer(ROOT)]
    is_general = with_pairs or without_share_alike or pairs is not None
    chosen = kept(_pairs(pairs), share_alike=not without_share_alike) if is_general else []
    texts = [(pair.left, pair.right) for pair in chosen]
    with _progress("Learning", training.work(len(messages), len(texts), recipe)) as say:
        encoder = training.train(messages, texts, recipe, say)
    folder = out or ROOT / OWN_ENCODER
    checksum = files.save(encoder, folder)
    sources = [source for source in SOURCES if any(pair.source == source.name for pair in chosen)]
    (folder / files.CARD).write_text(card(len(messages), len(texts), sources, seed, checksum), encoding="utf-8")
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    print(f"Written: {folder} ({size:.1f} MB)\nChecksum: {checksum}")


@app.command("compare")
def compare(
    against: Annotated[
        list[Path] | None,
        typer.Option(
            help="Folder of evaluation messages; may be repeated. "
            "[default: ../shared/eval, tests/evaluation/hard and …/unseen, where they exist]"
        ),
    ] = None,
    rows: Annotated[str, typer.Option(help="Which parts of the table, comma-separated.")] = ",".join(ROWS),
    other: Annotated[
        list[str] | None, typer.Option(help="A sentence-transformers model to compare too; may be repeated.")
    ] = None,
    pairs: PairsFile = None,
    seed: Seed = 20261120,
) -> None:
    """Compare encoders on two thirds of the training messages and print the table in Markdown."""
    from bot.content.training_messages import read_messages_to_answer
    from bot.encoder.loading import load_encoder
    from bot.evaluation.encoders import Comparison, table
    from bot.evaluation.messages import read_messages
    from bot.settings import ROOT

    asked_for = rows.split(",")
    if wrong := sorted({*asked_for} - {*ROWS, ""}):
        raise typer.BadParameter(f"{', '.join(wrong)}: the parts are {', '.join(ROWS)}")
    own = ROOT / "tests" / "evaluation"
    folders = against or [f for f in (ROOT.parent / "shared" / "eval", own / "hard", own / "unseen") if f.is_dir()]
    sets = {folder.name: read_messages(folder) for folder in folders if folder.is_dir()}
    comparison = Comparison(read_messages_to_answer(ROOT), sets)
    found: list[Row] = []
    if "features" in asked_for:
        found.append(_told(comparison.features_alone()))
    if "typing" in asked_for:
        found.append(_told(comparison.with_typing_errors()))
    learning = [row for row in ROWS[2:] if row in asked_for]
    if learning:
        recipe = _training().Recipe(seed=seed)
        for row in _learnt(comparison, learning, _pairs(pairs), recipe):
            found.append(_told(row))
    for name in other or []:
        encoder = load_encoder(name, ROOT)
        if encoder is not None:
            found.append(_told(comparison.with_encoder(Path(name).name, encoder)))
    print(table(found))


def _learnt(
    comparison: "Comparison", rows: Sequence[str], pairs: "Sequence[Pair]", recipe: "Recipe"
) -> "Iterator[Row]":
    from bot.content.pairs import kept

    training = _training()
    every, free = ([(p.left, p.right) for p in kept(pairs, share_alike=alike)] for alike in (True, False))
    if "static" in rows:
        for said, chosen in (("all pairs", every), ("pairs without share-alike", free)):
            with _progress(f"Static vectors, {said}", training.work(0, len(chosen), recipe)) as say:
                encode = training.static_vectors(chosen, recipe, say)
            texts = [text for text, _ in comparison.pairs]
            yield comparison.with_columns(f"static vectors of {said}", encode(texts), encode)
    for row, said, chosen in (
        ("without-pairs", "no pairs", []),
        ("all-pairs", "all pairs", every),
        ("without-share-alike", "pairs without share-alike", free),
    ):
        if row in rows:
            name = f"the small convolution, {said}"
            with _progress(name, training.work(len(comparison.pairs), len(chosen), recipe)) as say:
                encoder = training.train(comparison.pairs, chosen, recipe, say)
            yield comparison.encoder_alone(name, encoder)
            yield comparison.neighbours_alone(name, encoder)
            yield comparison.with_encoder(name, encoder)


def _told(row: "Row") -> "Row":
    print(row.name, *(f"{name} {right:.1%}" for name, right in row.right.items()), sep="  ", file=sys.stderr)
    return row


def _pairs(file: Path | None) -> "list[Pair]":
    from bot.content.pairs import read_pairs
    from bot.settings import ROOT

    return read_pairs(file or ROOT / _PAIRS)


def _training() -> Any:
    """The module, where its packages are there."""
    from bot.core.errors import SettingsError

    try:
        from bot.encoder import training
    except ImportError as error:
        raise SettingsError(
            f"{error.name} is missing here: the encoder is trained in an environment of its own. "
            "make encoder-environment, then .venv-encoder/bin/python -m bot encoder …"
        ) from error
    return training


@contextmanager
def _progress(name: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error; without a terminal a line at every tenth."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    done = tenth = 0
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=console
    ) as progress:
        task = progress.add_task(name, total=total)

        def say(texts: int) -> None:
            nonlocal done, tenth
            done += texts
            progress.update(task, completed=done)
            if not console.is_terminal and total and done * 10 // total > tenth:
                tenth = done * 10 // total
                console.print(f"{name}: {tenth * 10} %")

        yield say
