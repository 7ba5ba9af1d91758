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
    """A name that a process takes when nobody else has it, and keeps until it ends."""

    ledger: Ledger
    name: str
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
        attempt = f"pg_try_advisory_lock({_KEY})"
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
def in_use(ledger: Ledger) -> Iterator[None]:
    """Say that this process answers from a ledger on a server: `unused` is false meanwhile."""
    if ledger.engine.dialect.name == "sqlite":  # the folder's owner is known without
        yield
        return
    with _advisory_lock(ledger, f"pg_try_advisory_lock_shared({_KEY})", _USE, patience=60):
        yield


@contextmanager
def unused(ledger: Ledger) -> Iterator[bool]:
    """Whether no process anywhere answers from a ledger on a server."""
    if ledger.engine.dialect.name == "sqlite":
        yield True
        return
    with exclusive(ledger, _USE, patience=0) as alone:
        yield alone


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
