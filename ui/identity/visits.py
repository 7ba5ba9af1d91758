"""Visits of pages that keep no cookie: an opaque name in their address stands for the reader."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from ui.identity.reader import Reader

LASTS = 12 * 3600  # seconds: a long working day; then the portal is asked again who it is
_HELD = 20_000  # visits; the oldest goes first


class Shared(Protocol):
    """Where several servers keep visits together."""

    def keep(self, name: str, reader: Reader) -> None:
        """Keep a new visit."""

    def find(self, name: str) -> tuple[Reader, float] | None:
        """Whose visit it is, and how many seconds it lasts."""


@dataclass(frozen=True, slots=True)
class Visits:
    """Open visits by name, the oldest first; those that only memory has are gone with it."""

    clock: Callable[[], float] = monotonic
    held: dict[str, tuple[Reader, float]] = field(default_factory=dict)
    shared: Shared | None = None

    def begin(self, reader: Reader) -> str:
        """The name of a new visit."""
        name = secrets.token_urlsafe(32)
        if self.shared:
            self.shared.keep(name, reader)
        self._hold(name, reader, LASTS)
        return name

    def reader(self, name: str) -> Reader | None:
        """Whose visit it is, as long as it lasts."""
        if name not in self.held and self.shared and (found := self.shared.find(name)):
            self._hold(name, *found)
        reader, until = self.held.get(name, (None, 0.0))
        return reader if self.clock() < until else None

    def _hold(self, name: str, reader: Reader, seconds: float) -> None:
        while len(self.held) >= _HELD:
            self.held.pop(next(iter(self.held)), None)
        self.held[name] = reader, self.clock() + seconds
