"""The report in Markdown: tables, the pictures' places, and the messages that went wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.language import LANGUAGES
from bot.evaluation.calibration import FEWEST, bins, decisions, expected_calibration_error
from bot.evaluation.risk import area, curve, working_point
from bot.evaluation.scores import Judged, score, topics
from bot.evaluation.words import number, percent
from bot.understanding.decision import Thresholds

PICTURES: Final[Mapping[str, str]] = {
    "confusion.png": "Expected and given answers",
    "reliability.png": "Confidence against the share that was right",
    "risk_coverage.png": "Messages answered plainly against the share of wrong ones among them",
}
"""File and what it shows; bot/evaluation/pictures.py draws them."""
_COLUMNS: Final = (
    "messages",
    "right",
    "offered",
    "wrong",
    "missed",
    "kept out",
    "traps kept out",
    "emergencies caught",
    "false alarms",
    "language",
    "ECE",
    "ms (p50)",
    "ms (p95)",
)
_WORST: Final = 40
_INSTEAD: Final = 5


def report(
    judged: Sequence[Judged],
    thresholds: Thresholds,
    *,
    sweep: str = "",
    show_messages: bool = False,
    pictures: bool = True,
) -> str:
    """The whole report; `sweep` is the section by threshold, and the pictures stand beside it."""
    picture = {name: f"![{shows}]({name})" if pictures else "" for name, shows in PICTURES.items()}
    sections = [
        ("By language and persona", [table(judged)]),
        ("Sure and unsure", [how_sure(judged, thresholds)]),
        ("Calibration", [picture["reliability.png"], by_confidence(judged)]),
        ("Risk and coverage", [picture["risk_coverage.png"]]),
        ("By answer", [by_answer(judged), picture["confusion.png"]]),
        ("By threshold", [sweep]),
        ("Went wrong, the most confident first", [worst(judged)] if show_messages else []),
    ]
    written = [f"# {len(judged)} messages", "docs/evaluation.md says what each figure means."]
    for title, parts in sections:
        if any(parts):
            written += [f"## {title}", *filter(None, parts)]
    return "\n\n".join(written) + "\n"


def table(judged: Sequence[Judged]) -> str:
    """Scores per language, and per language and persona, as a Markdown table."""
    lines = _head(_COLUMNS)
    for language in sorted({j.asked.language for j in judged}):
        of_language = [j for j in judged if j.asked.language == language]
        lines.append(_row(f"**{language}**", of_language))
        for persona in sorted({j.asked.persona for j in of_language}):
            lines.append(_row(f"{language} {persona}", [j for j in of_language if j.asked.persona == persona]))
    return "\n".join(lines)


def how_sure(judged: Sequence[Judged], thresholds: Thresholds) -> str:
    """What "did you mean" was worth, and what was risked where an answer was stated, per language and over both."""
    lines = _head(
        (
            "asked back",
            "options held it",
            "in scope: held it",
            "answered plainly",
            "wrong of these",
            "area under the curve",
        )
    )
    for name, some in _languages(judged):
        points = curve(some, thresholds)
        s, at = score(some), working_point(points, thresholds)
        reach = f"{area(points):.4f} up to {percent(points[-1].coverage)}" if points else "–"
        cells = [str(s.asked_back), percent(s.meant), percent(s.meant_inside), percent(at.coverage), percent(at.risk)]
        lines.append(f"| {name} | {' | '.join(cells)} | {reach} |")
    return "\n".join(lines)


def by_confidence(judged: Sequence[Judged]) -> str:
    """The bins of both languages together; empty where there are too few messages for an ECE."""
    made = decisions(judged)
    if len(made) < FEWEST:
        return ""
    lines = ["| confidence | its mean | right | messages |", "|---|--:|--:|--:|"]
    lines += [
        f"| {b.lowest:.3f} to {b.highest:.3f} | {percent(b.confidence)} | {percent(b.right)} | {b.messages} |"
        for b in bins(made)
    ]
    return "\n".join(lines)


def by_answer(judged: Sequence[Judged]) -> str:
    """How often each expected answer was given, per language, and what was given instead most often."""
    lines = ["| answer | fi | sv | instead |", "|---|--:|--:|---|"]
    for topic in topics(judged):
        of_topic = [j for j in judged if j.asked.expect == topic]
        if of_topic:
            instead = Counter(j.found.answer for j in of_topic if not j.is_right)
            shares = [_fraction([j for j in of_topic if j.asked.language == language]) for language in LANGUAGES]
            named = ", ".join(f"{a} {n}×" for a, n in instead.most_common(_INSTEAD))
            rest = sum(instead.values()) - sum(n for _, n in instead.most_common(_INSTEAD))
            named += f", others {rest}×" if rest else ""
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


def _languages(judged: Sequence[Judged]) -> list[tuple[str, Sequence[Judged]]]:
    found: list[tuple[str, Sequence[Judged]]] = []
    for language in LANGUAGES:
        if some := [j for j in judged if j.asked.language == language]:
            found.append((f"**{language}**", some))
    return [*found, ("both", judged)]


def _head(columns: Sequence[str]) -> list[str]:
    return [f"| | {' | '.join(columns)} |", f"|---|{'--:|' * len(columns)}"]


def _row(name: str, judged: Sequence[Judged]) -> str:
    s = score(judged)
    cells = [percent(v) for v in (s.right, s.offered, s.wrong, s.missed, s.kept_out, s.traps_kept_out, s.caught)]
    cells += [str(s.false_alarms), percent(s.language), number(expected_calibration_error(judged), 3)]
    cells += [number(s.p50_ms, 1), number(s.p95_ms, 1)]
    return f"| {name} | {s.messages} | {' | '.join(cells)} |"


def _fraction(judged: Sequence[Judged]) -> str:
    return f"{sum(j.is_right for j in judged)}/{len(judged)}" if judged else "–"
