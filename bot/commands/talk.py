"""`python -m bot talk`: a conversation through the public interface, in the terminal or from a script."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.core.language import as_language

if TYPE_CHECKING:
    from bot.chat.client import ChatClient, Said

_KEYS = ("from", "text", "language", "answer", "buttons", "card")


def talk(
    script: Annotated[Path | None, typer.Option(help="Send the lines of this file, one message a line.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the chat service; by default the one of .env.")] = None,
    language: Annotated[str, typer.Option(help="The page's language: fi or sv.")] = "fi",
) -> None:
    """Talk to the running assistant as the widget does. With --script prints the conversation as JSON lines."""
    if language not in ("fi", "sv"):
        raise typer.BadParameter(f"{language!r} is not spoken; use fi or sv", param_hint="--language")
    lines = None
    if script is not None:
        try:
            lines = [line for line in script.read_text(encoding="utf-8").splitlines() if line.strip()]
        except OSError as error:
            raise typer.BadParameter(f"{script}: {error.strerror}", param_hint="--script") from error
    asyncio.run(_talk(url, language, lines))


async def _talk(url: str | None, language: str, lines: list[str] | None) -> None:
    from bot.chat.client import ChatClient, ChatRefusedError
    from bot.settings import read_settings

    async with ChatClient(url or read_settings().origin, as_language(language)) as client:
        opened = await client.open()
        if lines is None:
            await _in_the_terminal(client, opened)
        else:
            for said in opened:
                _print_json(said)
            for line in lines:
                try:
                    async for said in client.say(line):
                        _print_json(said)
                except ChatRefusedError as refused:  # the widget shows the sentence under the message, and goes on
                    _print_json({"from": "system", "text": str(refused), "language": language, "buttons": []})


async def _in_the_terminal(client: "ChatClient", opened: "list[Said]") -> None:
    buttons = _show(opened)
    while True:
        try:
            typed = (await asyncio.to_thread(input, "> ")).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not typed:
            continue
        pressed = buttons.get(typed)
        said = client.press(pressed) if pressed is not None else client.say(typed)
        buttons = _show([message async for message in said if message["from"] != "user"])


def _show(messages: "list[Said]") -> dict[str, str]:
    """Print what was said; returns the last message's buttons by the number that presses them."""
    buttons: dict[str, str] = {}
    for message in messages:
        print(f"\n{message['text']}")
        buttons = {str(number): button["id"] for number, button in enumerate(message["buttons"], 1)}
        for number, button in enumerate(message["buttons"], 1):
            print(f"  [{number}] {button['title']}")
    return buttons


def _print_json(said: "Said") -> None:
    shown: dict[str, Any] = {key: said.get(key) for key in _KEYS}
    print(json.dumps(shown, ensure_ascii=False), flush=True)
