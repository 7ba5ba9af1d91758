"""What each reader asked and was answered, until they delete it or its time is over."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from textwrap import shorten
from typing import Any

from sqlalchemy import Connection, delete, exists, or_, select, update

from ingest.dates import utc_now
from ingest.forgetting import scrub
from ingest.ledger import Ledger
from ui.conversation import Exchange
from ui.kept.tables import conversations, exchanges, make_tables
from ui.kept.writing import is_written, read_exchange, write_exchange

LONGEST_NAME = 120  # characters
_LISTED = 200  # conversations; older ones are found by a search


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation by its name."""

    id: str
    name: str
    touched: datetime  # when it was last asked in


@dataclass(frozen=True, slots=True)
class Conversations:
    """The conversations of all readers; each method sees those of one."""

    ledger: Ledger
    days: int  # that one is kept after its last question

    def begin(self, reader: str, question: str) -> str:
        """The id of a new conversation, named after its first question."""
        self.forget_old()
        name = shorten(question, LONGEST_NAME, placeholder="…") or question[:LONGEST_NAME]
        row = {"id": secrets.token_urlsafe(16), "reader": reader, "name": name}
        with self.ledger.beside() as connection:
            connection.execute(conversations.insert().values(row | {"touched": utc_now()}))
        return row["id"]

    def keep(self, reader: str, conversation: str, turn: int, exchange: Exchange) -> None:
        """Keep an exchange in the place of what stood there and after; not in a deleted one."""
        row = {"conversation": conversation, "turn": turn, "written": write_exchange(exchange)}
        replaced = exchanges.c.conversation == conversation, exchanges.c.turn >= turn
        with self.ledger.beside() as connection:
            touched = update(conversations).where(*_owned(reader, conversation))
            if connection.execute(touched.values(touched=utc_now())).rowcount:
                connection.execute(delete(exchanges).where(*replaced))
                connection.execute(exchanges.insert().values(row))

    def read(self, reader: str, conversation: str) -> tuple[Exchange, ...]:
        """The exchanges of a conversation; none where it is not this reader's."""
        query = select(exchanges.c.written).join(conversations)
        query = query.where(*_owned(reader, conversation)).order_by(exchanges.c.turn)
        with self.ledger.engine.connect() as connection:
            written = list(connection.scalars(query))
        return tuple(read_exchange(each, self.ledger) for each in written)

    def resume(
        self, reader: str, conversation: str, known: tuple[Exchange, ...]
    ) -> tuple[Exchange, ...]:
        """What a server knows of a conversation, or what was kept where another went on with it."""
        query = select(exchanges.c.turn, exchanges.c.written).join(conversations)
        query = query.where(*_owned(reader, conversation)).order_by(exchanges.c.turn.desc())
        with self.ledger.engine.connect() as connection:
            last = connection.execute(query.limit(1)).first()
        if last is None or (last.turn == len(known) and is_written(known[-1], last.written)):
            return known
        return self.read(reader, conversation)

    def find(self, reader: str, conversation: str) -> Listed | None:
        """One conversation of a reader."""
        query = select(conversations).where(*_owned(reader, conversation))
        with self.ledger.engine.connect() as connection:
            row = connection.execute(query).first()
        return _listed(row) if row else None

    def listed(self, reader: str, words: str = "") -> list[Listed]:
        """A reader's conversations whose name or text holds some words, the last one first."""
        said = exchanges.c.written.icontains(words, autoescape=True)
        inside = exists().where(exchanges.c.conversation == conversations.c.id, said)
        named = conversations.c.name.icontains(words, autoescape=True)
        query = select(conversations).where(conversations.c.reader == reader)
        query = query.where(conversations.c.touched >= self._oldest())
        found = query.where(or_(named, inside)) if words else query
        latest = found.order_by(conversations.c.touched.desc()).limit(_LISTED)
        with self.ledger.engine.connect() as connection:
            return [_listed(row) for row in connection.execute(latest)]

    def rename(self, reader: str, conversation: str, name: str) -> bool:
        """Give a conversation another name; whether there is such a one."""
        renamed = update(conversations).where(*_owned(reader, conversation))
        with self.ledger.beside() as connection:
            return bool(connection.execute(renamed.values(name=name[:LONGEST_NAME])).rowcount)

    def delete(self, reader: str, conversation: str) -> bool:
        """Delete a conversation; whether there was such a one."""
        with self.ledger.beside() as connection:
            return bool(_delete(connection, *_owned(reader, conversation)))

    def take_out_gone(self) -> None:
        """Write every exchange again, without the words of articles that are gone."""
        with self.ledger.writing() as connection:
            for row in connection.execute(select(exchanges)).all():
                written = write_exchange(read_exchange(row.written, self.ledger))
                this = exchanges.c.conversation == row.conversation, exchanges.c.turn == row.turn
                connection.execute(update(exchanges).where(*this).values(written=written))
        scrub(self.ledger)

    def forget_old(self) -> int:
        """Delete what was kept long enough; how many conversations."""
        with self.ledger.beside() as connection:
            return _delete(connection, conversations.c.touched < self._oldest())

    def _oldest(self) -> datetime:
        return utc_now() - timedelta(days=self.days)


def open_conversations(ledger: Ledger, days: int) -> Conversations:
    """The conversations in a ledger's database, their tables made where there are none."""
    make_tables(ledger)
    kept = Conversations(ledger, days)
    kept.forget_old()
    return kept


def _owned(reader: str, conversation: str) -> tuple[Any, ...]:
    return conversations.c.id == conversation, conversations.c.reader == reader


def _delete(connection: Connection, *which: Any) -> int:
    return connection.execute(delete(conversations).where(*which)).rowcount


def _listed(row: Any) -> Listed:
    touched = row.touched if row.touched.tzinfo else row.touched.replace(tzinfo=UTC)
    return Listed(row.id, row.name, touched)
