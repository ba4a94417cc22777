"""An encoder is stored and loaded whole, or refused with the file and the remedy."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import ModelError, SettingsError
from bot.encoder import files
from bot.encoder.loading import load_encoder
from bot.encoder.names import encoder_fingerprint
from bot.encoder.small import SmallEncoder
from tests.unit.encoder.conftest import SEEN, small_encoder


@pytest.fixture
def folder(encoder: SmallEncoder, tmp_path: Path) -> Path:
    """A root in which the encoder lies where ours does."""
    files.save(encoder, tmp_path / "models" / "encoder")
    return tmp_path / "models" / "encoder"


def test_a_loaded_encoder_says_what_the_stored_one_said(encoder: SmallEncoder, folder: Path) -> None:
    loaded = files.load(folder, "models/encoder")
    texts = ["saanko avaimeni takaisin", "", SEEN]
    assert np.array_equal(loaded.encode(texts), encoder.encode(texts))
    assert np.array_equal(loaded.scores(texts), encoder.scores(texts))
    assert np.array_equal(loaded.training_columns(texts), encoder.training_columns(texts))
    assert loaded.answer_ids == encoder.answer_ids


def test_the_same_encoder_has_the_same_checksum_and_another_one_another(tmp_path: Path) -> None:
    first, again, other = (files.save(small_encoder(seed), tmp_path / str(n)) for n, seed in enumerate((1, 1, 2)))
    assert first == again != other
    assert files.load(tmp_path / "0", "x").checksum == first


@pytest.mark.parametrize("file", ["weights.npz", "unseen.npz"])
def test_a_changed_file_is_refused_by_its_checksum(folder: Path, file: str) -> None:
    content = bytearray((folder / file).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / file).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{file}.*checksum.*git checkout"):
        files.load(folder, "models/encoder")


@pytest.mark.parametrize("file", ["weights.npz", "unseen.npz"])
def test_a_missing_file_is_refused_with_the_remedy(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ModelError, match="python -m bot encoder train"):
        files.load(folder, "models/encoder")


@pytest.mark.parametrize("written", ["", "{}", "[]", '{"format": 1, "sha256": {}}', "not json"])
def test_a_broken_description_is_refused_with_the_remedy(folder: Path, written: str) -> None:
    (folder / "encoder.json").write_text(written, encoding="utf-8")
    with pytest.raises(ModelError, match="python -m bot encoder train"):
        files.load(folder, "models/encoder")


def test_another_format_is_refused(folder: Path) -> None:
    description = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
    (folder / "encoder.json").write_text(json.dumps(description | {"format": 2}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"encoder\.json: format 2"):
        files.load(folder, "models/encoder")


def test_the_setting_none_is_no_encoder(tmp_path: Path) -> None:
    assert load_encoder("none", tmp_path) is None


def test_a_folder_is_found_below_the_root(folder: Path) -> None:
    loaded = load_encoder("models/encoder", folder.parents[1])
    assert isinstance(loaded, SmallEncoder)
    assert loaded.name == "models/encoder"


def test_our_own_encoder_missing_is_said_as_such(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no encoder here.*ENCODER_MODEL=none"):
        load_encoder("models/encoder", tmp_path)


def test_another_model_without_its_package_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(SettingsError, match=r"ENCODER_MODEL is 'some/model'.*uv pip install.*ENCODER_MODEL=none"):
        load_encoder("some/model", tmp_path)


def test_the_fingerprint_of_another_folder_differs_where_its_files_do(tmp_path: Path) -> None:
    model = tmp_path / "other" / "model.bin"
    model.parent.mkdir()
    found = set()
    for content in (b"one", b"two", b"three"):
        model.write_bytes(content)
        found.add(encoder_fingerprint("other", tmp_path))
    model.rename(model.with_name("renamed.bin"))
    assert len(found | {encoder_fingerprint("other", tmp_path)}) == 4


def test_the_fingerprint_differs_where_the_encoder_does(folder: Path) -> None:
    root = folder.parents[1]
    first = encoder_fingerprint("models/encoder", root)
    files.save(small_encoder(2), folder)
    assert len({first, encoder_fingerprint("models/encoder", root), encoder_fingerprint("none", root)}) == 3
