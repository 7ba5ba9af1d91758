"""Change the encoder: encode everything again while the old vectors answer, then swap at once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from shutil import rmtree

from sqlalchemy import Connection, delete, func, select

from ingest.archive import existing_ledger, opened_served
from ingest.encoder import Encoder
from ingest.index import build, place_of
from ingest.index.served import ChromaAwayError, open_served
from ingest.index.shelf import BOTH, WORDS, remove_others, seal
from ingest.ledger import Ledger
from ingest.locks import Claim, unused
from ingest.memory import give_back_memory
from ingest.owner import ArchiveOwnedError, owning
from ingest.passages import passage_for_search
from ingest.serving import KnownEncoder, serve_encoder, serving_encoder
from ingest.site import Where, site_of
from ingest.tables import encoders, passages, vectors

log = logging.getLogger(__name__)

_PAGE = 256  # passages encoded and kept at once: what a kill can cost


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a reindex did."""

    encoder: str
    encoded: int  # passages; those that an earlier, interrupted run encoded are not counted
    passages: int
    dropped: bool  # False: a running server still answers from the old vectors


def reindex(
    where: Where, opener: Callable[[], Encoder], notify: Callable[[int, int], None]
) -> Reindexed:
    """Let the encoder at hand serve an archive; `notify` hears passages done and passages in all.

    Killed at any moment it goes on where it stopped, and the old vectors answer until the end.
    """
    ledger = existing_ledger(where)
    claim = Claim(ledger, "reindex")

    def tell(done: int, whole: int) -> None:
        _hold(claim)
        notify(done, whole)

    try:
        _hold(claim)
        encoder = opener()
        known = ledger.enrol_encoder(encoder.fingerprint, encoder.name, encoder.dimension)
        encoded = _swap(where, ledger, encoder, known, tell)
        return Reindexed(known.name, encoded, ledger.vector_count(known), _drop(where, ledger))
    finally:
        claim.release()


def _hold(claim: Claim) -> None:
    """Be the only reindex, or stop: a restarted PostgreSQL may have let another one begin."""
    if not claim.take():
        raise ArchiveOwnedError("another depeche reindex is at work on this archive")


def _swap(
    where: Where,
    ledger: Ledger,
    encoder: Encoder,
    known: KnownEncoder,
    notify: Callable[[int, int], None],
) -> int:
    """Encode what lacks a vector, prepare an index, and swap once nothing lacks one."""
    encoded, prepared = 0, ledger.serving() == known
    while True:
        while page := _lacking(ledger, known):
            encoded += _encode(ledger, encoder, known, page)
            give_back_memory()
            notify(ledger.vector_count(known), ledger.holdings().passages)
        if not prepared:
            _prepare_index(where, ledger, known)
            prepared = True  # what comes later it follows when it is opened
        with ledger.writing() as connection:
            if not _count_lacking(connection, known):
                serve_encoder(connection, known.fingerprint)
                return encoded


def _lacking(ledger: Ledger, encoder: KnownEncoder) -> list[int]:
    """Some passages that have no vector of an encoder."""
    has = select(vectors.c.passage).where(vectors.c.encoder == encoder.number)
    query = select(passages.c.number).where(passages.c.number.not_in(has))
    with ledger.engine.connect() as connection:
        return list(connection.scalars(query.order_by(passages.c.number).limit(_PAGE)))


def _count_lacking(connection: Connection, encoder: KnownEncoder) -> int:
    has = select(vectors.c.passage).where(vectors.c.encoder == encoder.number)
    lacking = select(func.count()).select_from(passages).where(passages.c.number.not_in(has))
    return connection.scalar(lacking) or 0


def _encode(ledger: Ledger, encoder: Encoder, known: KnownEncoder, page: list[int]) -> int:
    kept = ledger.passages(page)
    articles = ledger.articles({each.article for each in kept.values()})
    texts = [passage_for_search(articles[each.article], each.passage) for each in kept.values()]
    rows = [
        {"passage": number, "encoder": known.number, "vector": vector.tobytes()}
        for number, vector in zip(kept, encoder.encode_passages(texts), strict=True)
    ]
    with ledger.writing() as connection:
        same = select(passages.c.number).where(passages.c.number.in_(page))
        still = set(connection.scalars(same))  # a new version may have replaced some meanwhile
        mine = vectors.c.encoder == known.number, vectors.c.passage.in_(page)
        still -= set(connection.scalars(select(vectors.c.passage).where(*mine)))
        rows = [row for row in rows if row["passage"] in still]
        if rows:
            connection.execute(vectors.insert(), rows)
    return len(rows)


def _prepare_index(where: Where, ledger: Ledger, encoder: KnownEncoder) -> None:
    """Build the index that will serve, beside the one that does; it follows what comes later."""
    site = site_of(where)
    place = place_of(site.folder / "index", encoder)
    generation = build(place, ledger, encoder, WORDS if site.chroma else BOTH)
    generation.close()
    seal(generation.folder)
    remove_others(place)
    with opened_served(where, ledger, encoder):
        pass  # opening is what fills it


def _drop(where: Where, ledger: Ledger) -> bool:
    """Remove the vectors and indexes of encoders that serve no more, unless a server uses them."""
    folder = site_of(where).folder
    with owning(folder, patience=0) as owner, unused(ledger) as alone:
        if owner and alone:
            _drop_served(where, ledger)
            with ledger.writing() as connection:
                served = serving_encoder(connection)
                former = encoders.c.number != (served.number if served else 0)
                gone = select(encoders.c.number).where(former)
                connection.execute(delete(vectors).where(vectors.c.encoder.in_(gone)))
                connection.execute(delete(encoders).where(former))
            for place in (folder / "index").iterdir():
                if served and place != place_of(folder / "index", served):
                    rmtree(place, ignore_errors=True)
    return owner and alone


def _drop_served(where: Where, ledger: Ledger) -> None:
    """Take what former encoders left off the Chroma server; where it is away it stays there."""
    address, served = site_of(where).chroma, ledger.serving()
    for former in ledger.encoders() if address else ():
        if address and former != served:
            try:
                open_served(address, ledger, former).clear()
            except ChromaAwayError as error:
                log.warning("the Chroma server keeps the vectors of %r: %s", former.name, error)
