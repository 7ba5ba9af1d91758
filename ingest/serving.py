"""Which encoder's vectors answer: a fact of the ledger, so that no two are ever mixed."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, select

from ingest.tables import encoders, facts

_SERVING = "serving encoder"  # the fact that holds a fingerprint


class EncoderReplacedError(Exception):
    """Vectors of an encoder that a reindex replaced while they were made."""


@dataclass(frozen=True, slots=True)
class KnownEncoder:
    """An encoder whose vectors the ledger holds."""

    number: int
    fingerprint: str
    name: str
    dimension: int


def known_encoder(connection: Connection, fingerprint: str) -> KnownEncoder | None:
    """The ledger's entry for an encoder."""
    return _find(connection, encoders.c.fingerprint == fingerprint)


def serving_encoder(connection: Connection) -> KnownEncoder | None:
    """The encoder that serves; None as long as nothing was encoded."""
    name = select(facts.c.value).where(facts.c.name == _SERVING)
    return _find(connection, encoders.c.fingerprint == name.scalar_subquery())


def serve_encoder(connection: Connection, fingerprint: str) -> None:
    """Let the vectors of one encoder answer from this transaction on."""
    connection.execute(delete(facts).where(facts.c.name == _SERVING))
    connection.execute(facts.insert().values(name=_SERVING, value=fingerprint))


def hold_to_serving(connection: Connection, encoder: KnownEncoder) -> None:
    """Let the first encoder serve; raise EncoderReplacedError for any but the one that does."""
    served = serving_encoder(connection)
    if served is None:
        serve_encoder(connection, encoder.fingerprint)
    elif served != encoder:
        raise EncoderReplacedError(
            f"the encoder {served.name!r} took over meanwhile: run the same command again with it"
        )


def _find(connection: Connection, which: ColumnElement[bool]) -> KnownEncoder | None:
    row = connection.execute(select(encoders).where(which)).first()
    return KnownEncoder(*row) if row else None
