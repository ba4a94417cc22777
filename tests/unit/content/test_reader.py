"""A broken file is named with its key and a remedy; a whole one is read as it was written."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Final

import pytest

from bot.clock import now
from bot.content.reader import read_content, scan_content
from bot.core.answers import FAQ_IDS, REPLY_IDS
from bot.core.errors import ContentError
from bot.core.opening_hours import HELSINKI, Hours

ROOT: Final = Path(__file__).resolve().parents[3]
TODAY: Final = date(2026, 11, 20)

COMPANY: Final = """\
figures:
  phone: "0207 345 000"
  week:
    fi: ma–pe
    sv: må–fre
hours:
  service: {mon: 8-18, tue: 8:30-17}
  chat: {mon: 8-18}
"""
KEYS: Final = """\
source: Usein kysytyt kysymykset
owner: asiakaspalvelu
checked: 2026-11-20
valid_until: 2027-11-30
answers:
  keys/after_contract:
    title: {fi: Avaimet, sv: Nycklarna}
    questions:
      fi: [Mitä avaimille tapahtuu?]
      sv: [Vad händer med nycklarna?]
    text:
      fi: |
        Soittakaa {phone}
        nyt.


        Toinen kappale.
      sv: |
        Ring {phone}
        nu.

        Andra stycket.
    follow_up: [greet]
"""


def reply(id_: str) -> str:
    return f"  {id_}:\n    title: {{fi: Hei, sv: Hej}}\n    text: {{fi: Hei!, sv: Hej!}}\n"


def faq(id_: str) -> str:
    questions = "{fi: [Mitä?], sv: [Vad?]}"
    return reply(id_) + f"    questions: {questions}\n"


HEAD: Final = KEYS.partition("answers:")[0] + "answers:\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small content that breaks no rule."""
    write(tmp_path, "data/company.yml", COMPANY)
    write(tmp_path, "data/faq/keys.yml", KEYS)
    others = "".join(faq(id_) for id_ in FAQ_IDS if id_ != "keys/after_contract")
    write(tmp_path, "data/faq/others.yml", HEAD + others)
    write(tmp_path, "data/replies/replies.yml", "answers:\n" + "".join(map(reply, REPLY_IDS)))
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    write(root, name, text.replace(old, new))


def complaints(root: Path) -> list[str]:
    """The lines of the error that reading raises."""
    with pytest.raises(ContentError) as raised:
        read_content(root, today=TODAY)
    return str(raised.value).splitlines()


def test_a_whole_content_is_read_as_it_was_written(root: Path) -> None:
    content = read_content(root, today=TODAY)
    answer = content.answers["keys/after_contract"]
    assert set(content.answers) == {*FAQ_IDS, *REPLY_IDS}
    assert answer.title == {"fi": "Avaimet", "sv": "Nycklarna"}
    assert answer.text["fi"] == "Soittakaa {phone} nyt.\n\nToinen kappale."
    assert answer.questions["sv"] == ("Vad händer med nycklarna?",)
    assert answer.follow_up == ("greet",)
    assert (answer.source, answer.owner) == ("Usein kysytyt kysymykset", "asiakaspalvelu")
    assert (answer.checked, answer.valid_until) == (date(2026, 11, 20), date(2027, 11, 30))
    assert answer.file == "data/faq/keys.yml"
    assert not answer.is_reply
    assert content.answers["greet"].is_reply
    assert content.company.figures["phone"] == {"fi": "0207 345 000", "sv": "0207 345 000"}
    assert content.company.figures["week"] == {"fi": "ma–pe", "sv": "må–fre"}
    assert content.company.service_hours.days[:3] == (
        Hours(time(8), time(18)),
        Hours(time(8, 30), time(17)),
        None,
    )


