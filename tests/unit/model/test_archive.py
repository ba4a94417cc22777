"""The newest model is in use, and fresh only while the files it was trained from are as they were."""

import os
from pathlib import Path

import pytest

from bot.core.errors import ModelError
from bot.model.archive import fingerprint, is_fresh, mark_trained, newest_model

SHAPING = [
    "config.yml",
    "domain.yml",
    "data/nlu_fi.yml",
    "data/faq/keys.yml",
    "data/replies/replies.yml",
    "bot/core/text.py",
    "bot/content/reader.py",
    "bot/components/tokenizer.py",
    "bot/understanding/features.py",
    "bot/understanding/tfidf.py",
    "bot/training/importer.py",
    "bot/encoder/small.py",
    "models/encoder/encoder.json",
    "requirements.lock",
]
OTHER = ["README.md", "bot/chat/app.py", "tests/unit/test_x.py", "data/faq/notes.txt", ".env", "models/other.txt"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small tree with one file of each kind."""
    for name in (*SHAPING, *OTHER):
        write(tmp_path / name, f"{name}\n")
    return tmp_path


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "models"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def model(folder: Path, name: str, *, age: int = 0) -> Path:
    """A model archive, `age` seconds old."""
    file = folder / name
    write(file, "model")
    os.utime(file, (1_800_000_000 - age, 1_800_000_000 - age))
    return file


def test_the_newest_model_is_the_one_written_last_whatever_its_name(folder: Path) -> None:
    newest = model(folder, "a.tar.gz", age=1)
    model(folder, "z.tar.gz", age=60)
    assert newest_model(folder) == newest


@pytest.mark.parametrize("others", [[], ["notes.txt"], ["model.tar.gz.sha256"]])
def test_without_a_model_the_error_says_how_to_train_one(folder: Path, others: list[str]) -> None:
    for name in others:
        write(folder / name, "x")
    with pytest.raises(ModelError, match="python -m bot train"):
        newest_model(folder)


def test_a_folder_that_is_not_there_has_no_model(root: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        newest_model(root / "nowhere")
    assert not is_fresh(root, root / "nowhere")


def test_a_model_is_fresh_right_after_training(root: Path, folder: Path) -> None:
    mark_trained(model(folder, "m.tar.gz"), fingerprint(root))
    assert is_fresh(root, folder)


def test_a_model_that_was_never_marked_is_not_fresh(root: Path, folder: Path) -> None:
    model(folder, "m.tar.gz")
    assert not is_fresh(root, folder)


def test_only_the_newest_model_counts(root: Path, folder: Path) -> None:
    mark_trained(model(folder, "old.tar.gz", age=60), fingerprint(root))
    model(folder, "new.tar.gz")
    assert not is_fresh(root, folder)


@pytest.mark.parametrize("name", SHAPING)
def test_a_changed_file_that_shapes_the_model_makes_it_stale(root: Path, folder: Path, name: str) -> None:
    mark_trained(model(folder, "m.tar.gz"), fingerprint(root))
    write(root / name, "changed\n")
    assert not is_fresh(root, folder)


@pytest.mark.parametrize("name", SHAPING)
def test_a_removed_or_renamed_file_that_shapes_the_model_makes_it_stale(root: Path, folder: Path, name: str) -> None:
    mark_trained(model(folder, "m.tar.gz"), fingerprint(root))
    (root / name).rename((root / name).with_stem("renamed"))
    assert not is_fresh(root, folder)


def test_another_encoder_by_the_setting_makes_it_stale(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_trained(model(folder, "m.tar.gz"), fingerprint(root))
    monkeypatch.setenv("ENCODER_MODEL", "none")
    assert not is_fresh(root, folder)


def test_a_new_file_of_the_faq_makes_it_stale(root: Path, folder: Path) -> None:
    mark_trained(model(folder, "m.tar.gz"), fingerprint(root))
    write(root / "data/faq/new.yml", "x\n")
    assert not is_fresh(root, folder)


@pytest.mark.parametrize("name", OTHER)
def test_a_change_elsewhere_leaves_it_fresh(root: Path, folder: Path, name: str) -> None:
    mark_trained(model(folder, "m.tar.gz"), fingerprint(root))
    write(root / name, "changed\n")
    assert is_fresh(root, folder)


def test_the_fingerprint_depends_on_the_files_not_on_where_they_lie(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    for name in SHAPING:
        write(elsewhere / name, f"{name}\n")
    assert fingerprint(elsewhere) == fingerprint(root)
