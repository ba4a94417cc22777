"""How figures are written in tables: a dash where there is nothing to measure."""


def percent(value: float | None) -> str:
    """A share, 0 to 1, in percent."""
    return "–" if value is None else f"{100 * value:.1f} %"


def number(value: float | None, digits: int) -> str:
    """A figure with so many digits behind the point."""
    return "–" if value is None else f"{value:.{digits}f}"
