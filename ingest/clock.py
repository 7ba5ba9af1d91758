"""What time it is, for what must not be said too early."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from ingest.dates import utc_now

Clock = Callable[[], datetime]


def steady_clock(wall: Clock = utc_now, elapsed: Callable[[], float] | None = None) -> Clock:
    """A clock that a machine's clock set forward can't hurry: at most the time that has passed.

    A machine's clock set back holds it back too, so an embargo ends late rather than early.
    """
    passed = elapsed or _seconds_since_boot
    started, mark = wall(), passed()
    return lambda: min(wall(), started + timedelta(seconds=passed() - mark))


def _seconds_since_boot() -> float:
    """Seconds that no setting of the clock moves; sleep counts where the system can tell."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
