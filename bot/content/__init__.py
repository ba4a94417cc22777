"""Reads what the company writes under data/: answers, replies, figures and opening hours."""

from bot.content.reader import Content, read_content

__all__ = ["Content", "read_content"]
