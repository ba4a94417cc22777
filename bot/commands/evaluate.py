"""`python -m bot evaluate`: how well the trained model understands."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.content.training_messages import TrainingMessage
    from bot.core.language import Language
    from bot.evaluation.cross_validation import Ranking
    from bot.evaluation.scores import Judged
    from bot.evaluation.stock import Selectors
    from bot.understanding.decision import Thresholds

PAGES: Final["Mapping[str, Callable[[Language], Language]]"] = {
    "same": lambda language: language,
    "other": lambda language: "sv" if language == "fi" else "fi",
    "fi": lambda language: "fi",
    "sv": lambda language: "sv",
}


def evaluate(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of YAML files with messages and expected answers.")
    ] = None,
    cross_validate: Annotated[
        int, typer.Option(help="Instead of FOLDER: judge each training message by models trained without its fold.")
    ] = 0,
    rankings: Annotated[
        Path | None,
        typer.Option(
            help="With --cross-validate: keep what takes minutes in this file, and read it from there where messages "
            "and models are the same. [default: var/rankings-FOLDS.npz]"
        ),
    ] = None,
    sweep: Annotated[bool, typer.Option("--sweep", help="With --cross-validate: what each threshold does.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write report.md and its pictures into this folder.")] = None,
    against: Annotated[
        str | None, typer.Option(help='"stock": judge Rasa\'s stock pipeline, too (make stock-environment).')
    ] = None,
    stock_epochs: Annotated[int, typer.Option(help="How long the stock pipeline is trained.", min=1)] = 100,
    stock_selectors: Annotated[
        str, typer.Option(help='"each" retrieval intent has a response selector of its own, or "one" is for all.')
    ] = "one",
    page: Annotated[
        str, typer.Option(help='The page\'s language: that of the message ("same"), the "other" one, "fi" or "sv".')
    ] = "same",
    show_messages: Annotated[bool, typer.Option("--show-messages", help="List the messages that went wrong.")] = False,
) -> None:
    """Score the understanding: right, offered, wrong, missed, kept out, caught; how sure it is, and what it risks."""
    from functools import partial

    from bot.evaluation.cross_validation import judge
    from bot.evaluation.report import PICTURES, report
    from bot.evaluation.sweep import by_threshold
    from bot.understanding.decision import Thresholds

    if against is not None:
        if against != "stock" or folder is None or cross_validate:
            raise typer.BadParameter("name a FOLDER of messages and --against stock")
        if stock_selectors not in ("each", "one"):
            raise typer.BadParameter("--stock-selectors is each or one")
        _judge_against_stock(folder, stock_epochs, "one" if stock_selectors == "one" else "each", out)
        return
    if page not in PAGES:
        raise typer.BadParameter(f"--page is one of {', '.join(PAGES)}")
    if (folder is None) == (cross_validate == 0):
        raise typer.BadParameter("name a FOLDER of messages, or --cross-validate 4")
    if folder is not None and (sweep or rankings is not None):
        raise typer.BadParameter("--sweep and --rankings go with --cross-validate")
    swept = ""
    if folder is not None:
        judged, thresholds = _judge_folder(folder, PAGES[page])
    else:
        messages, ranked = _rank_training(cross_validate, rankings)
        thresholds = Thresholds()
        judged = judge(messages, ranked, thresholds)
        swept = by_threshold(partial(judge, messages, ranked), thresholds) if sweep else ""
    written = report(judged, thresholds, sweep=swept, show_messages=show_messages, pictures=out is not None)
    print(written)
    if out is not None:
        from bot.evaluation.pictures import draw_all
        from bot.model.understand import quiet

        out.mkdir(parents=True, exist_ok=True)
        (out / "report.md").write_text(written, encoding="utf-8")
        with quiet():
            draw_all(judged, thresholds, out)
        print(f"Written: {', '.join(str(out / name) for name in ('report.md', *PICTURES))}")


def _judge_folder(folder: Path, page: "Callable[[Language], Language]") -> "tuple[list[Judged], Thresholds]":
    from bot.evaluation.messages import read_messages
    from bot.evaluation.scores import Judged
    from bot.model.archive import newest_model
    from bot.model.understand import Understanding, quiet
    from bot.settings import model_folder

    messages = read_messages(folder)
    with quiet():
        understanding = Understanding(newest_model(model_folder()))
        judged = [
            Judged(asked, understanding.ask(asked.text, page(asked.language), after=asked.after)) for asked in messages
        ]
        return judged, understanding.thresholds


def _judge_against_stock(folder: Path, epochs: int, selectors: "Selectors", out: Path | None) -> None:
    from bot.evaluation.messages import read_messages
    from bot.evaluation.stock import against_table, compare
    from bot.model.understand import quiet
    from bot.settings import ROOT

    messages = read_messages(folder)
    with quiet():
        report = against_table(compare(messages, ROOT, epochs=epochs, selectors=selectors))
    print(report)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "against-stock.md").write_text(report + "\n", encoding="utf-8")
        print(f"\nWritten: {out / 'against-stock.md'}")


def _rank_training(folds: int, file: Path | None) -> "tuple[list[TrainingMessage], list[tuple[float, Ranking]]]":
    from bot.content.training_messages import read_messages_to_answer
    from bot.encoder.loading import load_encoder
    from bot.encoder.names import encoder_fingerprint
    from bot.evaluation.cross_validation import rankings
    from bot.evaluation.rankings_file import made_from, read_rankings, write_rankings
    from bot.settings import ROOT, encoder_model

    file = file or ROOT / "var" / f"rankings-{folds}.npz"
    messages = read_messages_to_answer(ROOT)
    key = made_from(messages, folds, encoder_fingerprint(encoder_model(), ROOT))
    ranked = read_rankings(file, key)
    if ranked is None:
        ranked = rankings(messages, folds, _say, load_encoder(encoder_model(), ROOT))
        write_rankings(file, key, ranked)
        _say(f"Rankings kept in {file}")
    else:
        _say(f"Rankings read from {file}")
    return messages, ranked


def _say(said: str) -> None:
    print(said, file=sys.stderr)
