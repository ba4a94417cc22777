"""The report's pictures as PNG files: confusion, reliability, risk and coverage."""

from __future__ import annotations  # matplotlib is loaded where something is drawn: it takes a second

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.core.language import LANGUAGES
from bot.evaluation.calibration import Bin, bins, calibration_error, decisions
from bot.evaluation.risk import Point, area, curve, working_point
from bot.evaluation.scores import Judged, topics
from bot.evaluation.words import percent
from bot.understanding.decision import Thresholds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMES: Final = {"fi": "Finnish", "sv": "Swedish"}
_COLOURS: Final = {"fi": "#1f5fa8", "sv": "#b8741a"}
_QUIET: Final = "#5b6470"
_LINE: Final = "#dfe3e8"
_MARKED: Final = (0.2, 0.6, 0.8)
"""Values of the `answer` threshold that are marked on the curve beside the one in use."""
_WRITTEN: Final = 0.01
"""From this share of a row on its count is written: in thousands of messages nearly every pair occurs once."""
_NOISE: Final = 0.1
"""Below this coverage the risk jumps with each message: the axis is not stretched for it."""


def draw_all(judged: Sequence[Judged], thresholds: Thresholds, folder: Path) -> None:
    """Write confusion.png, reliability.png and risk_coverage.png into `folder`."""
    drawn: Mapping[str, Callable[[], Figure]] = {
        "confusion.png": lambda: confusion(judged),
        "reliability.png": lambda: reliability(judged),
        "risk_coverage.png": lambda: risk_coverage(judged, thresholds),
    }
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    style = {
        "font.size": 10,
        "axes.edgecolor": _QUIET,
        "axes.labelcolor": _QUIET,
        "xtick.color": "#2b323a",
        "ytick.color": "#2b323a",
        "axes.titlesize": 11,
        "axes.titlelocation": "left",
        "grid.color": _LINE,
    }
    for name, draw in drawn.items():
        with pyplot.rc_context(style):
            figure = draw()
            _save(figure, folder / name)
            pyplot.close(figure)


def confusion(judged: Sequence[Judged]) -> Figure:
    """Rows are expected answers, columns what was given; a clean run is a diagonal."""
    from matplotlib import pyplot
    from matplotlib.colors import PowerNorm

    expected = {j.asked.expect for j in judged}
    rows = [name for name in topics(judged) if name in expected]
    columns = rows + [name for name in topics(judged) if name not in expected]
    counts = np.zeros((len(rows), len(columns)), int)
    for j in judged:
        counts[rows.index(j.asked.expect), columns.index(j.found.answer)] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = pyplot.subplots(figsize=(13, 12), dpi=90)
    axes.imshow(shares, cmap="Blues", norm=PowerNorm(0.6, vmin=0, vmax=1))  # a tenth of a row is to be seen
    axes.set_xticks(range(len(columns)), columns, rotation=90, fontsize=8)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    for row, column in zip(*np.nonzero(shares >= _WRITTEN), strict=True):
        dark = shares[row, column] > 0.4
        axes.text(column, row, counts[row, column], ha="center", va="center", fontsize=7, color="w" if dark else "k")
    axes.set_xlabel("given")
    axes.set_ylabel("expected")
    axes.set_title(f"{len(judged)} messages: expected and given answers (counts from {100 * _WRITTEN:g} % of a row on)")
    axes.set_xticks(np.arange(-0.5, len(columns)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(rows)), minor=True)
    axes.grid(which="minor", linewidth=0.5)
    axes.tick_params(which="both", length=0)
    figure.tight_layout()
    return figure


def reliability(judged: Sequence[Judged]) -> Figure:
    """The share that was right against the mean confidence, a point a bin; on the diagonal the two are the same."""
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, len(LANGUAGES), figsize=(9.5, 5.2), dpi=100, sharey=True)
    for axes, language in zip(panels, LANGUAGES, strict=True):
        found = bins(decisions([j for j in judged if j.asked.language == language]))
        _reliability_panel(axes, found, language)
    panels[0].set_ylabel("share that was right")
    figure.tight_layout(w_pad=3)
    return figure


def risk_coverage(judged: Sequence[Judged], thresholds: Thresholds) -> Figure:
    """The share of wrong ones among the messages answered plainly, as the `answer` threshold sinks to the right."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(9.5, 5.2), dpi=100)
    highest = 0.04
    for language in LANGUAGES:
        points = curve([j for j in judged if j.asked.language == language], thresholds)
        if points:
            _risk_line(axes, points, language, thresholds)
            highest = max([highest, *(p.risk for p in points if p.coverage >= _NOISE)])
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.03 * highest, 1.25 * highest)
    axes.text(0.99, 0.04, "● threshold in use   ○ others", ha="right", transform=axes.transAxes, color=_QUIET)
    axes.set_xlabel("answered plainly, of the messages that the ranking decides on")
    axes.set_ylabel("wrong, of those answered plainly")
    axes.set_title("Risk and coverage, as the answer threshold moves")
    _percent_axes(axes)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", frameon=False)
    figure.tight_layout()
    return figure


def _save(figure: Figure, file: Path) -> None:
    """A PNG in 128 colours: a quarter of the size, and nobody sees it."""
    from PIL import Image

    figure.canvas.draw()
    drawn = Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("RGB")
    drawn.quantize(128).save(file, optimize=True)


def _reliability_panel(axes: Axes, found: Sequence[Bin], language: str) -> None:
    axes.plot([0, 1], [0, 1], color=_QUIET, linewidth=0.8, linestyle="--")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_aspect("equal")
    axes.set_xlabel("confidence of the decision")
    _percent_axes(axes)
    if not found:
        axes.set_title(f"{_NAMES[language]}: no message")
        return
    axes.plot(
        [b.confidence for b in found],
        [b.right for b in found],
        "o-",
        color=_COLOURS[language],
        linewidth=1,
        markersize=5,
    )
    counts = sorted({b.messages for b in found})
    each = f"{counts[0]} to {counts[-1]}" if len(counts) > 1 else f"{counts[0]}"
    axes.set_title(f"{_NAMES[language]}: ECE {calibration_error(found):.3f}")
    axes.text(
        0.97, 0.05, f"{len(found)} bins\n{each} messages in each", ha="right", transform=axes.transAxes, color=_QUIET
    )


def _risk_line(axes: Axes, points: Sequence[Point], language: str, thresholds: Thresholds) -> None:
    colour, at = _COLOURS[language], working_point(points, thresholds)
    axes.plot(
        [p.coverage for p in points],
        [p.risk for p in points],
        color=colour,
        linewidth=1.4,
        label=f"{_NAMES[language]}, from {at.threshold:.2f} on: {percent(at.coverage)} answered, {percent(at.risk)} of "
        f"them wrong; area under the curve {area(points):.4f}",
    )
    axes.plot(at.coverage, at.risk, "o", color=colour, markersize=9)
    for threshold in sorted({*_MARKED} - {at.threshold}):
        near = [p for p in points if p.threshold >= threshold]
        if near and near[-1].coverage != at.coverage:
            axes.plot(near[-1].coverage, near[-1].risk, "o", markersize=5, markerfacecolor="w", color=colour)
            axes.annotate(
                f"{threshold:.1f}",
                (near[-1].coverage, near[-1].risk),
                xytext=(8, -5) if language == "fi" else (-8, 1),  # the two curves often lie close together
                textcoords="offset points",
                ha="left" if language == "fi" else "right",
                fontsize=8,
                color=colour,
            )


def _percent_axes(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.4g} %")
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.4g} %")
    axes.grid(linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
