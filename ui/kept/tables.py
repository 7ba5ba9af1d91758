"""The tables of what readers asked, beside those of the ledger."""

from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, MetaData, Table, func

from ingest.columns import Words
from ingest.ledger import Ledger

LATELY = func.extract("epoch", func.clock_timestamp())  # seconds since 1970, by one clock

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", Words(22), primary_key=True),  # cannot be guessed
    Column("reader", Words, nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("touched", DateTime(timezone=True), nullable=False, index=True),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("written", Words, nullable=False),  # JSON, articles by reference
)

drafts = Table(  # readers' verdicts, where the ledger is on a server; else they are in a file
    "drafts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("line", Words, nullable=False),  # JSON, as `depeche eval` reads it
)

spent = Table(  # what readers asked lately, where several servers count together
    "spent",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Words, nullable=False, index=True),
    Column("moment", Float, nullable=False),  # seconds since 1970, by the database's clock
)

visits = Table(  # of portals that keep no cookie, where several servers know them
    "visits",
    metadata,
    Column("digest", Words(64), primary_key=True),  # SHA-256 of the name that the portal has
    Column("reader", Words, nullable=False),  # JSON
    Column("until", Float, nullable=False, index=True),  # seconds since 1970, by the same clock
)


def make_tables(ledger: Ledger) -> None:
    """Make the tables where there are none."""
    kept = [conversations, exchanges]
    if ledger.engine.dialect.name != "sqlite":
        kept += [drafts, spent, visits]
    with ledger.writing() as connection:
        metadata.create_all(connection, tables=kept)
