"""Reads data/company.yml, data/faq/*.yml and data/replies/*.yml into the types of `bot.core`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.core.answers import Answer, Problem, problems
from bot.core.company import Company
from bot.core.errors import ContentError
from bot.core.language import LANGUAGES, Language
from bot.core.opening_hours import WEEKDAYS, Hours, WeeklyHours

_FILE_KEYS: Final = {"source", "owner", "checked", "valid_until", "answers"}
_ANSWER_KEYS: Final = {"title", "questions", "text", "follow_up", "source", "owner", "checked", "valid_until"}


@dataclass(frozen=True)
class Content:
    """Everything the assistant can say."""

    company: Company
    answers: Mapping[str, Answer]
    """By answer id, in the order of the files."""


def read_content(root: Path, *, today: date) -> Content:
    """The content below `root` (the folder that holds `data/`), checked.

    Raises `ContentError` naming every file and key that breaks a rule, with the remedy.
    """
    company, answers, found = scan_content(root, today=today)
    if found or company is None:
        raise ContentError("\n".join(str(p) for p in found))
    return Content(company, {answer.id: answer for answer in answers})


def scan_content(root: Path, *, today: date) -> tuple[Company | None, list[Answer], list[Problem]]:
    """What can be read, and everything that is wrong with it: for `faq check`, which shows all problems at once."""
    found: list[Problem] = []
    company = _read_company(root, found)
    answers: list[Answer] = []
    for folder in ("faq", "replies"):
        files = sorted((root / "data" / folder).glob("*.yml"))
        if not files:
            found.append(Problem(f"data/{folder}", "*.yml", "no file here; run from the folder that holds data/"))
        for file in files:
            answers += _read_file(root, file, found, is_faq=folder == "faq")
    if not found and company is not None:
        found += problems(answers, company.figures, today)
    return company, answers, found


def _load(root: Path, file: Path, found: list[Problem]) -> dict[str, Any]:
    name = str(file.relative_to(root))
    try:
        data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except OSError as error:
        found.append(Problem(name, "file", f"can't be read ({error.strerror}); put it back"))
        return {}
    except UnicodeDecodeError:
        found.append(Problem(name, "file", "is not UTF-8; save it as UTF-8"))
        return {}
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else "?"
        found.append(Problem(name, f"line {line}", f"is not YAML ({error.problem}); mend the line"))
        return {}
    except YAMLError as error:
        found.append(Problem(name, "file", f"is not YAML ({error}); mend it"))
        return {}
    if not isinstance(data, dict):
        found.append(Problem(name, "file", "holds no keys; see docs/faq.md for its shape"))
        return {}
    return data


def _read_company(root: Path, found: list[Problem]) -> Company | None:
    file = root / "data" / "company.yml"
    name = "data/company.yml"
    data = _load(root, file, found)
    if not data:
        return None
    before = len(found)
    for part in ("figures", "hours"):
        if not isinstance(data.get(part), dict):
            found.append(Problem(name, part, "missing or no mapping; write its names with a value each"))
    if len(found) > before:
        return None
    figures: dict[str, Mapping[Language, str]] = {}
    for key, value in data["figures"].items():
        if isinstance(value, str):
            figures[key] = {language: value for language in LANGUAGES}
        elif isinstance(value, dict) and set(value) == set(LANGUAGES):
            figures[key] = {language: str(value[language]) for language in LANGUAGES}
        else:
            found.append(Problem(name, f"figures.{key}", 'write one value in quotes, or one for each of "fi" and "sv"'))
    hours = {key: _read_hours(name, key, data["hours"].get(key), found) for key in ("service", "chat")}
    if len(found) > before:
        return None
    return Company(figures, hours["service"], hours["chat"])


def _read_hours(name: str, key: str, value: object, found: list[Problem]) -> WeeklyHours:
    days: dict[str, Hours] = {}
    if not isinstance(value, dict) or not value or not set(value) <= set(WEEKDAYS):
        found.append(Problem(name, f"hours.{key}", "write weekdays, such as {mon: 8-18, tue: 8-18}"))
        return WeeklyHours((None,) * 7)
    for day, span in value.items():
        try:
            opens, closes = (_clock(part) for part in str(span).split("-"))
            if opens >= closes:
                raise ValueError(span)
            days[day] = Hours(opens, closes)
        except ValueError:
            found.append(
                Problem(name, f"hours.{key}.{day}", f"{span!r} is no span of hours; write it as 8-18 or 8:30-17")
            )
    return WeeklyHours(tuple(days.get(day) for day in WEEKDAYS))


def _clock(text: str) -> time:
    hour, _, minute = text.strip().partition(":")
    return time(int(hour), int(minute or 0))


def _read_file(root: Path, file: Path, found: list[Problem], *, is_faq: bool) -> list[Answer]:
    name = str(file.relative_to(root))
    data = _load(root, file, found)
    if not data:
        return []
    for key in sorted(map(str, set(data) - _FILE_KEYS)):
        found.append(Problem(name, key, f"unknown key; use one of {', '.join(sorted(_FILE_KEYS))}"))
    entries = data.get("answers")
    if not isinstance(entries, dict) or not entries:
        found.append(Problem(name, "answers", "missing; list the answers by id"))
        return []
    for id_ in entries:
        if not isinstance(id_, str):
            found.append(Problem(name, str(id_), "is no answer id; write topic/name"))
    answers = [
        _read_answer(name, id_, entry, data, found, is_faq=is_faq)
        for id_, entry in entries.items()
        if isinstance(id_, str)
    ]
    return [answer for answer in answers if answer is not None]


def _read_answer(
    name: str, id_: str, entry: Any, shared: Mapping[str, Any], found: list[Problem], *, is_faq: bool
) -> Answer | None:
    before = len(found)
    if not isinstance(entry, dict):
        found.append(Problem(name, id_, "holds no keys; write title, questions and text"))
        return None
    for key in sorted(map(str, set(entry) - _ANSWER_KEYS)):
        found.append(Problem(name, f"{id_}.{key}", f"unknown key; use one of {', '.join(sorted(_ANSWER_KEYS))}"))
    title = _read_twin(name, f"{id_}.title", entry.get("title"), found)
    text = _read_twin(name, f"{id_}.text", entry.get("text"), found)
    questions: dict[Language, Sequence[str]] = {language: () for language in LANGUAGES}
    if is_faq:
        questions = _read_questions(name, f"{id_}.questions", entry.get("questions"), found)
    described = {key: entry.get(key, shared.get(key)) for key in ("source", "owner", "checked", "valid_until")}
    if is_faq:
        for key, value in described.items():
            wanted = date if key in {"checked", "valid_until"} else str
            if type(value) is not wanted:  # a moment is a date to Python, but none here
                example = "a day such as 2026-11-20" if wanted is date else "a name or an address"
                found.append(
                    Problem(name, f"{id_}.{key}", f"missing; write {example}, here or once at the top of the file")
                )
    follow_up = entry.get("follow_up") or []
    if not isinstance(follow_up, list) or not all(isinstance(i, str) for i in follow_up):
        found.append(Problem(name, f"{id_}.follow_up", "write a list of answer ids"))
    if len(found) > before:
        return None
    return Answer(
        id=id_,
        file=name,
        title=title,
        text=text,
        questions=questions,
        follow_up=tuple(follow_up),
        source=described["source"] or "",
        owner=described["owner"] or "",
        checked=described["checked"],
        valid_until=described["valid_until"],
    )


def _read_twin(name: str, key: str, value: Any, found: list[Problem]) -> dict[Language, str]:
    twin: dict[Language, str] = {}
    for language in LANGUAGES:
        text = value.get(language) if isinstance(value, dict) else None
        if not isinstance(text, str) or not text.strip():
            found.append(Problem(name, f"{key}.{language}", "missing; write it, both languages are needed"))
        else:
            twin[language] = _paragraphs(text)
    return twin


def _read_questions(name: str, key: str, value: Any, found: list[Problem]) -> dict[Language, Sequence[str]]:
    questions: dict[Language, Sequence[str]] = {}
    for language in LANGUAGES:
        listed = value.get(language) if isinstance(value, dict) else None
        if not isinstance(listed, list) or not listed or not all(isinstance(q, str) and q.strip() for q in listed):
            found.append(Problem(name, f"{key}.{language}", "missing; list at least one question"))
        else:
            questions[language] = tuple(listed)
    return questions


def _paragraphs(text: str) -> str:
    """Lines of a paragraph drawn together, paragraphs parted by one blank line."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n") if part.strip())
