"""`python -m bot`: the commands. Each imports what it needs when it runs, so that help is quick."""

import sys

import typer

from bot.commands import doctor, encoder, evaluate, faq, messages, parse, serve, talk, train
from bot.core.errors import AssistantError

app = typer.Typer(
    help="Keskustele kanssamme: the customer-service assistant.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.command("serve")(serve.serve)
app.command("train")(train.train)
app.command("talk")(talk.talk)
app.command("parse")(parse.parse)
app.command("evaluate")(evaluate.evaluate)
app.command("doctor")(doctor.doctor)
app.add_typer(faq.app, name="faq")
app.add_typer(encoder.app, name="encoder")
app.add_typer(messages.app, name="messages")


def main() -> None:
    """Run a command; an error that a person is meant to read ends with its message and status 1."""
    try:
        app()
    except AssistantError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
