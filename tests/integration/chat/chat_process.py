"""A chat service as a process of its own, to be killed: python chat_process.py PORT RASA_PORT DATABASE."""

import sys
from pathlib import Path

from bot.chat import ChatServer, create_app
from tests.integration.chat.chat_harness import content, settings

if __name__ == "__main__":
    port, rasa_port = int(sys.argv[1]), int(sys.argv[2])
    app = create_app(settings(port, rasa_port, Path(sys.argv[3]), silence_seconds=5), content())
    ChatServer(app, host="127.0.0.1", port=port).run()
