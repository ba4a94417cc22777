"""The rules of the training messages: none twice, enough of each from many hands, none that is measured with."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from bot.content.training_messages import TrainingMessage
from bot.core.answers import FAQ_IDS
from bot.core.language import LANGUAGES
from bot.core.text import normalise, words

ALIKE: Final = 90.0
"""From this rapidfuzz ratio on, two messages of an id are one message: about one letter in ten differs. A model that is
judged by the other twin has seen it. Of the first 17,850 messages four pairs lay above, all of them rewordings by one
word or a typing error."""

ALIKE_ACROSS_IDS: Final = 95.0
"""From this ratio on, messages of two ids are shown: one word may well change what is asked ("before", "after"), so a
person decides."""

TELLING_WORDS: Final = 3
"""Shorter messages are common property: everybody greets with the same words, and one letter makes another word of
them ("ai niin", "vai niin"). They are compared for sameness only; with evaluation messages not at all."""

TELLING_WORDS_OF_MEASURED: Final = 4
"""From this length on, an evaluation message is also too near where it merely resembles a training message: shorter
ones resemble each other by the language, not because somebody looked."""

FEWEST: Final[Mapping[str, int]] = {**dict.fromkeys(FAQ_IDS, 150), "out_of_scope": 400, "emergency": 120}
"""Messages of an id in each language; with fewer, the id loses against its neighbours in the ranking. The figures are
the floors that the messages were written to."""

FEWEST_PERSONAS: Final = 10
"""Manners of writing in a language; with fewer, the model learns writers instead of questions."""

FEWEST_PERSONAS_OF_AN_ANSWER: Final = 8
"""Manners of writing of one FAQ id in a language; an id that lacks the spoken ones is not found by those who speak."""

LARGEST_PERSONA: Final = 0.25
"""The share of a language that one persona may write; the largest was 10 % when the rule was made."""

SHORT_WORDS: Final = 4
LONG_WORDS: Final = 20
SMALLEST_LENGTH_SHARE: Final = 0.05
"""Of an id's messages, at least this share is short (up to 4 words), long (20 words and more) and in between. Below it
the length itself tells the ids apart. An error in FAQ ids; in replies a warning, for hardly anybody asks in twenty
words whether this is a machine."""

LARGEST_TWIN_RATIO: Final = 1.5
"""An id has at most this many times as many messages in one language as in the other; beyond it one language is
understood worse."""

LARGEST_OPENING: Final = 0.03
"""The share of an id's messages that may begin with the same three words. The first 17,850 messages reach 2.4 %
("va gör ni"); a list that fills in a frame passes 3 % at once."""

LARGEST_ENDING: Final = 0.05
"""The share that may end with the same two words: the id's own thing stands there rightly ("i kraft", 3.8 %;
"redan nu", 4.5 %). One persona that ended its questions alike made 8 %."""

FRAME_TIMES: Final = 3
"""So many messages of an id may share a frame however few the id has."""

_SET_PHRASES: Final = frozenset({"greet", "thanks", "goodbye"})
"""Set phrases are what people write here ("hej då"): neither their frames nor their lengths are held to a share."""

_LENGTHS: Final = (f"up to {SHORT_WORDS} words", "in between", f"{LONG_WORDS} words and more")

_BLOCK: Final = 1_024
"""Rows compared at a time: with 25,000 messages a block of scores takes 25 MB."""


@dataclass(frozen=True)
class Rule:
    """What messages must keep, what to do where they don't, and whether that stops the check."""

    broken: str
    """What it is called when it is broken."""
    remedy: str
    is_error: bool = True


