"""`python -m bot doctor`: what is missing, in words."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import typer


@dataclass(frozen=True)
class _Finding:
    name: str
    trouble: str | None
    """What to do; None where all is well."""
    is_needed: bool = True


def doctor() -> None:
    """Look at everything the assistant needs and say what is missing and how to get it; status 1 where something is."""
    ailing = False
    for finding in _examine():
        mark = "ok  " if finding.trouble is None else ("MISS" if finding.is_needed else "note")
        print(f"{mark}  {finding.name}" + (f": {finding.trouble}" if finding.trouble else ""))
        ailing = ailing or (finding.trouble is not None and finding.is_needed)
    if ailing:
        raise typer.Exit(1)


def _examine() -> Iterator[_Finding]:
    from bot.settings import ROOT, model_folder, read_settings

    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] == (3, 10)
    yield _Finding(f"Python {version}", None if good else "Rasa 3.6 needs Python 3.10; run `make environment`")
    yield _Finding("environment", _said(_check_packages))
    yield _Finding("settings (.env)", _said(lambda: read_settings()))
    yield _Finding("content (data/)", _said(_check_content))
    yield _Finding("sentence encoder", _said(_check_encoder))
    yield _Finding("model", _said(lambda: _check_model(ROOT, model_folder())))
    yield _Finding("ports", _said(_check_ports))
    yield _Finding(
        "widget", None if (ROOT / "bot/widget/dist/widget.js").is_file() else "run `npm run build` in bot/widget"
    )
    for program, use in (("chromium", "browser tests"), ("npm", "building the widget")):
        found = shutil.which(program) is not None
        yield _Finding(program, None if found else f"not installed; needed only for {use}", is_needed=False)


def _said(check: Callable[[], object]) -> str | None:
    from bot.core.errors import AssistantError

    try:
        check()
    except AssistantError as error:
        return str(error)
    return None


def _check_packages() -> None:
    from importlib.metadata import PackageNotFoundError, version

    from bot.core.errors import SettingsError

    for package in (
        "rasa",
        "spacy",
        "rapidfuzz",
        "python-dotenv",
        "scikit-learn",
        "starlette",
        "uvicorn",
        "sqlalchemy",
    ):
        try:
            version(package)
        except PackageNotFoundError as error:
            raise SettingsError(f"the package {package} is missing; run `make environment`") from error


def _check_content() -> None:
    from bot.clock import today
    from bot.content import read_content
    from bot.settings import ROOT

    read_content(ROOT, today=today())


def _check_encoder() -> None:
    from bot.encoder.loading import load_encoder
    from bot.settings import ROOT, encoder_model

    load_encoder(encoder_model(), ROOT)


def _check_model(root: Path, folder: Path) -> None:
    from bot.core.errors import ModelError
    from bot.model.archive import is_fresh, newest_model

    model = newest_model(folder)
    if not is_fresh(root, folder):
        raise ModelError(f"{model.name} is older than data/, the configuration or the code; run `python -m bot train`")


def _check_ports() -> None:
    from bot.settings import read_settings
    from bot.supervisor.ports import require_free

    settings = read_settings()
    require_free(settings.host, settings.port, "PORT")
    require_free("127.0.0.1", settings.rasa_port, "RASA_PORT")
