"""A message is cut between its sentences and before words that begin another question, never inside a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.parts import MOST_PARTS, parts, runs


def cut(text: str) -> list[str]:
    return [text[begin:end] for begin, end in parts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("bonus", ["bonus"]),
        ("Miten saan Bonusta?", ["Miten saan Bonusta?"]),
        ("Miten saan Bonusta? Mistä näen laskun?", ["Miten saan Bonusta?", "Mistä näen laskun?"]),
        ("miten saan bonusta mistä näen laskun", ["miten saan bonusta", "mistä näen laskun"]),
        ("miten saan bonusta ja mistä näen laskun", ["miten saan bonusta", "ja mistä näen laskun"]),
        ("Hur får jag bonus och vad händer med nycklarna", ["Hur får jag bonus", "och vad händer med nycklarna"]),
        ("uppsägningstid\nnycklar tillbaka", ["uppsägningstid", "nycklar tillbaka"]),
        ("hinta 3.5 euroa", ["hinta 3.5 euroa"]),
        ("miten saan e-laskun, hetki nyt keittiö palaa", ["miten saan e-laskun,", "hetki nyt keittiö palaa"]),
        ("mitä laitteille tapahtuu, kun muutamme pois", ["mitä laitteille tapahtuu, kun muutamme pois"]),
        ("vad händer med larmet, om vi flyttar bort", ["vad händer med larmet, om vi flyttar bort"]),
        ("puhelin ja", ["puhelin ja"]),
    ],
)
def test_a_message_is_cut_where_another_question_may_begin(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_long_message_has_few_parts_and_keeps_every_word() -> None:
    text = "Muutin eilen. Nyt on kiire. Pakkaan vielä. Auto odottaa. Kuka tulee? Mihin soitan? Kiitos paljon."
    assert len(cut(text)) == MOST_PARTS
    assert " ".join(cut(text)) == text


@given(st.text(alphabet="abcå ja och .?!\n", max_size=200))
def test_the_parts_hold_every_word_once_in_order(text: str) -> None:
    assert " ".join(cut(text)).split() == text.split()


@given(st.integers(0, 6))
def test_the_runs_are_every_neighbourhood_but_the_whole(count: int) -> None:
    found = runs(count)
    assert len(set(found)) == len(found) == max(0, count * (count + 1) // 2 - 1)
    assert all(0 <= first < behind <= count for first, behind in found)
    assert (0, count) not in found
