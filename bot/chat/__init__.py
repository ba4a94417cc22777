"""The public chat service: keeps every message, asks Rasa, and tells the browser."""

from bot.chat.app import create_app
from bot.chat.client import ChatClient, ChatRefusedError
from bot.chat.server import ChatServer

__all__ = ["ChatClient", "ChatRefusedError", "ChatServer", "create_app"]
