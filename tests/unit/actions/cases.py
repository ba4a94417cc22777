"""Cases for the end date, as many as wanted and the same each time, with many near the days on which months begin."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from actions.rules.contract_end import ContractTerms, Customer, NoticePeriod, notice_period

_FIRST_IN_USE = date(1998, 1, 1)
_IN_USE_DAYS = 35 * 365
_LONGEST_IN_USE_DAYS = 15 * 365
_BEFORE_IN_USE_DAYS = 60


@dataclass(frozen=True)
class Case:
    """One contract and one notice, with the keys of `python -m actions end-date`."""

    customer: Customer
    in_use_since: date
    notice: date
    notice_months: int = 3
    fixed_term_months: int = 0
    billing_day: int | None = None

    def by_the_rule(self) -> NoticePeriod:
        """What the rule says."""
        terms = ContractTerms(
            customer=self.customer,
            in_use_since=self.in_use_since,
            notice_months=self.notice_months,
            fixed_term_months=self.fixed_term_months,
            billing_day=self.billing_day,
        )
        return notice_period(terms, self.notice)


def generated_cases(number: int, *, seed: int) -> Iterator[Case]:
    """`number` cases, half of them near a day on which things change. In use 1998–2033, notice up to 15 years later."""
    chance = random.Random(seed)
    for _ in range(number):
        in_use = _FIRST_IN_USE + timedelta(days=chance.randrange(_IN_USE_DAYS))
        notice = in_use + timedelta(days=chance.randint(-_BEFORE_IN_USE_DAYS, _LONGEST_IN_USE_DAYS))
        billing_day = chance.choice([None, 1, 28, 29, 30, 31, chance.randint(1, 31)])
        fixed_term = chance.choice([0, 0, 12, 12, chance.randint(1, 36)])
        if chance.random() < 0.5:
            in_use = _near(chance, in_use, chance.choice([1, 28, 29, 30, 31]))
            notice = _near(chance, notice, billing_day or in_use.day)
        if chance.random() < 0.25:
            notice = in_use + timedelta(days=chance.randint(-3, 400))
        yield Case(
            customer=chance.choice(("private", "business")),
            in_use_since=in_use,
            notice=notice,
            notice_months=chance.choice([3, 3, 3, chance.randint(1, 24)]),
            fixed_term_months=fixed_term,
            billing_day=billing_day,
        )


def _near(chance: random.Random, day: date, day_of_month: int) -> date:
    """At most two days from `day_of_month` in the month of `day`."""
    return day.replace(day=1) + timedelta(days=day_of_month - 1 + chance.choice([-2, -1, -1, 0, 0, 0, 1, 2]))
