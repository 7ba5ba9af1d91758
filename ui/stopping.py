"""The end of a server: first no new question is taken, then no answer goes on."""

from dataclasses import dataclass, field
from threading import Event, Timer

_FAREWELL = 5.0  # seconds before its end, in which every answer says so and is kept


@dataclass(frozen=True, slots=True)
class Stopping:
    """How far a server has come in stopping."""

    begun: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)  # what still grows ends with what it has

    def begin(self, grace: float) -> None:
        """Take no new question; let answers grow, and have them ended after so many seconds."""
        if self.begun.is_set():
            return
        self.begun.set()
        timer = Timer(max(grace - _FAREWELL, grace / 2), self.over.set)
        timer.daemon = True
        timer.start()