NEAR_TWINS: Final = Rule("the same or nearly the same message twice in an id", "delete the weaker one")
TWO_IDS: Final = Rule("the same message under two ids", "keep it where what it asks is answered, or under neither")
NEARLY_TWO_IDS: Final = Rule(
    "nearly the same message under two ids", "look whether both are asked for clearly; if not, delete one", False
)
TOO_FEW: Final = Rule("too few messages", "write more for the id, in other manners of writing")
PERSONAS: Final = Rule("too few manners of writing", "let more personas write it")
LENGTHS: Final = Rule("too few messages of a length", "write some of that length")
LENGTHS_OF_REPLIES: Final = Rule("too few messages of a length in a reply", "write some if people write so", False)
UNEQUAL_TWINS: Final = Rule(
    "one language far behind the other", "write the missing ones in the language that has fewer"
)
FRAMES: Final = Rule("a frame too often", "delete the weakest, or word them differently")
MEASURED_WITH: Final = Rule("an evaluation message in training", "delete the training message; never reword it")
RULES: Final = (
    NEAR_TWINS,
    TWO_IDS,
    NEARLY_TWO_IDS,
    TOO_FEW,
    PERSONAS,
    LENGTHS,
    LENGTHS_OF_REPLIES,
    UNEQUAL_TWINS,
    FRAMES,
    MEASURED_WITH,
)


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken."""

    rule: Rule
    where: str
    """The id with its language or file."""
    says: str
    """What is wrong there, in figures; may be empty where the messages say it."""
    messages: tuple[TrainingMessage, ...] = ()
    """Those to choose from."""


@dataclass(frozen=True)
class Measured:
    """A message that the understanding is measured with. Findings name its id, never its text."""

    id: str
    text: str


def check(messages: Sequence[TrainingMessage], measured: Sequence[Measured] = ()) -> list[Finding]:
    """Everything that breaks a rule, rule by rule in the order of `RULES`."""
    found = [
        *near_twins(messages),
        *under_two_ids(messages),
        *nearly_under_two_ids(messages),
        *too_few(messages),
        *personas(messages),
        *lengths(messages),
        *unequal_twins(messages),
        *frames(messages),
        *measured_with(messages, measured),
    ]
    return sorted(found, key=lambda finding: RULES.index(finding.rule))


@lru_cache(maxsize=2**17)
def same_text(text: str) -> str:
    """What makes two messages the same: case, punctuation, blanks and the length of a cry do not part them.

    Signs alone ("👍", "???") are compared as they are.

    >>> same_text("Hei,  AUTTAKAAA!"), same_text("???")
    ('hei auttakaa', '??')
    """
    return " ".join(words(normalise(text))) or normalise(text)


def near_pairs(texts: Sequence[str], alike: float = ALIKE) -> list[tuple[int, int]]:
    """Which of `texts` are the same or, from three words on, alike: pairs of places in `texts`, the earlier first.

    Of several same ones each later one is paired with the first only.
    """
    first: dict[str, int] = {}
    pairs = []
    for place, text in enumerate(map(same_text, texts)):
        if first.setdefault(text, place) != place:
            pairs.append((first[text], place))
    telling = [(text, place) for text, place in first.items() if len(text.split()) >= TELLING_WORDS]
    compared = [text for text, _ in telling]
    for start in range(0, len(compared), _BLOCK):
        rest = compared[start:]
        scores = process.cdist(rest[:_BLOCK], rest, scorer=fuzz.ratio, score_cutoff=alike, dtype=np.uint8, workers=-1)
        pairs += [(telling[start + i][1], telling[start + j][1]) for i, j in np.argwhere(np.triu(scores, 1))]
    return sorted(pairs)


def near_twins(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """Messages of one id and language that are the same, or alike from three words on."""
    for (answer, language), group in _by_id(messages).items():
        for i, j in near_pairs([message.text for message in group]):
            yield Finding(NEAR_TWINS, f"{answer} ({language})", "", (group[i], group[j]))


def under_two_ids(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """The same text under two ids, whatever the languages: one model ranks both."""
    by_text: defaultdict[str, list[TrainingMessage]] = defaultdict(list)
    for message in messages:
        by_text[same_text(message.text)].append(message)
    for same in by_text.values():
        answers = sorted({message.answer for message in same})
        if len(answers) > 1:
            yield Finding(TWO_IDS, ", ".join(answers), "", tuple(same))


def nearly_under_two_ids(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """Messages of a language under two ids that are alike, but not the same."""
    by_language: defaultdict[str, list[TrainingMessage]] = defaultdict(list)
    for message in messages:
        by_language[message.language].append(message)
    for language, group in by_language.items():
        for i, j in near_pairs([message.text for message in group], ALIKE_ACROSS_IDS):
            one, other = group[i], group[j]
            if one.answer != other.answer and same_text(one.text) != same_text(other.text):
                yield Finding(NEARLY_TWO_IDS, f"{one.answer}, {other.answer} ({language})", "", (one, other))


def too_few(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """Ids with fewer messages in a language than they need; also ids with none."""
    counts = Counter((message.answer, message.language) for message in messages)
    for answer, fewest in FEWEST.items():
        for language in LANGUAGES:
            if (count := counts[answer, language]) < fewest:
                yield Finding(TOO_FEW, _in_file(answer, language), f"{count}; at least {fewest}")


def personas(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """Languages and FAQ ids written by too few, and a persona that writes too much of a language."""
    for language in LANGUAGES:
        spoken = [message for message in messages if message.language == language]
        counts = Counter(message.persona for message in spoken)
        if len(counts) < FEWEST_PERSONAS:
            yield Finding(PERSONAS, _in_file("all", language), f"{len(counts)} personas; at least {FEWEST_PERSONAS}")
        for persona, count in counts.items():
            if count > LARGEST_PERSONA * len(spoken):
                share = f"{_percent(count, len(spoken))}; at most {LARGEST_PERSONA:.0%}"
                yield Finding(PERSONAS, _in_file("all", language), f"{persona} writes {share}")
    writers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for message in messages:
        writers[message.answer, message.language].add(message.persona)
    for answer in FAQ_IDS:
        for language in LANGUAGES:
            if (count := len(writers[answer, language])) < FEWEST_PERSONAS_OF_AN_ANSWER:
                says = f"{count} personas; at least {FEWEST_PERSONAS_OF_AN_ANSWER}"
                yield Finding(PERSONAS, _in_file(answer, language), says)


def lengths(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """Ids that have hardly any short, middling or long messages."""
    for (answer, language), group in _by_id(messages).items():
        if language not in LANGUAGES or answer in _SET_PHRASES:
            continue
        rule = LENGTHS if answer in FAQ_IDS else LENGTHS_OF_REPLIES
        counts = Counter(_length(message.text) for message in group)
        for length in _LENGTHS:
            if counts[length] < SMALLEST_LENGTH_SHARE * len(group):
                says = f"{length}: {counts[length]} of {len(group)}; at least {SMALLEST_LENGTH_SHARE:.0%}"
                yield Finding(rule, _in_file(answer, language), says)


def unequal_twins(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """Ids with far more messages in one language than in the other."""
    counts = Counter((message.answer, message.language) for message in messages if message.language in LANGUAGES)
    for answer in dict.fromkeys(answer for answer, _ in counts):
        of_languages = [counts[answer, language] for language in LANGUAGES]
        if max(of_languages) > LARGEST_TWIN_RATIO * min(of_languages):
            figures = ", ".join(f"{language} {count}" for language, count in zip(LANGUAGES, of_languages, strict=True))
            yield Finding(UNEQUAL_TWINS, answer, f"{figures}; at most {LARGEST_TWIN_RATIO} times as many")


def frames(messages: Sequence[TrainingMessage]) -> Iterator[Finding]:
    """Beginnings and ends that too many messages of an id share; messages of up to three words are no frame."""
    for (answer, language), group in _by_id(messages).items():
        if language not in LANGUAGES or answer in _SET_PHRASES:
            continue
        openings: defaultdict[str, list[TrainingMessage]] = defaultdict(list)
        endings: defaultdict[str, list[TrainingMessage]] = defaultdict(list)
        for message in group:
            said = same_text(message.text).split()
            if len(said) > 3:
                openings[" ".join(said[:3]) + " …"].append(message)
                endings["… " + " ".join(said[-2:])].append(message)
        for shared, largest in ((openings, LARGEST_OPENING), (endings, LARGEST_ENDING)):
            for frame, framed in shared.items():
                if len(framed) > max(FRAME_TIMES, largest * len(group)):
                    says = f"“{frame}” {len(framed)} of {len(group)}; at most {largest:.0%}"
                    yield Finding(FRAMES, f"{answer} ({language})", says, tuple(framed))


def measured_with(messages: Sequence[TrainingMessage], measured: Sequence[Measured]) -> Iterator[Finding]:
    """Training messages that are, or resemble, a message to measure with: by place and id, without the texts."""
    trained = [same_text(message.text) for message in messages]
    telling = [(same_text(m.text), m.id) for m in measured if len(same_text(m.text).split()) >= TELLING_WORDS]
    for start in range(0, len(telling), _BLOCK):
        block = telling[start : start + _BLOCK]
        scores = process.cdist(
            [text for text, _ in block], trained, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=-1
        )
        for i, j in np.argwhere(scores):
            (text, id_), message = block[i], messages[j]
            if text == trained[j] or len(text.split()) >= TELLING_WORDS_OF_MEASURED:
                how = "is" if text == trained[j] else "resembles"
                where = f"{message.answer} ({message.language})"
                yield Finding(MEASURED_WITH, where, f"{message.place} {how} evaluation message {id_}")


def _length(text: str) -> str:
    count = len(same_text(text).split())
    return _LENGTHS[0 if count <= SHORT_WORDS else 2 if count >= LONG_WORDS else 1]


def _by_id(messages: Sequence[TrainingMessage]) -> dict[tuple[str, str], list[TrainingMessage]]:
    groups: dict[tuple[str, str], list[TrainingMessage]] = {}
    for message in messages:
        groups.setdefault((message.answer, message.language), []).append(message)
    return groups


def _in_file(answer: str, language: str) -> str:
    return f"data/nlu_{language}.yml: {answer}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"
