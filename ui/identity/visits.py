"""Visits of pages that keep no cookie: an opaque name in their address stands for the reader."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from ui.identity.reader import Reader

LASTS = 12 * 3600  # seconds: a long working day; then the portal is asked again who it is
_HELD = 20_000  # visits; the oldest goes first


@dataclass(frozen=True, slots=True)
class Visits:
    """Open visits by name, the oldest first; kept in memory, gone with the process."""

    clock: Callable[[], float] = monotonic
    held: dict[str, tuple[Reader, float]] = field(default_factory=dict)

    def begin(self, reader: Reader) -> str:
        """The name of a new visit."""
        while len(self.held) >= _HELD:
            del self.held[next(iter(self.held))]
        name = secrets.token_urlsafe(32)
        self.held[name] = reader, self.clock() + LASTS
        return name

    def reader(self, name: str) -> Reader | None:
        """Whose visit it is, as long as it lasts."""
        reader, until = self.held.get(name, (None, 0.0))
        return reader if self.clock() < until else None
