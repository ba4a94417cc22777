"""The YAML of evaluation messages."""

from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.evaluation.messages import Asked, read_messages


def read(folder: Path, *items: str) -> list[Asked]:
    (folder / "some.yml").write_text("".join(f"- {{{item}}}\n" for item in items), encoding="utf-8")
    return read_messages(folder)


@pytest.mark.parametrize(
    ("item", "is_trap"),
    [
        ("persona: trap-price", True),
        ("persona: plain", False),
        ("persona: plain, trap: true", True),
        ("persona: trap-price, trap: false", False),
        ("trap: true", True),
        ("id: x", False),
    ],
)
def test_a_trap_is_told_by_its_key_or_else_by_its_persona(tmp_path: Path, item: str, is_trap: bool) -> None:
    assert [a.trap for a in read(tmp_path, f"lang: fi, expect: out_of_scope, text: Hei, {item}")] == [is_trap]


@pytest.mark.parametrize("item", ["lang: fi, text: Hei", "lang: fi, expect: greet, text: Hei, trap: maybe"])
def test_a_broken_item_is_named_with_its_file(tmp_path: Path, item: str) -> None:
    with pytest.raises(ContentError, match=r"some\.yml: .*(expect|trap: maybe)"):
        read(tmp_path, item)


def test_a_folder_without_messages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="name a folder with evaluation messages"):
        read_messages(tmp_path)
