"""The comparison with the stock pipeline: what it learns from, how its answers are read, the report; Rasa stays off."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.content.training_messages import read_training_messages
from bot.core.errors import StockError
from bot.evaluation.messages import Asked
from bot.evaluation.stock import (
    Result,
    Side,
    against_table,
    ask_in_turns,
    stock_answer,
    stock_examples,
    stock_project,
    stock_python,
    trained_once,
    write_project,
)
from bot.model.understand import Understood
from bot.settings import ROOT

EXAMPLES = [
    ("miten saan bonusta", "bonus/how_to_get"),
    ("hur får jag bonus: nu? " + "väldigt" * 40, "bonus/how_to_get"),
    ("mistä saa bonusta", "bonus/what_counts"),
    ("avain #1 takaisin", "keys/after_contract"),
    ("'moi", "greet"),
    ("- apua!", "emergency"),
    ("what is this", "not_supported_language"),
]
ANSWERS = frozenset(answer for _, answer in EXAMPLES)
MESSAGES = [
    Asked("miten bonusta", "bonus/how_to_get", "fi", "plain"),
    Asked("hjälp", "emergency", "sv", "plain"),
    Asked("vad kostar pizza", "out_of_scope", "sv", "plain"),
]
# Says of each message what it was told to say; ends without a word on "stop"
FAKE = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["text"] == "stop":
        sys.exit("TensorFlow went away")
    print(json.dumps({"intent": sys.argv[1], "confidence": 0.9, "response": None}), flush=True)
"""


