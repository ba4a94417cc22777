"""`python -m bot evaluate --cross-validate`: what it keeps, prints and writes."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import settings
from bot.__main__ import app
from bot.content.training_messages import TrainingMessage
from bot.evaluation import cross_validation
from bot.evaluation.cross_validation import Ranking

NLU = """\
version: "3.1"
nlu:
- intent: billing/e_invoice
  metadata: {language: LANGUAGE, persona: plain}
  examples: |
    - e-lasku
- intent: out_of_scope
  metadata: {language: LANGUAGE, persona: plain}
  examples: |
    - paljonko maksaa
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two messages in each language, and one in another, which is not judged."""
    (tmp_path / "data").mkdir()
    for language in ("fi", "sv", "other"):
        text = NLU.replace("LANGUAGE", language)
        (tmp_path / "data" / f"nlu_{language}.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setenv("ENCODER_MODEL", "none")
    return tmp_path


@pytest.fixture
def ranked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The models' place is taken by one that always finds the same; holds how many messages it was asked, each time."""
    asked: list[int] = []

    def rank(
        messages: Sequence[TrainingMessage], folds: int, say: Callable[[str], None], encoder: None
    ) -> list[tuple[float, Ranking]]:
        asked.append(len(messages))
        return [(0.0, [("billing/e_invoice", 0.75), ("out_of_scope", 0.25)])] * len(messages)

    monkeypatch.setattr(cross_validation, "rankings", rank)
    return asked


def evaluate(*arguments: str) -> str:
    done = CliRunner(mix_stderr=False).invoke(app, ["evaluate", *arguments])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_rankings_are_made_once_for_the_same_messages(root: Path, ranked: list[int]) -> None:
    first = evaluate("--cross-validate", "3")
    assert "| **fi** | 2 | 100.0 % | 0.0 % | 0.0 % | 0.0 % | 0.0 % | – | – | 0 | – | – | – | – |" in first
    assert (root / "var" / "rankings-3.npz").is_file()
    assert evaluate("--cross-validate", "3") == first
    assert ranked == [4]
    (root / "data" / "nlu_sv.yml").unlink()
    evaluate("--cross-validate", "3")
    assert ranked == [4, 2]


def test_the_rankings_file_may_stand_elsewhere(root: Path, ranked: list[int]) -> None:
    evaluate("--cross-validate", "3", "--rankings", str(root / "mine"))
    assert (root / "mine").is_file()
    assert not (root / "var").exists()


def test_a_sweep_adds_the_section_by_threshold(root: Path, ranked: list[int]) -> None:
    assert "## By threshold" not in evaluate("--cross-validate", "3")
    assert "| out_of_scope from |" in evaluate("--cross-validate", "3", "--sweep").partition("## By threshold")[2]


def test_a_folder_receives_the_report_and_its_pictures(root: Path, ranked: list[int]) -> None:
    said = evaluate("--cross-validate", "3", "--out", str(root / "out"))
    assert {f.name for f in (root / "out").iterdir()} == {
        "report.md",
        "confusion.png",
        "reliability.png",
        "risk_coverage.png",
    }
    assert said.startswith((root / "out" / "report.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "arguments", [[], ["some", "--cross-validate", "3"], ["some", "--sweep"], ["some", "--rankings", "file"]]
)
def test_options_that_do_not_go_together_are_refused(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["evaluate", *arguments]).exit_code == 2
