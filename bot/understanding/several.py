"""Two or three questions in one message: found where each part alone is sure of another answer. Pure."""

from collections.abc import Mapping, Sequence

from bot.understanding.decision import NOT_OFFERED, Thresholds

Ranking = Sequence[tuple[str, float]]


def several_questions(
    rankings: Mapping[tuple[int, int], Ranking], count: int, whole: Ranking, thresholds: Thresholds
) -> tuple[str, ...]:
    """The answer ids of the questions in a message of `count` parts, in the order asked; empty where it asks one thing.

    `rankings` holds, for each run of parts (`bot.understanding.parts.runs`), its ranked answer ids, likeliest first;
    `whole` those of the message. It is cut where every piece has an answer of its own with a probability of at least
    `thresholds.several` that the whole hints at (`thresholds.hint`); more pieces go before fewer, then the surer cut.
    Courtesies, danger and what is out of scope are no questions.
    """
    hinted = {id_ for id_, chance in whole if chance >= thresholds.hint} - NOT_OFFERED
    best: tuple[int, float, tuple[str, ...]] = (0, 0.0, ())
    for cut in _cuts(count):
        found = [rankings[run][0] for run in cut]
        ids = tuple(id_ for id_, _ in found)
        least = min(chance for _, chance in found)
        if least >= thresholds.several and len(set(ids)) == len(ids) and hinted.issuperset(ids):
            best = max(best, (len(ids), least, ids))
    return best[2]


def _cuts(count: int) -> list[list[tuple[int, int]]]:
    """Every way to cut `count` parts into two or three pieces."""
    two = [[(0, a), (a, count)] for a in range(1, count)]
    three = [[(0, a), (a, b), (b, count)] for a in range(1, count) for b in range(a + 1, count)]
    return two + three
