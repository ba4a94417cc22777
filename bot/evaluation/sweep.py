"""What each threshold does, the others staying as they are: one small table a threshold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.evaluation.scores import Judged, Scores, score
from bot.evaluation.words import percent
from bot.understanding.decision import Thresholds

SWEPT: Final[Mapping[str, Sequence[float]]] = {
    "out_of_scope": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6),
    "answer": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "offer": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    "danger": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
}
"""The values tried; the one in use is tried in any case."""

_COLUMNS: Final[Mapping[str, Callable[[Scores], str]]] = {
    "right": lambda s: percent(s.right),
    "wrong": lambda s: percent(s.wrong),
    "missed": lambda s: percent(s.missed),
    "kept out": lambda s: percent(s.kept_out),
    "asked back": lambda s: str(s.asked_back),
    "options held it": lambda s: percent(s.meant),
}
_OF_DANGER: Final[Mapping[str, Callable[[Scores], str]]] = {
    "emergencies caught": lambda s: percent(s.caught),
    "false alarms": lambda s: str(s.false_alarms),
}


def sweep(
    judge: Callable[[Thresholds], Sequence[Judged]], name: str, thresholds: Thresholds
) -> list[tuple[float, Scores]]:
    """The scores at each value of the threshold `name`, the lowest first."""
    values = sorted({*SWEPT[name], getattr(thresholds, name)})
    return [(value, score(judge(replace(thresholds, **{name: value})))) for value in values]


def by_threshold(judge: Callable[[Thresholds], Sequence[Judged]], thresholds: Thresholds) -> str:
    """A Markdown table for each threshold, over all messages; the value in use is bold."""
    return "\n\n".join(_table(name, sweep(judge, name, thresholds), getattr(thresholds, name)) for name in SWEPT)


def _table(name: str, rows: Sequence[tuple[float, Scores]], in_use: float) -> str:
    columns = _OF_DANGER if name == "danger" else _COLUMNS
    lines = [f"| {name} from | {' | '.join(columns)} |", f"|--:{'|--:' * len(columns)}|"]
    for value, scores in rows:
        shown = f"**{value:.2f}**" if value == in_use else f"{value:.2f}"
        lines.append(f"| {shown} | {' | '.join(cell(scores) for cell in columns.values())} |")
    return "\n".join(lines)
