"""Texts that everything which reads a message must bear."""

from typing import Final

import pytest

TEXTS: Final = [
    pytest.param("", id="nothing"),
    pytest.param("   ", id="blanks"),
    pytest.param("?!", id="punctuation"),
    pytest.param("😀", id="an emoji"),
    pytest.param("112", id="a number"),
    pytest.param("saanko avaimeni takaisin", id="Finnish"),
    pytest.param("får jag mina nycklar", id="Swedish"),
    pytest.param("what happens to my keys", id="English"),
    pytest.param("где мои ключи", id="another script"),
    pytest.param("\u2060/restart", id="a command as typed"),
    pytest.param("palautatteko avaimet " * 239, id="5,000 characters"),
    pytest.param("x" * 5_000, id="one word of 5,000 characters"),
]
