"""What the assistant can say: answers and replies as twins in Finnish and Swedish, and the rules both must keep."""

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.company import LIVE_FIGURES
from bot.core.language import LANGUAGES, Language

FAQ_IDS: Final = (
    "bonus/how_to_get",
    "bonus/what_counts",
    "bonus/card_number",
    "bonus/household",
    "bonus/register_at_store",
    "bonus/why_register_myself",
    "bonus/registration_speed",
    "bonus/offer_only",
    "bonus/consequences",
    "notice_period/length",
    "notice_period/fixed_term",
    "end_date/how_calculated",
    "contract_end_date",
    "cancel_contract",
    "moving/cancel_because_of_move",
    "moving/take_system_along",
    "moving/what_happens",
    "moving/notify",
    "keys/after_contract",
    "patrol_response/waiting_time",
    "patrol_response/company",
    "ownership/equipment",
    "billing/where_and_how",
    "billing/e_invoice",
    "billing/email_invoice",
    "billing/customer_number",
    "app/features",
    "app/account",
    "contacts/safe_word",
    "contacts/update",
    "false_alarms/avoid",
    "service/hours",
    "service/contact",
)
"""The answer ids of the facts sheet: each has an answer in both languages."""

CAUTION: Final = "caution"
"""The line about 112 that goes before "I don't know" where danger can't be ruled out."""

REPLY_IDS: Final = (
    "greet",
    "thanks",
    "goodbye",
    "bot_challenge",
    "handover",
    "complaint",
    "emergency",
    "out_of_scope",
    "not_supported_language",
    "clarify",
    CAUTION,
)
"""What a message can be besides a question of the FAQ; each has a reply in both languages."""

_LINK = re.compile(r"https?://[^\s)]+|[\w.+-]+@[\w-]+\.[\w.]+[\w]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_PHONE = re.compile(r"\b0\d{1,3}[ -]?\d{2,3}[ -]?\d{2,4}\b")

Twin = Mapping[Language, str]


@dataclass(frozen=True)
class Answer:
    """One answer of the FAQ, or one reply, in both languages."""

    id: str
    file: str
    """Where it stands, for messages to people."""
    title: Twin
    """What a button or "did you mean" calls it."""
    text: Twin
    """Plain text; {name} is a figure of data/company.yml; blank lines part paragraphs."""
    questions: Mapping[Language, Sequence[str]]
    """Plain questions that it answers; empty for a reply."""
    follow_up: tuple[str, ...] = ()
    """Answer ids offered as buttons under it."""
    source: str = ""
    owner: str = ""
    checked: date | None = None
    valid_until: date | None = None

    @property
    def intent(self) -> str:
        """Rasa's intent: the part before the slash."""
        return self.id.partition("/")[0]

    @property
    def is_reply(self) -> bool:
        """Whether it is part of the conversation's courtesy rather than of the FAQ."""
        return not self.source


@dataclass(frozen=True)
class Problem:
    """Something to mend, and where."""

    file: str
    key: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.remedy}"


def fill(text: str, figures: Mapping[str, str]) -> str:
    """`text` with each {name} that `figures` holds put in; other names stay as they are."""
    return _PLACEHOLDER.sub(lambda found: figures.get(found[1], found[0]), text)


def problems(answers: Sequence[Answer], figures: Mapping[str, Mapping[Language, str]], today: date) -> list[Problem]:
    """Everything that breaks the rules of the content, in the order of `answers`.

    Each id once, every id of the facts sheet there; both languages with the same figures, numbers and links;
    phone numbers only as figures; buttons that lead somewhere; nothing checked in the future or out of date.
    """
    return [
        *_id_problems(answers),
        *(p for answer in answers for p in _answer_problems(answer, answers, figures, today)),
    ]


def _id_problems(answers: Sequence[Answer]) -> Iterator[Problem]:
    seen: dict[str, Answer] = {}
    for answer in answers:
        if answer.id in seen:
            yield Problem(answer.file, answer.id, f"stands in {seen[answer.id].file} too; keep one of them")
        seen[answer.id] = answer
    for missing in [i for i in FAQ_IDS if i not in seen]:
        yield Problem(f"data/faq/{missing.partition('/')[0]}.yml", missing, "missing; write it in both languages")
    for missing in [i for i in REPLY_IDS if i not in seen]:
        yield Problem("data/replies", missing, "missing; write it in both languages")


def _answer_problems(
    answer: Answer, answers: Iterable[Answer], figures: Mapping[str, Mapping[Language, str]], today: date
) -> Iterator[Problem]:
    def problem(key: str, remedy: str) -> Problem:
        return Problem(answer.file, f"{answer.id}.{key}", remedy)

    known = {a.id for a in answers}
    for other in answer.follow_up:
        if other not in known:
            yield problem("follow_up", f"there is no answer {other!r}; correct the id or take it out")
        if other == answer.id:
            yield problem("follow_up", "offers the answer itself; take it out")
    finnish, swedish = answer.text["fi"], answer.text["sv"]
    for language in LANGUAGES:
        yield from (problem(f"text.{language}", r) for r in _text_remedies(answer.text[language], figures))
    for what, pattern in (("figures", _PLACEHOLDER), ("links", _LINK), ("numbers", _NUMBER)):
        in_finnish, in_swedish = set(pattern.findall(finnish)), set(pattern.findall(swedish))
        if in_finnish != in_swedish:
            only = f"only fi: {sorted(in_finnish - in_swedish)}, only sv: {sorted(in_swedish - in_finnish)}"
            yield problem("text", f"the languages differ in their {what} ({only}); make them the same")
    if len(answer.questions["fi"]) != len(answer.questions["sv"]):
        yield problem("questions", "the languages have different numbers of questions; write the missing twin")
    if not answer.is_reply:
        if not answer.questions["fi"]:
            yield problem("questions", "empty; write the question in both languages")
        if answer.checked is not None and answer.checked > today:
            yield problem("checked", f"{answer.checked} is in the future; write the day the answer was checked")
        if answer.valid_until is not None and answer.valid_until < today:
            yield problem("valid_until", f"expired on {answer.valid_until}; check the answer and set a new date")


def _text_remedies(text: str, figures: Mapping[str, Mapping[Language, str]]) -> Iterator[str]:
    for name in _PLACEHOLDER.findall(text):
        if name not in figures and name not in LIVE_FIGURES and name not in {"service_hours", "chat_hours"}:
            yield f"there is no figure {{{name}}}; add it to data/company.yml or correct the name"
    if _PHONE.search(text):
        yield "has a phone number written out; write the figure, such as {phone}, instead"
    if set(text) & set("<>") or any(c in string.whitespace and c not in " \n" for c in text):
        yield "has a tag or a tab; texts are plain"
    for value in figures.values():
        for written in {v for v in value.values() if len(v) > 3 and v in text}:
            yield f"has {written!r} written out; write its figure instead"
