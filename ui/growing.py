"""What grows in a thread, as the page is sent it: a step when something changed, else a beat."""

from collections.abc import AsyncGenerator, Generator
from contextlib import suppress
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from ui.events import Update

if TYPE_CHECKING:
    from anyio import CapacityLimiter

_BEAT = 2.0  # seconds; how long it may go unnoticed that a reader went away


async def grow(growing: Generator[Update], limiter: "CapacityLimiter") -> AsyncGenerator[Update]:
    """Yield each step that is another object than the last, or the same after a while.

    Each step that is sent costs the loop that all readers share; a thread waits for free.
    """
    from anyio.to_thread import run_sync

    left = Event()
    last: Update | None = None
    try:
        while step := await run_sync(
            _next_step, growing, last, left, limiter=limiter, abandon_on_cancel=True
        ):
            yield step
            last = step
    finally:
        left.set()
        _close(growing)


def _next_step(growing: Generator[Update], last: Update | None, left: Event) -> Update | None:
    began = monotonic()
    for step in growing:
        if left.is_set():
            _close(growing)
            return None
        if step is not last or monotonic() - began > _BEAT:
            return step
    return None


def _close(growing: Generator[Update]) -> None:
    """Stop the work, unless a thread is at it: that one closes it when it looks up."""
    with suppress(ValueError):
        growing.close()