def pipeline(project: Mapping[str, Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    return [component for component in project["config.yml"]["pipeline"] if component["name"] == name]


def side(name: str, intent: str, script: str = FAKE) -> Side:
    """A process that gives every message `intent`."""
    return Side(
        name=name,
        command=[sys.executable, "-c", script, intent],
        environment={},
        read=lambda said, asked, taken: Understood(
            asked.language, said["intent"], said["confidence"], (), (said["intent"],), taken
        ),
        training_seconds=61.4,
        environment_bytes=2_500_000_000,
    )


def test_every_message_is_written_as_rasa_reads_it_back(tmp_path: Path) -> None:
    write_project(stock_project(EXAMPLES, epochs=5, selectors="each"), tmp_path)
    read = YAML(typ="safe").load((tmp_path / "nlu.yml").read_text(encoding="utf-8"))["nlu"]
    assert [
        (line.removeprefix("- "), block["intent"]) for block in read for line in block["examples"].splitlines()
    ] == EXAMPLES


def test_the_project_is_learnt_from_what_our_own_model_learns_from() -> None:
    examples = stock_examples(ROOT)
    assert {(message.text, message.answer) for message in read_training_messages(ROOT)} < set(examples)
    assert {"bonus/how_to_get", "contract_end_date", "emergency", "not_supported_language"} <= {a for _, a in examples}


def test_intents_and_responses_are_those_of_the_answers() -> None:
    domain = stock_project(EXAMPLES, epochs=5, selectors="each")["domain.yml"]
    assert domain["intents"] == ["bonus", "keys", "greet", "emergency", "not_supported_language"]
    assert set(domain["responses"]) == {f"utter_{answer}" for answer in ANSWERS}


def test_a_selector_chooses_where_there_is_a_choice() -> None:
    selectors = pipeline(stock_project(EXAMPLES, epochs=5, selectors="each"), "ResponseSelector")
    assert [selector["retrieval_intent"] for selector in selectors] == ["bonus"]


def test_one_selector_for_all_names_no_intent() -> None:
    selectors = pipeline(stock_project(EXAMPLES, epochs=5, selectors="one"), "ResponseSelector")
    assert [selector.get("retrieval_intent") for selector in selectors] == [None]


@pytest.mark.parametrize("name", ["DIETClassifier", "ResponseSelector"])
def test_what_is_learnt_in_epochs_is_learnt_in_as_many_as_asked_for(name: str) -> None:
    assert {
        component["epochs"] for component in pipeline(stock_project(EXAMPLES, epochs=7, selectors="each"), name)
    } == {7}


@pytest.mark.parametrize(
    ("intent", "response", "answer"),
    [
        ("nlu_fallback", None, "out_of_scope"),
        (None, None, "out_of_scope"),
        ("out_of_scope", None, "out_of_scope"),
        ("bonus", "bonus/what_counts", "bonus/what_counts"),
        ("keys", None, "keys/after_contract"),
        ("emergency", None, "emergency"),
        ("emergency", "bonus/what_counts", "emergency"),
    ],
)
def test_rasas_words_stand_for_one_answer(intent: str | None, response: str | None, answer: str) -> None:
    assert stock_answer({"intent": intent, "response": response}, ANSWERS | {"out_of_scope"}) == answer


def test_both_sides_judge_the_same_messages_in_the_same_order() -> None:
    results = ask_in_turns([side("ours", "emergency"), side("stock", "greet")], MESSAGES)
    assert [[judged.asked for judged in result.judged] for result in results] == [MESSAGES, MESSAGES]
    assert {judged.found.answer for judged in results[0].judged} == {"emergency"}
    assert {judged.found.answer for judged in results[1].judged} == {"greet"}
    assert all(judged.found.milliseconds > 0 for result in results for judged in result.judged)
    assert all(result.peak_bytes > 1_000_000 for result in results)


def test_a_process_that_ends_is_told_of_with_its_last_words() -> None:
    with pytest.raises(StockError, match=r"stock: the process ended(?s:.*)TensorFlow went away"):
        ask_in_turns([side("ours", "greet", FAKE.replace("stop", "")), side("stock", "greet")], [_asked("stop")])


def test_a_process_that_never_starts_is_told_of() -> None:
    with pytest.raises(StockError, match="no rasa here"):
        ask_in_turns([side("stock", "greet", "import sys; sys.exit('no rasa here')")], MESSAGES)


def test_the_report_has_a_line_for_each_language_and_side_and_what_each_costs() -> None:
    results = ask_in_turns([side("ours", "emergency"), side("stock (5 epochs)", "out_of_scope")], MESSAGES)
    for result in results:
        result.peak_bytes = 500_000_000
    lines = against_table(results).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:6]] == [
        "| fi ours",
        "| fi stock (5 epochs)",
        "| sv ours",
        "| sv stock (5 epochs)",
    ]
    # messages, right, offered, wrong, missed, kept out, caught, false alarms
    assert lines[4].startswith("| sv ours | 2 | 100.0 % | 0.0 % | 0.0 % | 0.0 % | 0.0 % | 100.0 % | 1 | ")
    assert lines[5].startswith("| sv stock (5 epochs) | 2 | 0.0 % | 0.0 % | 0.0 % | 100.0 % | 100.0 % | 0.0 % | 0 | ")
    assert lines[-1] == "| stock (5 epochs) | 61 | 500 | 2500 |"


def test_times_are_the_middle_one_and_the_slow_one_in_twenty() -> None:
    result = Result(side("ours", "greet"))
    result.judged += ask_in_turns([result.side], MESSAGES * 10)[0].judged
    times = sorted(judged.found.milliseconds for judged in result.judged if judged.asked.language == "fi")
    assert f"| {times[5]:.1f} | {times[9]:.1f} |" in against_table([result]).splitlines()[2]


def test_what_is_trained_is_kept_and_what_broke_off_is_not(tmp_path: Path) -> None:
    trained: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        trained_once(tmp_path / "model", _interrupt)
    first = trained_once(tmp_path / "model", lambda: trained.append("once"))
    assert trained_once(tmp_path / "model", lambda: trained.append("twice")) == first
    assert trained == ["once"]


def test_without_the_stock_environment_the_error_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(StockError, match="make stock-environment"):
        stock_python(tmp_path)


def _asked(text: str) -> Asked:
    return Asked(text, "greet", "fi", "plain")


def _interrupt() -> None:
    raise KeyboardInterrupt
