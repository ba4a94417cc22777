"""The languages the assistant speaks."""

from typing import Final, Literal, get_args

Language = Literal["fi", "sv"]
"""A language that every text exists in."""

MessageLanguage = Literal["fi", "sv", "en", "other"]
"""What a message can be recognised as."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


def as_language(value: object, default: Language = "fi") -> Language:
    """`value` where it is a language the assistant speaks, `default` otherwise."""
    if value == "fi":
        return "fi"
    if value == "sv":
        return "sv"
    return default
