"""The report: tables in Markdown and the confusion picture."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bot.evaluation.scores import Judged, Scores, score, topics

_HEAD: Final = (
    "| | messages | right | offered | wrong | missed | kept out | emergencies caught | false alarms | language "
    "| ms (p50) |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)
_WORST: Final = 40


def table(judged: Sequence[Judged]) -> str:
    """Scores per language, and per language and persona, as a Markdown table."""
    lines = [_HEAD]
    for language in sorted({j.asked.language for j in judged}):
        of_language = [j for j in judged if j.asked.language == language]
        lines.append(_row(f"**{language}**", score(of_language)))
        for persona in sorted({j.asked.persona for j in of_language}):
            lines.append(_row(f"{language} {persona}", score([j for j in of_language if j.asked.persona == persona])))
    return "\n".join(lines)


def by_answer(judged: Sequence[Judged]) -> str:
    """How often each expected answer was given, per language, and what was given instead."""
    lines = ["| answer | fi | sv | instead |", "|---|--:|--:|---|"]
    for topic in topics(judged):
        of_topic = [j for j in judged if j.asked.expect == topic]
        if of_topic:
            instead = Counter(j.found.answer for j in of_topic if not j.is_right)
            shares = [_fraction([j for j in of_topic if j.asked.language == language]) for language in ("fi", "sv")]
            named = ", ".join(f"{a} {n}×" for a, n in instead.most_common())
            lines.append(f"| {topic} | {shares[0]} | {shares[1]} | {named} |")
    return "\n".join(lines)


def worst(judged: Sequence[Judged]) -> str:
    """The messages that went wrong, the most confident first."""
    failed = sorted((j for j in judged if not j.is_right), key=lambda j: -j.found.confidence)[:_WORST]
    return "\n".join(
        f"- {j.asked.language} {j.asked.persona}: expected {j.asked.expect}, got {j.found.answer} "
        f"({', '.join((f'{j.found.confidence:.2f}', *j.found.options))}): {j.asked.text}"
        for j in failed
    )


def draw_confusion(judged: Sequence[Judged], file: Path) -> None:
    """Write a PNG: rows are expected answers, columns what was given; a clean run is a diagonal."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = topics(judged)
    index = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)), int)
    for j in judged:
        counts[index[j.asked.expect], index[j.found.answer]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = pyplot.subplots(figsize=(13, 12), dpi=90)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    for row, column in zip(*np.nonzero(counts), strict=True):
        dark = shares[row, column] > 0.5
        axes.text(column, row, counts[row, column], ha="center", va="center", fontsize=7, color="w" if dark else "k")
    axes.set_xlabel("given")
    axes.set_ylabel("expected")
    axes.set_title(f"{len(judged)} messages, Finnish and Swedish: expected and given answers")
    axes.set_xticks(np.arange(-0.5, len(names)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(names)), minor=True)
    axes.grid(which="minor", color="#e6e9ee", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file)
    pyplot.close(figure)


def _row(name: str, s: Scores) -> str:
    cells = [percent(v) for v in (s.right, s.offered, s.wrong, s.missed, s.kept_out, s.caught)]
    cells += [str(s.false_alarms), percent(s.language), f"{s.milliseconds:.1f}"]
    return f"| {name} | {s.messages} | {' | '.join(cells)} |"


def percent(value: float | None) -> str:
    """A share as the tables show it; a dash where there is none."""
    return "–" if value is None else f"{100 * value:.1f} %"


def _fraction(judged: Sequence[Judged]) -> str:
    return f"{sum(j.is_right for j in judged)}/{len(judged)}" if judged else "–"
