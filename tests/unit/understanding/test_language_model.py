"""The language of a message: the page's and the conversation's, until the message's own words say otherwise."""

import pickle

import pytest

from bot.core.language import Language, MessageLanguage
from bot.understanding.language_model import LanguageModel

_TEXTS: dict[MessageLanguage, tuple[str, ...]] = {
    "fi": (
        "mikä on irtisanomisaika",
        "mistä löydän laskuni",
        "haluan irtisanoa sopimukseni",
        "miten saan bonusta teiltä",
        "mitä avaimilleni tapahtuu",
        "milloin asiakaspalvelu on auki",
        "kiitos paljon avusta",
        "hei onko siellä ketään",
        "en ymmärrä tätä laskua",
        "kuinka nopeasti vartija tulee",
    ),
    "sv": (
        "vad är uppsägningstiden",
        "var hittar jag min faktura",
        "jag vill säga upp mitt avtal",
        "hur får jag bonus av er",
        "vad händer med mina nycklar",
        "när är kundtjänsten öppen",
        "tack så mycket för hjälpen",
        "hej är det någon där",
        "jag förstår inte den här fakturan",
        "hur snabbt kommer väktaren",
    ),
    "en": (
        "what is the notice period",
        "where can i find my invoice",
        "i want to cancel my contract",
        "how do i get the bonus",
        "what happens to my keys",
        "when is customer service open",
        "thank you very much for the help",
        "hello is anybody there",
        "i do not understand this bill",
        "how fast does the guard come",
    ),
    "other": (
        "mis on etteteatamisaeg",
        "kust ma leian oma arve",
        "ich möchte meinen vertrag kündigen",
        "wo finde ich meine rechnung",
        "quiero cancelar mi contrato por favor",
        "dónde está mi factura",
        "où est ma facture s'il vous plaît",
        "comment résilier mon contrat",
        "bitte helfen sie mir",
        "ma ei saa aru",
    ),
}


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    texts = [(text, language) for language, texts in _TEXTS.items() for text in texts]
    return LanguageModel.fit([t for t, _ in texts], [language for _, language in texts])


@pytest.mark.parametrize("text", ["", "   ", "112", "0400 123 456", "?!", "😀", "17.3.2021", "10:30"])
@pytest.mark.parametrize("expected", ["fi", "sv"])
def test_what_has_no_letter_stays_in_the_language_expected(model: LanguageModel, text: str, expected: Language) -> None:
    assert model.identify(text, expected=expected) == expected


@pytest.mark.parametrize("text", ["ok", "OK!", "Korhonen", "Lindström", "Bulevardi 3", "bonus"])
@pytest.mark.parametrize("expected", ["fi", "sv"])
def test_a_bare_word_or_name_never_flips_it(model: LanguageModel, text: str, expected: Language) -> None:
    assert model.identify(text, expected=expected) == expected


@pytest.mark.parametrize("expected", ["fi", "sv"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mistä löydän uuden laskuni", "fi"),
        ("MIKÄ ON IRTISANOMISAIKA", "fi"),
        ("var hittar jag min nya faktura", "sv"),
        ("Vad händer med mina nycklar?", "sv"),
        ("where can i find my contract", "en"),
        ("i want to cancel my invoice please", "en"),
        ("ich möchte meine rechnung kündigen", "other"),
    ],
)
def test_the_words_of_a_message_go_before_what_was_expected(
    model: LanguageModel, text: str, language: MessageLanguage, expected: Language
) -> None:
    assert model.identify(text, expected=expected) == language


@pytest.mark.parametrize("text", ["где мой счёт", "مرحبا أريد المساعدة", "我想取消合同", "де мій рахунок"])
def test_another_script_is_another_language(model: LanguageModel, text: str) -> None:
    assert model.identify(text, expected="fi") == "other"


@pytest.mark.parametrize("text", ["hello", "please", "contract", "rechnung"])
@pytest.mark.parametrize("expected", ["fi", "sv"])
def test_one_foreign_word_is_answered_in_a_language_the_assistant_speaks(
    model: LanguageModel, text: str, expected: Language
) -> None:
    assert model.identify(text, expected=expected) in ("fi", "sv")


def test_a_very_long_text_has_a_language(model: LanguageModel) -> None:
    assert model.identify("mistä löydän laskuni " * 240, expected="sv") == "fi"


@pytest.mark.parametrize("text", ["", "mistä löydän laskuni", "zzz qqq", "где"])
def test_the_probabilities_of_the_languages_sum_to_one(model: LanguageModel, text: str) -> None:
    chances = model.probabilities(text)
    assert set(chances) == set(_TEXTS)
    assert sum(chances.values()) == pytest.approx(1)


def test_the_model_says_the_same_after_it_is_stored(model: LanguageModel) -> None:
    restored = pickle.loads(pickle.dumps(model))
    for texts in _TEXTS.values():
        assert [restored.probabilities(t) for t in texts] == [model.probabilities(t) for t in texts]
