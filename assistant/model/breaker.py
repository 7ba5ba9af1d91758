"""A circuit breaker: a model that keeps failing is left alone for a while."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from assistant.model.failure import ModelFailedError
from assistant.model.limits import Limits


class Breaker:
    """Counts failures in a row; after a rest it lets one question through to try the model."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._rests_until = 0.0
        self._tried = False

    @property
    def resting(self) -> float:
        """Seconds for which the model is still left alone; 0 while it is asked."""
        with self._lock:
            tired = self._failures >= self._limits.failures
            return max(0.0, self._rests_until - self._clock()) if tired else 0.0

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Count what happens in the block; raise ModelFailedError at once while the model rests."""
        if not self._lets_through():
            raise ModelFailedError("resting")
        try:
            yield
        except ModelFailedError:
            self._count_failure()
            raise
        else:
            self._failures = 0
        finally:  # also where the reader went away, which says nothing about the model
            self._tried = False

    def _lets_through(self) -> bool:
        with self._lock:
            if self._failures < self._limits.failures:
                return True
            if self._tried or self._clock() < self._rests_until:
                return False
            self._tried = True
            return True

    def _count_failure(self) -> None:
        with self._lock:
            self._failures += 1
            self._rests_until = self._clock() + self._limits.rest
