"""The tables by threshold."""

from functools import partial

from bot.content.training_messages import TrainingMessage
from bot.evaluation.cross_validation import Ranking, judge
from bot.evaluation.sweep import SWEPT, by_threshold, sweep
from bot.understanding.decision import Thresholds
from tests.unit.evaluation.cases import A, B

T = Thresholds(answer=0.45, offer=0.6, out_of_scope=0.4, danger=0.6)
OUT = "out_of_scope"
RANKED: list[tuple[str, float, Ranking]] = [
    (A, 0.0, [(A, 0.9), (B, 0.1)]),
    (A, 0.0, [(A, 0.55), (OUT, 0.45)]),
    (A, 0.0, [(B, 0.42), (A, 0.28), (OUT, 0.2)]),
    (OUT, 0.0, [(A, 0.65), (OUT, 0.35)]),
    ("emergency", 0.65, [("emergency", 0.65), (A, 0.35)]),
    (A, 0.25, [(A, 0.75), ("emergency", 0.25)]),
]
JUDGE = partial(
    judge,
    [TrainingMessage("Miten tämä nyt menee", expect, "fi", "plain") for expect, _, _ in RANKED],
    [(danger, ranking) for _, danger, ranking in RANKED],
)


def test_out_of_scope_lets_more_through_the_higher_it_is() -> None:
    found = {value: (s.right, s.missed, s.kept_out) for value, s in sweep(JUDGE, "out_of_scope", T)}
    assert found[0.35] == (3 / 5, 1 / 5, 1.0)
    assert found[0.40] == (3 / 5, 1 / 5, 0.0)
    assert found[0.50] == (4 / 5, 0.0, 0.0)


def test_answer_asks_back_rather_than_be_wrong_the_higher_it_is() -> None:
    found = {value: (s.wrong, s.asked_back, s.meant) for value, s in sweep(JUDGE, "answer", T)}
    assert found[0.4] == (1 / 5, 0, None)
    assert found[0.5] == (0.0, 1, 1.0)


def test_danger_catches_less_and_alarms_less_the_higher_it_is() -> None:
    found = {value: (s.caught, s.false_alarms) for value, s in sweep(JUDGE, "danger", T)}
    assert (found[0.2], found[0.3], found[0.7]) == ((1.0, 1), (1.0, 0), (0.0, 0))


def test_there_is_a_table_for_each_threshold_and_the_value_in_use_is_bold() -> None:
    tables = by_threshold(JUDGE, T).split("\n\n")
    assert [t.split(" ")[1] for t in tables] == list(SWEPT)
    assert tables[1].count("**") == 2
    assert "| **0.45** | 60.0 % | 0.0 % | 20.0 % | 0.0 % | 1 | 100.0 % |" in tables[1].splitlines()
    assert tables[3].startswith(
        "| danger from | emergencies caught | false alarms |\n|--:|--:|--:|\n| 0.20 | 100.0 % | 1"
    )
    widths = {tuple(line.count("|") for line in t.splitlines()) for t in tables}
    assert all(len(set(w)) == 1 for w in widths)