BROKEN_KEYS: Final = [
    pytest.param("      sv: [Vad händer med nycklarna?]\n", "", "questions.sv", "missing", id="no Swedish question"),
    pytest.param("{fi: Avaimet, sv: Nycklarna}", "{fi: Avaimet}", "title.sv", "both languages", id="no Swedish title"),
    pytest.param("{fi: Avaimet, sv: Nycklarna}", "Avaimet", "title.fi", "both languages", id="a title without twins"),
    pytest.param("{fi: Avaimet, sv: Nycklarna}", "{fi: ' ', sv: x}", "title.fi", "missing", id="an empty title"),
    pytest.param("follow_up: [greet]", "follow_up: greet", "follow_up", "list", id="a button that is no list"),
    pytest.param("follow_up: [greet]", "folow_up: [greet]", "folow_up", "unknown key", id="a misspelt key"),
    pytest.param("follow_up: [greet]", "follow_up: [gret]", "follow_up", "gret", id="a button that leads nowhere"),
    pytest.param("checked: 2026-11-20\n", "", "checked", "a day such as", id="no day of checking"),
    pytest.param("checked: 2026-11-20\n", "checked: soon\n", "checked", "a day such as", id="a day in words"),
    pytest.param("valid_until: 2027-11-30\n", "valid_until: 2026-11-19\n", "valid_until", "expired", id="expired"),
    pytest.param("checked: 2026-11-20\n", "checked: 2026-11-21\n", "checked", "future", id="checked tomorrow"),
    pytest.param("owner: asiakaspalvelu\n", "", "owner", "missing", id="no owner"),
    pytest.param("source: Usein kysytyt kysymykset\n", "", "source", "missing", id="no source"),
    pytest.param("Soittakaa {phone}", "Soittakaa {fone}", "text.fi", "{fone}", id="a figure that does not exist"),
    pytest.param("Soittakaa {phone}", "Soittakaa", "text", "differ in their figures", id="a figure in one language"),
    pytest.param("Ring {phone}", "Ring 0207 345 000", "text.sv", "figure", id="a phone number written out"),
    pytest.param("Ring {phone}", "Ring {phone} 24", "text", "differ in their numbers", id="a number in one language"),
]


@pytest.mark.parametrize(("old", "new", "key", "remedy"), BROKEN_KEYS)
def test_a_broken_answer_is_named_by_file_key_and_remedy(root: Path, old: str, new: str, key: str, remedy: str) -> None:
    change(root, "data/faq/keys.yml", old, new)
    start = f"data/faq/keys.yml: keys/after_contract.{key}: "
    named = [line for line in complaints(root) if line.startswith(start)]
    assert any(remedy in line.removeprefix(start) for line in named), complaints(root)


@pytest.mark.parametrize(
    ("text", "key", "remedy"),
    [
        pytest.param(KEYS + "\tx: 1\n", "line", "is not YAML", id="a tab"),
        pytest.param(KEYS.replace("[greet]", "[greet"), "line", "mend", id="an open bracket"),
        pytest.param(KEYS.replace("owner:", "source:"), "line", "mend", id="a key that stands twice"),
        pytest.param(KEYS.replace("owner:", "ovner:"), "ovner", "unknown key", id="an unknown key at the top"),
        pytest.param(KEYS.replace("answers:", "answer:"), "answers", "list the answers", id="no answers"),
        pytest.param(HEAD, "answers", "list the answers", id="empty answers"),
        pytest.param(HEAD + "  keys/after_contract:\n", "keys/after_contract", "holds no keys", id="an empty answer"),
        pytest.param("", "file", "holds no keys", id="an empty file"),
        pytest.param("- one\n- two\n", "file", "holds no keys", id="a list"),
        pytest.param("a: \x01\n", "file", "is not YAML", id="a control character"),
    ],
)
def test_a_broken_file_is_named_with_what_to_mend(root: Path, text: str, key: str, remedy: str) -> None:
    write(root, "data/faq/keys.yml", text)
    named = [line for line in complaints(root) if line.startswith(f"data/faq/keys.yml: {key}")]
    assert any(remedy in line for line in named), complaints(root)


def test_a_file_that_is_not_utf_8_says_how_to_save_it(root: Path) -> None:
    (root / "data/faq/keys.yml").write_bytes(KEYS.replace("–", "-").encode("latin-1"))
    assert "data/faq/keys.yml: file: is not UTF-8; save it as UTF-8" in complaints(root)


