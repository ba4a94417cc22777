"""Training messages are read with their metadata and the line where each stands."""

from pathlib import Path

import pytest

from bot.content.training_messages import read_training_messages
from bot.core.errors import ContentError

NLU = """\
nlu:
- intent: thanks
  metadata: {language: fi, persona: terse}
  examples: |
    - kiitos

    - ok
- intent: greet
  metadata: {language: fi, persona: terse}
  examples: |
    - ok
- intent: goodbye
  metadata: {language: fi, persona: terse}
  examples: "- hei \\
    hei"
"""


def write(root: Path, text: str) -> None:
    (root / "data").mkdir()
    (root / "data" / "nlu_fi.yml").write_text(text, encoding="utf-8")


def test_each_message_has_its_own_line_or_its_file_where_it_is_written_differently(tmp_path: Path) -> None:
    write(tmp_path, NLU)
    assert [(m.text, m.answer, m.place) for m in read_training_messages(tmp_path)] == [
        ("kiitos", "thanks", "data/nlu_fi.yml:5"),
        ("ok", "thanks", "data/nlu_fi.yml:7"),
        ("ok", "greet", "data/nlu_fi.yml:11"),
        ("hei hei", "goodbye", "data/nlu_fi.yml"),
    ]


def test_a_block_without_language_is_named(tmp_path: Path) -> None:
    write(tmp_path, "nlu:\n- intent: thanks\n  examples: |\n    - kiitos\n")
    with pytest.raises(ContentError, match=r"data/nlu_fi\.yml: thanks"):
        read_training_messages(tmp_path)
