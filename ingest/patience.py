"""Wait for a server that is away: a restart of a database costs an ingest a pause, not the run."""

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from ingest.ledger import Ledger

log = logging.getLogger(__name__)

PATIENCE = 120.0  # seconds that an ingest waits for its ledger to come back
_FIRST, _LONGEST = 0.2, 5.0  # seconds between two tries

Result = TypeVar("Result")


def patiently(ledger: Ledger, attempt: Callable[[], Result]) -> Result:
    """What an attempt gives, made again as long as the ledger's server is away.

    It must do no harm to make it twice: an answer may be lost after the work was done.
    """
    from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

    if ledger.engine.dialect.name == "sqlite":
        return attempt()
    return Retrying(
        retry=retry_if_exception(_is_away),
        wait=wait_random_exponential(_FIRST, _LONGEST),
        stop=stop_after_delay(PATIENCE),
        before_sleep=lambda _: log.warning("the ledger does not answer: trying again"),
        reraise=True,
    )(attempt)


def _is_away(error: BaseException) -> bool:
    return isinstance(error, OperationalError)
