"""`python -m bot messages`: hold the training messages against their rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from bot.content.message_rules import Finding, Measured

app = typer.Typer(help="Hold the training messages against their rules.", no_args_is_help=True)

_SHOWN: Final = 20
"""So many findings of a rule are shown; the others are counted and shown when these are mended."""
_SHOWN_MESSAGES: Final = 6


@app.callback()
def _messages() -> None:
    """Keeps `check` a command of its own: alone, it would be taken for the whole."""


@app.command("check")
def check(
    against: Annotated[
        list[Path] | None,
        typer.Option(
            help="Folder of evaluation messages, kept out of training; may be repeated. "
            "[default: tests/evaluation and ../shared/eval, where they exist]"
        ),
    ] = None,
) -> None:
    """Hold data/nlu_*.yml against the rules of docs/training-messages.md; status 1 where an error is found."""
    from bot.content.message_rules import RULES
    from bot.content.message_rules import check as check_rules
    from bot.content.training_messages import read_training_messages
    from bot.settings import ROOT

    messages = read_training_messages(ROOT)
    folders = against or [f for f in (ROOT / "tests" / "evaluation", ROOT.parent / "shared" / "eval") if f.is_dir()]
    measured = [message for folder in folders for message in _measured(folder)]
    found = check_rules(messages, measured)
    for rule in RULES:
        broken = [finding for finding in found if finding.rule == rule]
        if broken:
            print(f"{'ERROR' if rule.is_error else 'warning'}: {rule.broken} ({len(broken)}): {rule.remedy}")
            print("\n".join(line for finding in broken[:_SHOWN] for line in _lines(finding)))
            if len(broken) > _SHOWN:
                print(f"  and {len(broken) - _SHOWN} more")
            print()
    errors = sum(finding.rule.is_error for finding in found)
    said = f"{len(messages)} training messages, compared with {len(measured)} evaluation messages"
    print(f"{said}: {errors} to mend, {len(found) - errors} to look at.")
    if errors:
        raise typer.Exit(1)


def _measured(folder: Path) -> "Sequence[Measured]":
    from bot.content.message_rules import Measured
    from bot.evaluation.messages import read_messages

    return [Measured(f"{folder.name}/{asked.id}", asked.text) for asked in read_messages(folder)]


def _lines(finding: "Finding") -> list[str]:
    more = len(finding.messages) - _SHOWN_MESSAGES
    return [
        f"  {finding.where}" + (f": {finding.says}" if finding.says else ""),
        *(f"    {message.place} {message.text}" for message in finding.messages[:_SHOWN_MESSAGES]),
        *([f"    and {more} more"] if more > 0 else []),
    ]
