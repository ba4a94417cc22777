"""The training messages keep their rules (bot/content/message_rules.py), and their files are as Rasa reads them."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from ruamel.yaml import YAML

from bot.content.message_rules import (
    MEASURED_WITH,
    RULES,
    Finding,
    Measured,
    Rule,
    check,
    measured_with,
    near_twins,
)
from bot.content.training_messages import TrainingMessage, read_training_messages
from bot.core.answers import FAQ_IDS, REPLY_IDS
from bot.core.language import LANGUAGES, Language
from bot.evaluation.messages import read_messages

ROOT: Final = Path(__file__).resolve().parents[2]
EVALUATION: Final = ROOT.parent / "shared" / "eval"
OWN_EVALUATION: Final = ROOT / "tests" / "evaluation"
ERRORS: Final = [rule for rule in RULES if rule.is_error and rule != MEASURED_WITH]
_SHOWN: Final = 20


@cache
def messages() -> Sequence[TrainingMessage]:
    """Every training message."""
    return read_training_messages(ROOT)


@cache
def findings() -> Sequence[Finding]:
    """What breaks a rule; the evaluation messages have a test of their own."""
    return check(messages())


@cache
def blocks(language: Language) -> Sequence[Mapping[str, Any]]:
    """The intent blocks of data/nlu_<language>.yml."""
    file = ROOT / "data" / f"nlu_{language}.yml"
    loaded: Sequence[Mapping[str, Any]] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]
    return loaded


@pytest.mark.parametrize("rule", ERRORS, ids=lambda rule: rule.broken)
def test_the_messages_keep_the_rule(rule: Rule) -> None:
    broken = [finding for finding in findings() if finding.rule == rule]
    shown = [(f.where, f.says, [m.text for m in f.messages]) for f in broken[:_SHOWN]]
    assert len(broken) == 0, f"{len(broken)}, {rule.remedy} (python -m bot messages check): {shown}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_written_twice_would_be_found(language: Language) -> None:
    """The rules look at these files indeed."""
    again = next(message for message in messages() if message.language == language)
    assert [finding.messages for finding in near_twins([*messages(), again])] == [(again, again)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_is_of_a_known_id_with_language_and_persona(language: Language) -> None:
    for block in blocks(language):
        assert block["intent"] in {*FAQ_IDS, *REPLY_IDS}
        metadata = block.get("metadata") or {}
        assert metadata.get("language") == language, block["intent"]
        assert isinstance(metadata.get("persona"), str), block["intent"]
        assert metadata["persona"], block["intent"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_one_readable_line(language: Language) -> None:
    """Each begins with a dash and has no mark-up of Rasa's, which would be read as an entity."""
    for block in blocks(language):
        raw = [text for text in block["examples"].splitlines() if text.strip()]
        assert raw, block["intent"]
        assert all(text.startswith("- ") for text in raw), block["intent"]
        assert [text for text in raw if "](" in text or "]{" in text] == []


@pytest.mark.parametrize("folder", [EVALUATION, OWN_EVALUATION], ids=["the development set", "the harder set"])
def test_no_message_of_an_evaluation_set_is_trained_on(folder: Path) -> None:
    """Nor one that resembles it. Those are there to measure with. They are named by their ids only."""
    if not folder.is_dir():
        pytest.skip("these messages are not here")
    measured = [Measured(asked.id, asked.text) for asked in read_messages(folder)]
    leaked = [finding.says for finding in measured_with(messages(), measured)]
    assert len(leaked) == 0, f"take these out of the training data: {leaked}"
