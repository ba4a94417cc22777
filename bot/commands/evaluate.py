"""`python -m bot evaluate`: how well the trained model understands."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.evaluation.scores import Judged
    from bot.evaluation.stock import Selectors


def evaluate(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of YAML files with messages and expected answers.")
    ] = None,
    cross_validate: Annotated[
        int, typer.Option(help="Instead of FOLDER: judge each training message by models trained without its fold.")
    ] = 0,
    out: Annotated[Path | None, typer.Option(help="Write report.md and confusion.png into this folder.")] = None,
    against: Annotated[
        str | None, typer.Option(help='"stock": judge Rasa\'s stock pipeline, too (make stock-environment).')
    ] = None,
    stock_epochs: Annotated[int, typer.Option(help="How long the stock pipeline is trained.", min=1)] = 100,
    stock_selectors: Annotated[
        str, typer.Option(help='"each" retrieval intent has a response selector of its own, or "one" is for all.')
    ] = "each",
    show_messages: Annotated[bool, typer.Option("--show-messages", help="List the messages that went wrong.")] = False,
) -> None:
    """Score the understanding: right, offered, wrong, missed, kept out, caught."""
    from bot.evaluation.report import by_answer, draw_confusion, table, worst

    if against is not None:
        if against != "stock" or folder is None or cross_validate:
            raise typer.BadParameter("name a FOLDER of messages and --against stock")
        if stock_selectors not in ("each", "one"):
            raise typer.BadParameter("--stock-selectors is each or one")
        _judge_against_stock(folder, stock_epochs, "one" if stock_selectors == "one" else "each", out)
        return
    if (folder is None) == (cross_validate == 0):
        raise typer.BadParameter("name a FOLDER of messages, or --cross-validate 4")
    judged = _judge_folder(folder) if folder is not None else _judge_training(cross_validate)
    print(table(judged))
    print()
    print(by_answer(judged))
    if show_messages:
        print()
        print(worst(judged))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.md").write_text(f"{table(judged)}\n\n{by_answer(judged)}\n", encoding="utf-8")
        draw_confusion(judged, out / "confusion.png")
        print(f"\nWritten: {out / 'report.md'}, {out / 'confusion.png'}")


def _judge_folder(folder: Path) -> "list[Judged]":
    from bot.evaluation.messages import read_messages
    from bot.evaluation.scores import Judged
    from bot.model.archive import newest_model
    from bot.model.understand import Understanding, quiet
    from bot.settings import model_folder

    messages = read_messages(folder)
    with quiet():
        understanding = Understanding(newest_model(model_folder()))
        return [Judged(asked, understanding.ask(asked.text, asked.language)) for asked in messages]


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


def _judge_training(folds: int) -> "list[Judged]":
    from bot.content.training_messages import read_training_messages
    from bot.core.language import LANGUAGES
    from bot.evaluation.cross_validation import judge, rankings
    from bot.settings import ROOT

    messages = [m for m in read_training_messages(ROOT) if m.language in LANGUAGES]
    return judge(messages, rankings(messages, folds, lambda said: print(said, file=sys.stderr)))
