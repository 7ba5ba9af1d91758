"""The databases that a ledger may be in, each set to survive a kill at any moment."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

_WRITTEN = 65_536  # KiB of pages a writer holds: the bands of new articles lie all over the file
_DRIVERS = ("sqlite", "postgresql+psycopg")
_CONNECTIONS = 20  # that a process may hold open, and as many more for a moment

_POSTGRESQL = {  # https://www.postgresql.org/docs/current/libpq-connect.html
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 10,  # seconds
    "keepalives_interval": 5,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds that a server may leave bytes unanswered
}
# One writer at a time, so that the log of changes grows in the order in which it is committed.
_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' writing', 0))"


class LedgerUnusableError(Exception):
    """The ledger can't be opened, with what to do about it."""


def make_engine(address: str) -> Engine:
    """An engine for a SQLAlchemy address, or for the SQLite file at a path."""
    url = _url_of(address)
    if url.drivername == "sqlite":
        engine = create_engine(url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            connect_args=_POSTGRESQL | dict(url.query) | {"options": _options(url)},
        )
    except ModuleNotFoundError as error:
        raise LedgerUnusableError(
            "a ledger in PostgreSQL needs its driver: pip install 'depeche[postgresql]'"
        ) from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _options(url: URL) -> str:
    """What an address asks of a session, and moments that name their zone."""
    given = url.query.get("options", "")
    return f"{given if isinstance(given, str) else ' '.join(given)} -c timezone=UTC"


def check_address(address: str) -> str:
    """An address as it is; ValueError where it names no database that a ledger can be in."""
    _url_of(address)
    return address


def shown(engine: Engine) -> str:
    """An engine's address for people: without a password."""
    url = engine.url
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string()


def _url_of(address: str) -> URL:
    if "://" not in address:
        return make_url(f"sqlite:///{Path(address).resolve()}")
    try:
        url = make_url(address)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in _DRIVERS:
        scheme = address.partition("://")[0]  # the rest may hold a password
        raise ValueError(
            f"{scheme}:// is no ledger: name one such as postgresql+psycopg://reader@host/depeche"
        )
    return url


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set what makes SQLite survive a kill at any moment: https://sqlite.org/wal.html."""
    connection.isolation_level = None  # transactions begin where we say so, in `_begin_sqlite`
    for pragma in (
        "busy_timeout = 60000",  # milliseconds
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write")
    if writes:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITTEN}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("write"):
        connection.exec_driver_sql(_TURN)
