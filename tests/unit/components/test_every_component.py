"""What every component of the pipeline promises, one list for all."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, Final

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from ruamel.yaml import YAML
from scipy.sparse import csr_matrix

from bot.components.answer_featurizer import PARTS
from tests.unit.components.conftest import PIPELINE, Trained, config_of, message, training_data
from tests.unit.texts import TEXTS

ROOT: Final = Path(__file__).resolve().parents[3]
every_component = pytest.mark.parametrize("component", PIPELINE)
every_text = pytest.mark.parametrize("text", TEXTS)


def state(done: Message) -> dict[str, Any]:
    """All that a message carries, in values that can be compared."""
    kept = {name: value for name, value in done.data.items() if not name.endswith("_tokens") and name != PARTS}
    parts = done.get(PARTS)
    cut = (parts.runs, parts.features.toarray().tolist()) if parts else None
    tokens = {n: [(t.text, t.start) for t in v] for n, v in done.data.items() if n.endswith("_tokens")}
    features = [(f.origin, f.type, csr_matrix(f.features).toarray().tolist()) for f in done.features]
    return {**kept, **tokens, "features": features, PARTS: cut}


def test_the_list_has_every_component_of_the_configuration_in_its_order() -> None:
    configured = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    assert [part["name"] for part in configured] == [f"{c.__module__}.{c.__name__}" for c in PIPELINE]


@every_component
@every_text
def test_any_text_is_processed_and_kept_as_it_was(trained: Trained, component: Any, text: str) -> None:
    messages = trained.before(component, [message(text)])
    done = trained.components[component].process(messages)
    assert [m.get(TEXT) for m in done] == [text]


@every_component
@every_text
def test_processing_twice_is_processing_once(trained: Trained, component: Any, text: str) -> None:
    once = trained.components[component].process(trained.before(component, [message(text)]))
    before = copy.deepcopy(state(once[0]))
    assert state(trained.components[component].process(once)[0]) == before


@every_component
@every_text
def test_the_same_text_gives_the_same_result_again(trained: Trained, component: Any, text: str) -> None:
    first, second = (
        state(trained.components[component].process(trained.before(component, [message(text)]))[0]) for _ in range(2)
    )
    assert first == second


@every_component
@every_text
def test_a_loaded_component_does_what_the_trained_one_does(trained: Trained, component: Any, text: str) -> None:
    from_training = trained.components[component].process(trained.before(component, [message(text)]))
    from_storage = trained.load(component).process(trained.before(component, [message(text)]))
    assert state(from_storage[0]) == state(from_training[0])


@every_component
def test_messages_do_not_mind_each_other(trained: Trained, component: Any) -> None:
    texts = ["saanko avaimeni takaisin", "", "får jag mina nycklar"]
    together = trained.components[component].process(trained.before(component, [message(t) for t in texts]))
    alone = [trained.components[component].process(trained.before(component, [message(t)]))[0] for t in texts]
    assert [state(m) for m in together] == [state(m) for m in alone]


@every_component
def test_no_message_is_no_work(trained: Trained, component: Any) -> None:
    assert trained.components[component].process([]) == []


@every_component
def test_training_examples_keep_their_texts_and_their_order(trained: Trained, component: Any) -> None:
    data = training_data()
    texts = [m.get(TEXT) for m in data.training_examples]
    for part in PIPELINE[: PIPELINE.index(component) + 1]:
        if hasattr(trained.components[part], "process_training_data"):
            data = trained.components[part].process_training_data(data)
    assert [m.get(TEXT) for m in data.training_examples] == texts


@pytest.mark.parametrize("component", [c for c in PIPELINE if hasattr(c, "built_on")])
def test_the_training_cache_knows_the_code_a_component_is_built_on(component: Any) -> None:
    addon = component.fingerprint_addon(config_of(component))
    assert addon == component.fingerprint_addon(config_of(component))
    assert component.built_on
    assert len(addon) == 64


@pytest.mark.parametrize("component", [c for c in PIPELINE if hasattr(c, "train")])
def test_a_component_that_was_not_trained_says_so(trained: Trained, component: Any) -> None:
    untrained = component.create(config_of(component), trained.storage, None, trained.context)
    messages = trained.before(component, [message("saanko avaimeni takaisin")])
    with pytest.raises(RuntimeError, match=f"{component.__name__} is not trained"):
        untrained.process(messages)
