"""Our own TF-IDF gives scikit-learn's weights."""

from typing import Final

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.tfidf import CharacterGrams, Tfidf, WordGrams, matrix, side_by_side

TEXTS: Final = [
    "mistä löydän laskuni",
    "mistä mistä mistä",
    "var hittar jag min faktura",
    "e-lasku, kiitos!",
    "a",
    "irtisanomisaika ja irtisanominen ja laskuni",
]
UNSEEN: Final = [*TEXTS, "", "qqq", "laskuni laskuni mistä", "x" * 500]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(
            Tfidf(CharacterGrams(2, 5)),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, lowercase=False),
            id="characters",
        ),
        pytest.param(
            Tfidf(CharacterGrams(1, 4), at_least=2),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=2, sublinear_tf=True, lowercase=False),
            id="characters, rare ones forgotten",
        ),
        pytest.param(
            Tfidf(WordGrams(2)),
            TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True, lowercase=False),
            id="words",
        ),
    ],
)
def test_the_weights_are_those_of_scikit_learn(ours: Tfidf, theirs: TfidfVectorizer) -> None:
    ours.fit(TEXTS)
    expected = theirs.fit(TEXTS).transform(UNSEEN)
    found = matrix([ours.row(text) for text in UNSEEN], ours.width)
    in_their_order = [ours._index[gram] for gram in theirs.get_feature_names_out()]
    assert found.shape == expected.shape
    assert abs(found[:, in_their_order] - expected).max() < 1e-6


def test_a_view_stands_behind_the_one_before() -> None:
    first, second = Tfidf(WordGrams(1)).fit(["a b"]), Tfidf(WordGrams(1)).fit(["c"])
    row = side_by_side([first, second], [first.row("b"), second.row("c")])
    assert row.indices.tolist() == [1, 2]


def test_no_rows_are_an_empty_matrix() -> None:
    assert matrix([], 3).shape == (0, 3)


def test_an_unknown_text_is_an_empty_row() -> None:
    row = Tfidf(WordGrams(1)).fit(["a"]).row("b")
    assert len(row.indices) == len(row.values) == 0
    assert row.values.dtype == np.float32
