"""`python -m bot train`."""

from typing import Annotated

import typer


def train(
    force: Annotated[bool, typer.Option("--force", help="Train even where the model is fresh.")] = False,
) -> None:
    """Train the model from data/, config.yml and domain.yml, where any of them has changed."""
    from bot.model.train import train as train_model
    from bot.settings import ROOT, model_folder

    model = train_model(ROOT, model_folder(), force=force)
    print(f"Model: {model.relative_to(ROOT) if model.is_relative_to(ROOT) else model}")
