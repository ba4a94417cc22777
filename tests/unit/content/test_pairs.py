"""General pairs are read with their sources; a source under a share-alike licence can be left out."""

from pathlib import Path

import pytest

from bot.content.pairs import SOURCES, kept, read_pairs
from bot.core.errors import ContentError

HEAD = "text_a\ttext_b\tsource\n"


def written(folder: Path, *lines: str) -> Path:
    file = folder / "pairs.tsv"
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_pair_has_two_texts_and_a_source(tmp_path: Path) -> None:
    [pair] = read_pairs(written(tmp_path, '"missä lasku on"\tvar är fakturan\ttatoeba'))
    assert (pair.left, pair.right, pair.source) == ("missä lasku on", "var är fakturan", "tatoeba")


@pytest.mark.parametrize("text", ["a", "x" * 300], ids=["one letter", "300 letters"])
def test_texts_too_short_or_too_long_to_mean_something_are_left_out(tmp_path: Path, text: str) -> None:
    assert read_pairs(written(tmp_path, f"{text}\tvar är fakturan\ttatoeba")) == []


def test_without_share_alike_only_the_other_sources_stay(tmp_path: Path) -> None:
    pairs = read_pairs(written(tmp_path, *(f"yksi teksti\ten text\t{source.name}" for source in SOURCES)))
    assert kept(pairs, share_alike=True) == pairs
    assert {p.source for p in kept(pairs, share_alike=False)} == {"tatoeba", "home-assistant-frontend"}


def test_a_source_without_a_known_licence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"somewhere: add the source and its licence to SOURCES"):
        read_pairs(written(tmp_path, "yksi teksti\ten text\tsomewhere"))


@pytest.mark.parametrize("line", ["only one", "one\ttwo", "a\tb\tc\td"])
def test_a_line_of_another_shape_is_refused_by_the_files_name(tmp_path: Path, line: str) -> None:
    with pytest.raises(ContentError, match=r"pairs\.tsv.*text_a, text_b and source"):
        read_pairs(written(tmp_path, line))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"nowhere\.tsv"):
        read_pairs(tmp_path / "nowhere.tsv")
