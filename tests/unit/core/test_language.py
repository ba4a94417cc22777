"""A language is Finnish or Swedish; anything else is the default."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.language import LANGUAGES, Language, as_language


def test_the_assistant_speaks_finnish_and_swedish() -> None:
    assert LANGUAGES == ("fi", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("default", LANGUAGES)
def test_a_language_the_assistant_speaks_is_kept(language: Language, default: Language) -> None:
    assert as_language(language, default) == language


@pytest.mark.parametrize("value", ["en", "other", "", "FI", "sv-FI", None, 1, ["fi"], {"fi": 1}])
@pytest.mark.parametrize("default", LANGUAGES)
def test_anything_else_is_the_default(value: object, default: Language) -> None:
    assert as_language(value, default) == default


def test_the_default_is_finnish() -> None:
    assert as_language("en") == "fi"


@given(st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.text())))
def test_the_result_is_always_a_language_the_assistant_speaks(value: object) -> None:
    assert as_language(value) in LANGUAGES
