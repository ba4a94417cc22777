"""Random ids that nobody can guess."""

import secrets
from collections.abc import Callable

NewId = Callable[[], str]
"""Makes an id that was never made before."""


def random_id() -> str:
    """128 random bits as 32 hexadecimal characters."""
    return secrets.token_hex(16)
