"""What must be single among all processes that share a ledger, wherever they run."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from ingest.ledger import Ledger
from ingest.owner import locked

_AGAIN = 0.1  # seconds between two tries for a lock that others hold
_SETTLED = 5.0  # seconds from a start of PostgreSQL: by then who had a lock has it again
_KEY = "hashtextextended(current_schema() || ' ' || :name, 0)"
_USE = "use"


@contextmanager
def exclusive(ledger: Ledger, name: str, patience: float) -> Iterator[bool]:
    """Whether this is the only process that has a name, for as long as the block lasts.

    Whoever dies or loses its connection has lost the name: the kernel or PostgreSQL frees it.
    """
    if ledger.engine.dialect.name == "sqlite":
        with locked(Path(str(ledger.engine.url.database)).parent, name, patience) as held:
            yield held
    else:
        with _advisory_lock(ledger, f"pg_try_advisory_lock({_KEY})", name, patience) as connection:
            yield connection is not None


@dataclass(slots=True)
class Claim:
    """A name that a process takes when nobody else has it, and keeps until it ends.

    A restarted PostgreSQL gives it to whoever asks first: `take` again before each use.
    """

    ledger: Ledger
    name: str
    shared: bool = False  # with others who share it
    _stack: ExitStack | None = None
    _connection: Connection | None = None

    def take(self) -> bool:
        """Whether this process has the name, now or still."""
        if self._stack is None or not self._lasts():
            self.release()
            stack = ExitStack()
            if not stack.enter_context(self._lock()):
                stack.close()
                return False
            self._stack = stack
        return True

    def release(self) -> None:
        """Let others have it."""
        stack, self._stack, self._connection = self._stack, None, None
        if stack:
            stack.close()

    @contextmanager
    def _lock(self) -> Iterator[bool]:
        if self.ledger.engine.dialect.name == "sqlite":
            with exclusive(self.ledger, self.name, patience=0) as held:
                yield held
            return
        attempt = f"pg_try_advisory_lock{'_shared' if self.shared else ''}({_KEY})"
        with _advisory_lock(self.ledger, attempt, self.name, patience=0) as self._connection:
            yield self._connection is not None

    def _lasts(self) -> bool:
        """Whether the connection lives: a restarted PostgreSQL has given the name away."""
        if self._connection is None:
            return self.ledger.engine.dialect.name == "sqlite"
        try:
            return bool(self._connection.scalar(text("SELECT 1")))
        except SQLAlchemyError:
            return False


@contextmanager
def in_use(ledger: Ledger) -> Iterator[Claim | None]:
    """Say that this process answers from a ledger on a server: `unused` is false meanwhile.

    The claim is to be taken again now and then. None where the ledger is a file: the folder's owner
    is known without.
    """
    if ledger.engine.dialect.name == "sqlite":
        yield None
        return
    claim = Claim(ledger, _USE, shared=True)
    try:
        _take_patiently(claim, patience=60)
        yield claim
    finally:
        claim.release()


@contextmanager
def unused(ledger: Ledger) -> Iterator[bool]:
    """Whether no process anywhere answers from a ledger on a server.

    Just after a start of PostgreSQL it waits: who answers has not said so again yet.
    """
    if ledger.engine.dialect.name == "sqlite":
        yield True
        return
    sleep(max(0.0, _SETTLED - _runs_since(ledger)))
    with exclusive(ledger, _USE, patience=0) as alone:
        yield alone


def _take_patiently(claim: Claim, patience: float) -> None:
    until = monotonic() + patience
    while not claim.take() and monotonic() < until:
        sleep(_AGAIN)


def _runs_since(ledger: Ledger) -> float:
    """Seconds since PostgreSQL was started."""
    query = "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())"
    with ledger.engine.connect() as connection:
        return float(connection.scalar(text(query)) or 0)


@contextmanager
def _advisory_lock(
    ledger: Ledger, attempt: str, name: str, patience: float
) -> Iterator[Connection | None]:
    """The connection that holds a lock of PostgreSQL's as long as it lasts; None without one."""
    with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = _try(connection, attempt, name, patience)
        try:
            yield connection if held else None
        finally:
            with suppress(SQLAlchemyError):  # a server that is gone holds no lock
                connection.execute(text("SELECT pg_advisory_unlock_all()"))
            connection.invalidate()


def _try(connection: Connection, attempt: str, name: str, patience: float) -> bool:
    until = monotonic() + patience
    while not connection.scalar(text(f"SELECT {attempt}"), {"name": name}):
        if monotonic() >= until:
            return False
        sleep(_AGAIN)
    return True
