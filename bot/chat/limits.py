"""How fast one client may send: a token bucket. Pure: the time is an argument, in seconds of any steady clock."""

from dataclasses import dataclass, field
from typing import Final

MESSAGES_PER_SECOND: Final = 1.0
BURST: Final = 5
"""More than these are refused with 429 (acceptance row 26); a person who types quickly sends two or three at once."""
_TIDY_AFTER: Final = 10_000
"""With so many clients in memory, those who have been silent long enough to be full again are forgotten."""


@dataclass(frozen=True)
class Bucket:
    """How many messages may pass at `at`."""

    tokens: float
    at: float


@dataclass
class Limiter:
    """One bucket for each client."""

    per_second: float = MESSAGES_PER_SECOND
    burst: int = BURST
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def wait_for(self, client: str, now: float) -> float:
        """0 where a message of `client` may pass now, which is then counted; otherwise the seconds until one may."""
        tokens = self._tokens(self._buckets.get(client, Bucket(self.burst, now)), now)
        if tokens < 1:
            return (1 - tokens) / self.per_second
        if len(self._buckets) >= _TIDY_AFTER:
            self._forget_full(now)
        self._buckets[client] = Bucket(tokens - 1, now)
        return 0.0

    def _tokens(self, bucket: Bucket, now: float) -> float:
        passed = max(0.0, now - bucket.at)
        return min(float(self.burst), bucket.tokens + passed * self.per_second)

    def _forget_full(self, now: float) -> None:
        self._buckets = {c: b for c, b in self._buckets.items() if self._tokens(b, now) < self.burst}
