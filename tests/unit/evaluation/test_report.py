"""The report: its tables, its pictures, and what it keeps to itself."""

import re
from pathlib import Path

import pytest

from bot.evaluation.pictures import draw_all
from bot.evaluation.report import PICTURES, report
from bot.evaluation.scores import Judged
from bot.understanding.decision import Thresholds
from tests.unit.evaluation.cases import A, B, judged

T = Thresholds()
OUT = "out_of_scope"
CLOSE = ((A, 0.5), (B, 0.5))
FEW = [
    judged(A, A, ms=8.0),
    judged(A, "clarify", options=(A, B), ranking=CLOSE, ms=9.0),
    judged(OUT, A, trap=True, ms=10.0, text="Paljonko se maksaa"),
    judged(A, A, language="sv", ms=11.0),
]


def test_the_tables_show_every_figure_and_a_dash_where_there_is_none() -> None:
    lines = report(FEW, T).splitlines()
    assert (
        "| **fi** | 3 | 50.0 % | 50.0 % | 0.0 % | 0.0 % | 0.0 % | 0.0 % | – | 0 | 100.0 % | – | 9.0 | 10.0 |" in lines
    )
    assert "| **sv** | 1 | 100.0 % | 0.0 % | 0.0 % | 0.0 % | – | – | – | 0 | 100.0 % | – | 11.0 | 11.0 |" in lines
    assert "| **fi** | 1 | 100.0 % | 100.0 % | 66.7 % | 50.0 % | 0.3333 up to 66.7 % |" in lines
    assert "| bonus/how_to_get | 1/2 | 1/1 | clarify 1× |" in lines


def test_from_a_hundred_messages_on_the_calibration_is_shown_bin_by_bin() -> None:
    lines = report([judged(A, A)] * 100, T).splitlines()
    assert any(line.startswith("| **fi** | 100 |") and "| 0.100 |" in line for line in lines)
    assert "| 0.900 to 0.900 | 90.0 % | 100.0 % | 100 |" in lines


def test_every_table_is_as_wide_as_its_head() -> None:
    for part in re.findall(r"(?:^\|.*\n)+", report([*FEW, *[judged(A, A)] * 100], T), re.MULTILINE):
        assert len({line.count("|") for line in part.splitlines()}) == 1, part


def test_messages_are_shown_only_where_that_is_asked_for() -> None:
    assert "Paljonko" not in report(FEW, T)
    assert "expected out_of_scope, got bonus/how_to_get (0.90): Paljonko se maksaa" in report(
        FEW, T, show_messages=True
    )


def test_without_a_folder_to_write_to_no_picture_is_named() -> None:
    assert "![" not in report(FEW, T, pictures=False)
    assert "## Risk and coverage" not in report(FEW, T, pictures=False)


def test_a_section_by_threshold_is_there_where_it_was_swept() -> None:
    assert "## By threshold" not in report(FEW, T)
    assert "## By threshold\n\n| swept |" in report(FEW, T, sweep="| swept |")


@pytest.mark.parametrize("some", [pytest.param(FEW, id="a few messages"), pytest.param(FEW[:1], id="one")])
def test_the_report_shows_the_pictures_that_are_drawn(some: list[Judged], tmp_path: Path) -> None:
    draw_all(some, T, tmp_path)
    drawn = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    assert set(drawn) == set(PICTURES) == set(re.findall(r"!\[[^]]+\]\(([^)]+)\)", report(some, T)))
    assert all(png.startswith(b"\x89PNG") and len(png) < 150_000 for png in drawn.values())
