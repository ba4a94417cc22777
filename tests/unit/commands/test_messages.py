"""`python -m bot messages check`: what it prints, and its status."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import settings
from bot.__main__ import app
from bot.core.errors import ContentError

NLU = """\
version: "3.1"
nlu:
- intent: billing/e_invoice
  metadata: {language: fi, persona: plain}
  examples: |
    - Mistä löydän kaikki laskuni?
    - mistä löydän kaiki lasuni
"""
ASKED = "- {id: dev-7, lang: fi, expect: billing/e_invoice, text: Mistä löydän kaikki laskut}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the two messages above, beside which nothing stands."""
    root = tmp_path / "root"
    (root / "data").mkdir(parents=True)
    (root / "data" / "nlu_fi.yml").write_text(NLU, encoding="utf-8")
    monkeypatch.setattr(settings, "ROOT", root)
    return root


def test_findings_are_shown_by_rule_with_place_text_and_remedy_and_end_with_status_1(root: Path) -> None:
    done = CliRunner().invoke(app, ["messages", "check"])
    assert done.exit_code == 1
    assert done.stdout.startswith(
        "ERROR: the same or nearly the same message twice in an id (1): delete the weaker one\n"
        "  billing/e_invoice (fi)\n"
        "    data/nlu_fi.yml:6 Mistä löydän kaikki laskuni?\n"
        "    data/nlu_fi.yml:7 mistä löydän kaiki lasuni\n"
    )
    assert "and 50 more" in done.stdout
    assert "2 training messages, compared with 0 evaluation messages" in done.stdout


@pytest.mark.parametrize("named", [True, False])
def test_messages_are_compared_with_the_named_folders_or_else_with_the_usual_ones(root: Path, named: bool) -> None:
    folder = root / "mine" if named else root / "tests" / "evaluation"
    folder.mkdir(parents=True)
    (folder / "messages.yml").write_text(ASKED, encoding="utf-8")
    done = CliRunner().invoke(app, ["messages", "check", *(["--against", str(folder)] if named else [])])
    assert f"data/nlu_fi.yml:6 resembles evaluation message {folder.name}/dev-7" in done.stdout
    assert "kaikki laskut" not in done.stdout


def test_a_named_folder_without_messages_is_an_error(root: Path) -> None:
    done = CliRunner().invoke(app, ["messages", "check", "--against", str(root / "none")])
    assert isinstance(done.exception, ContentError)
