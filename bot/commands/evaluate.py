"""`python -m bot evaluate`: how well the trained model understands a set of messages."""

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder of YAML files with messages and expected answers.")],
    out: Annotated[Path | None, typer.Option(help="Write report.md and confusion.png into this folder.")] = None,
    show_messages: Annotated[bool, typer.Option("--show-messages", help="List the messages that went wrong.")] = False,
) -> None:
    """Score the model on the messages of FOLDER: right, offered, wrong, missed, kept out, caught."""
    from bot.evaluation.messages import read_messages
    from bot.evaluation.report import by_answer, draw_confusion, table, worst
    from bot.evaluation.scores import Judged
    from bot.model.archive import newest_model
    from bot.model.understand import Understanding, quiet
    from bot.settings import model_folder

    messages = read_messages(folder)
    with quiet():
        understanding = Understanding(newest_model(model_folder()))
        judged = [Judged(asked, understanding.ask(asked.text, asked.language)) for asked in messages]
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
