"""The private Rasa server as a child process: started, watched, started again, stopped."""

import asyncio
import sys
import time
from asyncio.subprocess import Process
from pathlib import Path
from typing import Final

import httpx
import structlog

from bot.core.errors import ModelError
from bot.model.train import rasa_environment
from bot.settings import Settings

_LOG = structlog.get_logger(__name__)
_START_SECONDS: Final = 90.0
_POLL_SECONDS: Final = 0.2
_STOP_SECONDS: Final = 5.0
_LONGEST_PAUSE_SECONDS: Final = 30.0
_LAST_WORDS: Final = 12


class RasaProcess:
    """One Rasa server on the loopback interface with one model; its output goes to `log_file`."""

    def __init__(self, root: Path, settings: Settings, model: Path, log_file: Path) -> None:
        self._root = root
        self._settings = settings
        self._model = model
        self._log_file = log_file
        self._process: Process | None = None

    async def start(self) -> None:
        """Start and wait until the model answers. Raises `ModelError` with Rasa's last words where it does not."""
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "rasa",
                "run",
                *("--model", str(self._model), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
                *("--interface", "127.0.0.1", "--port", str(self._settings.rasa_port)),
                cwd=self._root,
                env=rasa_environment() | {"RASA_SHARED_SECRET": self._settings.rasa_shared_secret},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            await self._wait_until_ready(self._process)
        except BaseException:
            await self.stop()
            raise

    async def keep_running(self) -> None:
        """Start it again whenever it ends, with growing pauses; runs until cancelled."""
        pause = 1.0
        while True:
            started = time.monotonic()
            if self._process is not None:
                status = await self._process.wait()
                _LOG.error("rasa.ended", status=status)
            if time.monotonic() - started > _LONGEST_PAUSE_SECONDS:
                pause = 1.0
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            try:
                await self.start()
                _LOG.info("rasa.restarted")
            except ModelError as error:
                _LOG.error("rasa.not_restarted", reason=str(error))

    async def stop(self) -> None:
        """Stop it, by force where it does not end by itself."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except asyncio.TimeoutError:
            process.kill()
            await process.wait()

    async def _wait_until_ready(self, process: Process) -> None:
        headers = {"Authorization": f"Bearer {self._settings.rasa_shared_secret}"}
        deadline = time.monotonic() + _START_SECONDS
        async with httpx.AsyncClient(base_url=self._settings.rasa_url, headers=headers, timeout=2.0) as client:
            while time.monotonic() < deadline:
                if process.returncode is not None:
                    raise ModelError(f"Rasa ended with status {process.returncode}. {self._last_words()}")
                try:
                    answer = await client.get("/webhooks/turn/ready")
                except httpx.TransportError:
                    await asyncio.sleep(_POLL_SECONDS)
                    continue
                if answer.status_code == 200:
                    return
                # Rasa listens only after it has tried to load the model, and goes on without one
                raise ModelError(
                    f"Rasa could not load {self._model.name}. Train anew: python -m bot train --force. "
                    f"{self._last_words()}"
                )
        raise ModelError(f"Rasa was not ready after {_START_SECONDS:.0f} s. {self._last_words()}")

    def _last_words(self) -> str:
        lines = self._log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_WORDS:]
        return f"The end of {self._log_file}:\n" + "\n".join(lines)
