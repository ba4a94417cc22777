"""Each rule of the training messages finds what breaks it, and nothing where it is kept."""

from collections.abc import Iterable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.message_rules import (
    FEWEST,
    LENGTHS,
    LENGTHS_OF_REPLIES,
    NEAR_TWINS,
    NEARLY_TWO_IDS,
    RULES,
    TWO_IDS,
    Finding,
    Measured,
    check,
    frames,
    lengths,
    measured_with,
    near_pairs,
    near_twins,
    nearly_under_two_ids,
    personas,
    same_text,
    too_few,
    under_two_ids,
    unequal_twins,
)
from bot.content.training_messages import TrainingMessage
from bot.core.answers import FAQ_IDS
from bot.core.language import LANGUAGES, MessageLanguage


def said(
    text: str, answer: str = "billing/e_invoice", language: MessageLanguage = "fi", persona: str = "plain"
) -> TrainingMessage:
    return TrainingMessage(text, answer, language, persona, "data/nlu_fi.yml:7")


def texts(findings: Iterable[Finding]) -> list[list[str]]:
    """The messages of each finding."""
    return [[message.text for message in finding.messages] for finding in findings]


def places(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Where each finding is, and what it says."""
    return [(finding.where, finding.says) for finding in findings]


def different(count: int, *, long: int = 0, short: int = 0) -> list[str]:
    """So many messages that share no words, of six words each but the long and the short ones."""
    sizes = [20] * long + [4] * short + [6] * (count - long - short)
    return [" ".join(_word(f"{number} {place}") for place in range(size)) for number, size in enumerate(sizes)]


def _word(seed: str) -> str:
    """A word of six letters that looks like no other."""
    return "".join("aeioukslmnprtvyä"[byte % 16] for byte in sha256(seed.encode()).digest()[:6])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Missä laskuni on?", "missä   laskuni on"),
        ("Apua!!", "APUA"),
        ("apuaaaa", "apuaa"),
        ("👍👍", "👍👍"),
        ("e-lasku", "E-lasku!"),
    ],
)
def test_case_punctuation_blanks_and_long_cries_part_no_messages(one: str, other: str) -> None:
    assert same_text(one) == same_text(other)


@pytest.mark.parametrize(("one", "other"), [("👍", "👎"), ("???", "."), ("löydän", "loydan"), ("lasku 1", "lasku 2")])
def test_signs_letters_and_numbers_part_messages(one: str, other: str) -> None:
    assert same_text(one) != same_text(other)


@given(st.text())
def test_the_same_text_has_no_other_same_text(text: str) -> None:
    assert same_text(same_text(text)) == same_text(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mistä löydän kaikki laskuni?", "mistä löydä kaiki lasukni"),
        ("Mistä löydän kaikki laskuni?", "mistä löydän kaikki laskuni"),
        ("hej hej", "Hej hej!"),
        ("🙏", "🙏"),
    ],
)
def test_near_twins_of_an_id_are_found(one: str, other: str) -> None:
    assert texts(near_twins([said(one), said("Milloin on eräpäivä?"), said(other)])) == [[one, other]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mistä löydän kaikki laskuni?", "Missä näen viimeisimmän laskun?"),
        ("ai niin", "vai niin"),  # one letter is another word
        ("kiitos", "kiitoss"),
        ("👍", "👎"),
    ],
)
def test_what_differs_and_what_is_too_short_to_differ_much_is_no_twin(one: str, other: str) -> None:
    assert list(near_twins([said(one), said(other)])) == []


def test_near_twins_of_two_ids_or_languages_are_none() -> None:
    text = "Mistä löydän kaikki laskuni?"
    assert list(near_twins([said(text), said(text, "app/features"), said(text, language="sv")])) == []


def test_near_pairs_give_places_and_pair_each_later_one_with_the_first() -> None:
    written = ["Hej då!", "vill byta adress", "hej då", "Jag vill byta lösen nu", "HEJ DÅ", "jag vill byta lösen nu ja"]
    assert near_pairs(written) == [(0, 2), (0, 4), (3, 5)]
    assert near_pairs(written, alike=100) == [(0, 2), (0, 4)]
    assert near_pairs([]) == []


def test_near_pairs_are_found_across_the_blocks_of_a_long_list() -> None:
    written = different(2_500)
    written[2_400] = written[3] + "x"
    assert near_pairs(written) == [(3, 2_400)]


def test_the_same_message_under_two_ids_is_found_also_in_two_languages() -> None:
    twice = [said("AI?", "bot_challenge", "sv"), said("ai", "out_of_scope"), said("ai niin", "out_of_scope")]
    assert texts(under_two_ids(twice)) == [["AI?", "ai"]]
    assert list(under_two_ids([said("e-lasku"), said("E-lasku", language="sv")])) == []


def test_nearly_the_same_message_under_two_ids_is_a_warning() -> None:
    one = said("Haluan irtisanoa sopimuksen koska muutan pois", "cancel_contract")
    other = said("Haluan irtisanoa sopimukseni koska muutan pois", "moving/cancel_because_of_move")
    (found,) = nearly_under_two_ids([one, other])
    assert found.messages == (one, other)
    assert not found.rule.is_error
    same = said(one.text.upper(), other.answer)
    assert list(nearly_under_two_ids([one, same])) == []  # that is an error of its own


def test_an_id_with_too_few_messages_is_found_in_its_language_also_with_none() -> None:
    enough = [
        said("x", answer, language) for answer, count in FEWEST.items() for language in LANGUAGES for _ in range(count)
    ]
    assert list(too_few(enough)) == []
    assert places(too_few(enough[1:])) == [(f"data/nlu_fi.yml: {FAQ_IDS[0]}", "149; at least 150")]
    assert len(list(too_few([]))) == 2 * len(FEWEST)


def by_personas(count: int) -> list[TrainingMessage]:
    """Every FAQ id in both languages, written by so many."""
    return [
        said("x", answer, language, f"p{number}")
        for answer in FAQ_IDS
        for language in LANGUAGES
        for number in range(count)
    ]


def test_ten_personas_in_each_language_are_enough() -> None:
    assert list(personas(by_personas(10))) == []
    assert places(personas(by_personas(9))) == [
        (f"data/nlu_{language}.yml: all", "9 personas; at least 10") for language in LANGUAGES
    ]


def test_an_answer_written_by_fewer_than_eight_is_found() -> None:
    written = [m for m in by_personas(10) if m.answer != "app/account" or m.language != "sv" or m.persona <= "p6"]
    assert places(personas(written)) == [("data/nlu_sv.yml: app/account", "7 personas; at least 8")]


def test_a_persona_that_writes_more_than_a_quarter_of_a_language_is_found() -> None:
    written = by_personas(10)
    others = len(written) // len(LANGUAGES)
    loud = [said("x", language="sv", persona="loud")] * (others // 3)
    assert list(personas([*written, *loud])) == []
    assert places(personas([*written, *loud, *loud[:5]])) == [
        ("data/nlu_sv.yml: all", "loud writes 25.8 %; at most 25%")
    ]


def test_an_id_without_short_or_long_messages_is_found() -> None:
    assert list(lengths([said(text) for text in different(20, long=1, short=1)])) == []
    (short,) = lengths([said(text) for text in different(21, long=2, short=1)])
    assert (short.rule, short.says) == (LENGTHS, "up to 4 words: 1 of 21; at least 5%")
    (long,) = lengths([said(text, "out_of_scope") for text in different(20, short=1)])
    assert (long.rule, long.says) == (LENGTHS_OF_REPLIES, "20 words and more: 0 of 20; at least 5%")
    (middle,) = lengths([said(text) for text in different(20, long=10, short=10)])
    assert middle.says == "in between: 0 of 20; at least 5%"


@pytest.mark.parametrize("answer", ["greet", "thanks", "goodbye"])
def test_set_phrases_may_be_short_and_alike(answer: str) -> None:
    written = [said(f"{text} hej då", answer, "sv") for text in different(20)]
    assert [*lengths(written), *frames(written)] == []


def test_an_id_whose_languages_lie_apart_by_more_than_half_is_found() -> None:
    swedish = [said("x", language="sv")] * 2
    assert list(unequal_twins([said("x")] * 3 + swedish)) == []
    assert places(unequal_twins([said("x")] * 4 + swedish)) == [
        ("billing/e_invoice", "fi 4, sv 2; at most 1.5 times as many")
    ]
    assert len(list(unequal_twins([said("x")]))) == 1
    assert list(unequal_twins([said("x", "not_supported_language", "en")])) == []


def test_an_opening_in_more_than_three_of_a_hundred_messages_is_found() -> None:
    framed = [f"Miten saan sen {text}" for text in different(5)]
    assert list(frames([said(text) for text in [*framed[:4], *different(140)[5:]]])) == []
    (found,) = frames([said(text) for text in [*framed, *different(140)[5:]]])
    assert (found.where, found.says) == ("billing/e_invoice (fi)", "“miten saan sen …” 5 of 140; at most 3%")
    assert [message.text for message in found.messages] == framed


def test_an_ending_in_more_than_five_of_a_hundred_messages_is_found() -> None:
    framed = [f"{text} Omat sivut?" for text in different(6)]
    assert list(frames([said(text) for text in [*framed[:5], *different(105)[5:]]])) == []
    (found,) = frames([said(text) for text in [*framed, *different(105)[6:]]])
    assert found.says == "“… omat sivut” 6 of 105; at most 5%"


def test_three_times_and_messages_of_three_words_are_no_frame() -> None:
    assert list(frames([said(f"Miten saan sen {text}") for text in different(3)])) == []
    assert list(frames([said("Miten saan sen?")] * 9)) == []


@pytest.mark.parametrize(
    ("trained", "measured", "how"),
    [
        ("Missä laskuni on?", "missä LASKUNI on", "is"),
        ("Mistä löydän kaikki laskuni?", "mistä löydän kaiki lasuni", "resembles"),
        ("missä laskuni on", "missä laskuni onn", None),
        ("ai niin", "ai niin", None),
        ("Mistä löydän kaikki laskuni?", "Milloin laskun eräpäivä oikein on?", None),
    ],
)
def test_what_is_measured_with_is_found_in_training_and_named_by_its_id(
    trained: str, measured: str, how: str | None
) -> None:
    found = places(measured_with([said("Hei vaan kaikille!"), said(trained)], [Measured("dev-7", measured)]))
    says = f"data/nlu_fi.yml:7 {how} evaluation message dev-7"
    assert found == ([("billing/e_invoice (fi)", says)] if how else [])


def test_no_finding_about_an_evaluation_message_holds_a_text() -> None:
    (found,) = measured_with([said("Missä laskuni on?")], [Measured("dev-7", "missä laskuni on")])
    assert found.messages == ()
    assert "lasku" not in f"{found.where} {found.says}"


def test_the_check_applies_every_rule_in_their_order() -> None:
    text = "Haluan irtisanoa sopimuksen koska muutan pois"
    found = check(
        [said(text), said(text), said(text, "cancel_contract"), said(text + "!")]
        + [said(f"Haluan irtisanoa sopimuksen {word}") for word in different(9, short=1)]
        + [said(text + "n", "app/account"), said("hej hej", "out_of_scope")],
        [Measured("dev-1", text)],
    )
    rules = [finding.rule for finding in found]
    assert list(dict.fromkeys(rules)) == list(RULES)
    assert rules.count(NEAR_TWINS) == 2
    assert rules.count(TWO_IDS) == 1
    assert NEARLY_TWO_IDS in rules
