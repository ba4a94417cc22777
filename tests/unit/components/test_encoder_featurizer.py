"""The encoder's opinion reaches the answer classifier; a model knows which encoder it was trained with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import settings
from bot.components.answer_classifier import AnswerClassifier
from bot.components.encoder_featurizer import EncoderFeaturizer, encoder_columns
from bot.core.errors import ModelError
from bot.encoder import files
from bot.encoder.small import Floats
from tests.unit.components.conftest import PIPELINE, Trained, config_of, message, training_data
from tests.unit.encoder.conftest import ANSWERS, SEEN, small_encoder


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root with a small encoder where ours lies."""
    files.save(small_encoder(), tmp_path / "models" / "encoder")
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setenv("ENCODER_MODEL", "models/encoder")
    return tmp_path


def made(root: Path, **config: Any) -> tuple[Any, LocalModelStorage, ExecutionContext]:
    """The component after training, its storage and context."""
    (root / "storage").mkdir(exist_ok=True)
    storage, context = LocalModelStorage.create(root / "storage"), ExecutionContext(GraphSchema({}))
    options = config_of(EncoderFeaturizer) | config
    component = EncoderFeaturizer.create(options, storage, Resource("EncoderFeaturizer"), context)
    component.train(training_data())
    return component, storage, context


def load(storage: LocalModelStorage, context: ExecutionContext, **config: Any) -> Any:
    """The component as a started server has it."""
    options = config_of(EncoderFeaturizer) | config
    return EncoderFeaturizer.load(options, storage, Resource("EncoderFeaturizer"), context)


def columns_of(done: Message) -> Floats:
    """What the encoder said of `done`, which has a text."""
    columns = encoder_columns(done)
    assert columns is not None
    return columns


def test_a_message_gets_the_scores_of_the_encoder(root: Path) -> None:
    component, *_ = made(root)
    done = component.process([message(SEEN), message("")])
    assert np.array_equal(columns_of(done[0]), small_encoder().scores([SEEN]))
    assert encoder_columns(done[1]) is None


def test_a_training_message_gets_what_an_encoder_said_that_had_not_seen_it(root: Path) -> None:
    component, *_ = made(root)
    data = component.process_training_data(training_data())
    by_text = {m.get(TEXT): columns_of(m) for m in data.training_examples}
    assert by_text[SEEN].tolist() == [[-1.0, -2.0, -0.5]]
    assert all(row.shape == (1, len(ANSWERS)) for row in by_text.values())


def test_without_an_encoder_nothing_is_added(root: Path) -> None:
    component, *_ = made(root, encoder="none")
    assert component.process([message(SEEN)])[0].features == []


def test_a_model_with_another_encoder_is_refused_with_the_remedy(root: Path) -> None:
    _, storage, context = made(root)
    assert load(storage, context).process([message(SEEN)])
    with pytest.raises(ModelError, match=r"'models/encoder'.*'none'.*python -m bot train"):
        load(storage, context, encoder="none")


def test_a_model_with_a_changed_encoder_is_refused_with_the_remedy(root: Path) -> None:
    _, storage, context = made(root)
    files.save(small_encoder(2), root / "models" / "encoder")
    with pytest.raises(ModelError, match=r"of another checksum.*python -m bot train"):
        load(storage, context)


def test_the_training_cache_sees_a_changed_encoder_and_another_setting(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_of(EncoderFeaturizer)
    first = EncoderFeaturizer.fingerprint_addon(config)
    files.save(small_encoder(2), root / "models" / "encoder")
    second = EncoderFeaturizer.fingerprint_addon(config)
    monkeypatch.setenv("ENCODER_MODEL", "none")
    assert len({first, second, EncoderFeaturizer.fingerprint_addon(config)}) == 3


def test_the_answers_read_the_encoder(trained: Trained) -> None:
    """The same message with another opinion of the encoder is judged differently."""
    texts = [message("saanko avaimeni takaisin") for _ in range(2)]
    first, second = trained.before(AnswerClassifier, texts)
    columns = columns_of(second)
    for features in second.features:
        if features.origin == "EncoderFeaturizer":
            features.features = np.roll(columns, 7, axis=1)
    first, second = trained.components[AnswerClassifier].process([first, second])
    assert first.get("intent_ranking") != second.get("intent_ranking")


def test_the_encoder_comes_before_the_answers() -> None:
    assert PIPELINE.index(EncoderFeaturizer) < PIPELINE.index(AnswerClassifier)
