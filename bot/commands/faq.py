"""`python -m bot faq`: check and show what the assistant can say."""

import sys

import typer

app = typer.Typer(help="Check and show what the assistant can say.", no_args_is_help=True)


@app.command("check")
def check() -> None:
    """Hold data/faq, data/replies and data/company.yml against the rules; status 1 where one is broken."""
    from bot.clock import today
    from bot.content.reader import scan_content
    from bot.settings import ROOT

    _, answers, problems = scan_content(ROOT, today=today())
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} to mend.", file=sys.stderr)
        raise typer.Exit(1)
    replies = sum(answer.is_reply for answer in answers)
    print(f"{len(answers) - replies} answers and {replies} replies, each in both languages.")


@app.command("show")
def show(answer_id: str) -> None:
    """Show one answer as customers read it now, in both languages."""
    from bot.clock import is_finnish_holiday, now, today
    from bot.content import read_content
    from bot.core.answers import fill
    from bot.core.errors import ContentError
    from bot.core.language import LANGUAGES
    from bot.settings import ROOT

    content = read_content(ROOT, today=today())
    answer = content.answers.get(answer_id)
    if answer is None:
        raise ContentError(f"There is no answer {answer_id!r}. The ids: {', '.join(content.answers)}")
    print(f"{answer.id}  ({answer.file})")
    if not answer.is_reply:
        print(
            f"source: {answer.source}; checked {answer.checked}; valid until {answer.valid_until}; owner {answer.owner}"
        )
    for language in LANGUAGES:
        figures = content.company.fixed(language) | content.company.live(language, now(), is_finnish_holiday)
        print(f"\n[{language}] {answer.title[language]}")
        for question in answer.questions[language]:
            print(f"  ? {question}")
        print(fill(answer.text[language], figures))
        for other in answer.follow_up:
            print(f"  [ {content.answers[other].title[language]} ]")