@pytest.mark.parametrize(
    ("old", "new", "key", "remedy"),
    [
        pytest.param('"0207 345 000"', "207345000", "figures.phone", "in quotes", id="a number without quotes"),
        pytest.param("    sv: må–fre\n", "", "figures.week", '"sv"', id="a figure in one language"),
        pytest.param("mon: 8-18, tue", "mon: 18-8, tue", "hours.service.mon", "8-18", id="closes before it opens"),
        pytest.param("mon: 8-18, tue", "mon: 8-25, tue", "hours.service.mon", "8-18", id="an hour of no day"),
        pytest.param("mon: 8-18, tue", "mon: 8-12-18, tue", "hours.service.mon", "8-18", id="three hours"),
        pytest.param("mon: 8-18, tue", "mon: closed, tue", "hours.service.mon", "8-18", id="hours in words"),
        pytest.param("mon: 8-18, tue", "monday: 8-18, tue", "hours.service", "weekdays", id="an unknown weekday"),
        pytest.param("  chat: {mon: 8-18}\n", "", "hours.chat", "weekdays", id="no chat hours"),
        pytest.param("chat: {mon: 8-18}", "chat: 8-18", "hours.chat", "weekdays", id="hours without weekdays"),
    ],
)
def test_a_broken_figure_or_opening_hour_is_named_with_its_remedy(
    root: Path, old: str, new: str, key: str, remedy: str
) -> None:
    change(root, "data/company.yml", old, new)
    named = [line for line in complaints(root) if line.startswith(f"data/company.yml: {key}: ")]
    assert any(remedy in line for line in named), complaints(root)


def without_company(root: Path) -> None:
    (root / "data/company.yml").unlink()


def without_replies(root: Path) -> None:
    (root / "data/replies/replies.yml").unlink()


def with_an_answer_twice(root: Path) -> None:
    write(root, "data/faq/again.yml", HEAD + faq("keys/after_contract"))


def without_an_answer(root: Path) -> None:
    change(root, "data/faq/others.yml", faq("bonus/household"), "")


def with_figures_as_a_list(root: Path) -> None:
    write(
        root, "data/company.yml", "figures: [phone]\n" + COMPANY.partition("hours:")[1] + COMPANY.partition("hours:")[2]
    )


def with_hours_as_a_list(root: Path) -> None:
    write(root, "data/company.yml", COMPANY.partition("hours:")[0] + "hours: [service]\n")


def with_a_number_for_an_id(root: Path) -> None:
    write(root, "data/faq/numbers.yml", HEAD + faq("12"))


def with_a_number_for_a_key(root: Path) -> None:
    change(root, "data/faq/keys.yml", "    follow_up: [greet]", "    12: twelve\n    oops: 1")


def with_a_time_of_day(root: Path) -> None:
    change(root, "data/faq/keys.yml", "checked: 2026-11-20", "checked: 2026-11-20 10:00:00")


@pytest.mark.parametrize(
    ("spoil", "start"),
    [
        (without_company, "data/company.yml: file: can't be read"),
        (without_replies, "data/replies: *.yml: no file here"),
        (with_an_answer_twice, "data/faq/keys.yml: keys/after_contract: stands in data/faq/again.yml too"),
        (without_an_answer, "data/faq/bonus.yml: bonus/household: missing"),
        (with_figures_as_a_list, "data/company.yml: figures"),
        (with_hours_as_a_list, "data/company.yml: hours"),
        (with_a_number_for_an_id, "data/faq/numbers.yml: 12"),
        (with_a_number_for_a_key, "data/faq/keys.yml: keys/after_contract"),
        (with_a_time_of_day, "data/faq/keys.yml: keys/after_contract.checked"),
    ],
)
def test_whatever_is_wrong_ends_in_a_word_to_a_person(root: Path, spoil: Callable[[Path], None], start: str) -> None:
    spoil(root)
    assert any(line.startswith(start) for line in complaints(root)), complaints(root)


def test_all_that_is_wrong_is_shown_at_once(root: Path) -> None:
    change(root, "data/faq/keys.yml", "{fi: Avaimet, sv: Nycklarna}", "{fi: Avaimet}")
    change(root, "data/company.yml", '"0207 345 000"', "207345000")
    _, _, found = scan_content(root, today=TODAY)
    assert {p.file for p in found} == {"data/company.yml", "data/faq/keys.yml"}


def test_the_real_content_breaks_no_rule() -> None:
    _, answers, found = scan_content(ROOT, today=now().astimezone(HELSINKI).date())
    assert [str(p) for p in found] == []
    assert {*FAQ_IDS, *REPLY_IDS} <= {answer.id for answer in answers}
