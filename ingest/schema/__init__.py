"""The schema of a ledger: made anew, or brought up from an older one by Alembic's revisions."""

from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, inspect, select, update

from ingest.engines import LedgerUnusableError
from ingest.tables import ARCHIVE, SCHEMA, facts, metadata, revisions

_FIRST = "1"  # what archives have that were made before there were revisions


def is_up(connection: Connection) -> bool:
    """Whether the tables are those of this program; LedgerUnusableError where they are newer."""
    held = _held(connection)
    if held is not None and int(held) > int(SCHEMA):
        raise LedgerUnusableError(
            f"the archive has schema {held}, this program knows those up to {SCHEMA}: "
            "use the newer depeche that it was opened with"
        )
    return held == SCHEMA


def bring_up(connection: Connection) -> None:
    """Make the tables, or upgrade them; within a transaction that nobody else writes beside."""
    if is_up(connection):
        return
    if not inspect(connection).has_table(facts.name):
        metadata.create_all(connection)
        connection.execute(facts.insert().values(name="schema", value=SCHEMA))
        connection.execute(facts.insert().values(name=ARCHIVE, value=token_hex(8)))
        connection.execute(revisions.insert().values(version_num=SCHEMA))
        return
    if _held(connection) is None:
        _adopt(connection)
    upgrade(connection)
    connection.execute(update(facts).where(facts.c.name == "schema").values(value=SCHEMA))


def upgrade(connection: Connection) -> None:
    """Run the revisions that are missing; from nothing, all of them."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    command.upgrade(config, SCHEMA)


def _held(connection: Connection) -> str | None:
    if not inspect(connection).has_table(revisions.name):
        return None
    held = connection.scalar(select(revisions.c.version_num))
    if held is not None and not held.isdecimal():
        raise LedgerUnusableError(f"the archive has a schema {held!r} that depeche never made")
    return held


def _adopt(connection: Connection) -> None:
    """Stamp an archive that was made before there were revisions; nothing else is written."""
    revisions.create(connection)
    connection.execute(revisions.insert().values(version_num=_FIRST))
    connection.execute(facts.insert().values(name=ARCHIVE, value=token_hex(8)))
