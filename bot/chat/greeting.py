"""The first message of every conversation."""

from datetime import datetime

from bot.chat.conversation import Offer, Utterance
from bot.content import Content
from bot.core.answers import fill
from bot.core.language import Language
from bot.core.opening_hours import IsHoliday


def greeting(content: Content, language: Language, now: datetime, is_holiday: IsHoliday) -> Utterance:
    """The reply `greet` in `language`, its figures as they are at `now` (aware), its follow-ups as buttons."""
    greet = content.answers["greet"]
    figures = content.company.fixed(language) | content.company.live(language, now, is_holiday)
    offers = tuple(Offer(content.answers[id_].title[language], id_) for id_ in greet.follow_up)
    return Utterance(fill(greet.text[language], figures), language, greet.id, offers)
