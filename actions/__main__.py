"""`python -m actions`: the commands on the customer's contract. Importing this starts nothing."""

import typer

from actions.commands import end_date

app = typer.Typer(help="The rules of the customer's contract.", no_args_is_help=True, pretty_exceptions_enable=False)
app.command("end-date")(end_date.end_date)


@app.callback()
def _commands() -> None:
    """Keeps `end-date` a command of its own while it is the only one."""


if __name__ == "__main__":
    app()
