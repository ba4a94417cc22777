"""The tree of what the rules refuse: each message names the field and the remedy."""


class RuleError(Exception):
    """Base of every refusal of a rule."""


class ContractTermsError(RuleError):
    """A contract's terms make no sense: the message names the field as it is called in `ContractTerms`."""


class BeyondCalendarError(RuleError):
    """A contract would end after the year 9999, the last one that a date can hold."""
