"""The index of meaning: passages near to a vector, by language, in Chroma."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.articles import Article
from ingest.encoder import Vectors
from ingest.ledger import KeptPassage
from ingest.pages import pages
from ingest.periods import days_of
from ingest.scope import EVERYTHING, Scope
from ingest.tracing import span

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

    from ingest.index.remote import Remote

_BATCH = 256  # records in one call; Chroma's own documentation asks for 50 to 250
_SYNC = 1000  # records between two writes of the graph: each is a moment a kill can tear
_COMPARED = 400  # candidates of a search: of half a million's nearest 50 it finds .99, with 100 .84
_PREFIX = "passages-"  # a collection a language: no language can crowd out another

Entry = tuple[KeptPassage, Article, Vectors]
Hit = tuple[int, float]  # a passage's number, and its score: the higher, the nearer


class IndexDamagedError(Exception):
    """A store gave way or holds what is not ours; the ledger has what it takes to build another."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """An open Chroma store; only its owner may hold one that is in a folder."""

    client: "Client | Remote"
    prefix: str = _PREFIX
    known: "dict[str, Collection]" = field(default_factory=dict)  # by language, asked for once

    def add(self, entries: Sequence[Entry]) -> None:
        """Add passages, or put them in the place of those with the same numbers."""
        for language in sorted({article.language for _, article, _ in entries}):
            collection = self._collection(language)
            chosen = [entry for entry in entries if entry[1].language == language]
            for page in pages(chosen, _BATCH):
                collection.upsert(
                    ids=[str(passage.number) for passage, _, _ in page],
                    embeddings=_usable(np.stack([vector for _, _, vector in page])),
                    metadatas=[_metadata(passage, article) for passage, article, _ in page],
                )

    def remove(self, article_numbers: Sequence[int]) -> None:
        """Take out every passage of some articles."""
        for collection in self._collections():
            for page in pages(article_numbers, _BATCH):
                where: Any = {"article": {"$in": list(page)}}
                collection.delete(where=where)

    def nearest(self, vector: Vectors, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Passages of one language nearest to a vector, with their cosine."""
        compared = max(count, _COMPARED)
        return self.nearest_to_each(vector[np.newaxis], language, compared, scope)[0][:count]

    def nearest_to_each(
        self, vectors: Vectors, language: str, count: int, scope: Scope | None = None
    ) -> list[list[Hit]]:
        """What `nearest` finds for each of several vectors."""
        usable = _usable(vectors)
        with _naming_damage():
            found = self._collection(language).query(
                query_embeddings=usable,
                n_results=count,
                where=_where(scope or EVERYTHING),
                include=["distances"],
            )
        return [
            [(int(number), 1 - gap) for number, gap in zip(numbers, gaps, strict=True)]
            for numbers, gaps in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def held(self, numbers: Sequence[int], language: str) -> dict[int, Any]:
        """Vectors as the graph holds them, by the passage's number."""
        collection = self._collection(language)
        held: dict[int, Any] = {}
        for page in pages(numbers, _BATCH):
            found = collection.get(ids=[str(number) for number in page], include=["embeddings"])
            vectors: Any = found["embeddings"]
            held |= {int(number): vectors[row] for row, number in enumerate(found["ids"])}
        return held

    def count(self) -> int:
        """Passages in all languages."""
        return sum(self.counts().values())

    def counts(self) -> dict[str, int]:
        """Passages by language."""
        collections = self._collections()
        return {each.name.removeprefix(self.prefix): each.count() for each in collections}

    def refuse_strangers(self) -> None:
        """Raise IndexDamagedError for a collection that would make Chroma load a model.

        `Collection.configuration` itself builds the function it names (CVE-2026-45829): its raw
        JSON is read instead.
        """
        for collection in self.client.list_collections():
            function = collection.configuration_json.get("embedding_function") or {}
            ours = function.get("type", "legacy") == "legacy"
            if not ours or not collection.name.startswith(self.prefix):
                raise IndexDamagedError(f"the collection {collection.name!r} is not ours")

    def close(self) -> None:
        """Let go of the store's files."""
        self.client.close()

    def _collection(self, language: str) -> "Collection":
        if language not in self.known:
            self.known[language] = self.client.get_or_create_collection(
                self.prefix + language,
                embedding_function=None,  # ours are the only vectors; Chroma never loads a model
                configuration={"hnsw": {"space": "cosine", "sync_threshold": _SYNC}},
            )
        return self.known[language]

    def _collections(self) -> list["Collection"]:
        return [
            self._collection(collection.name.removeprefix(self.prefix))
            for collection in self.client.list_collections()
        ]


@span("open meaning")
def open_meaning(folder: Path) -> Meaning:
    """Open the Chroma store in a folder, making it where none is."""
    from chromadb.api.client import Client
    from chromadb.config import Settings

    settings = Settings(
        is_persistent=True,
        persist_directory=str(folder),
        anonymized_telemetry=False,
        allow_reset=False,
    )
    return Meaning(Client(settings=settings))


@contextmanager
def _naming_damage() -> Iterator[None]:
    """Give whatever the store raises one name; a panic of Rust's is no Exception by itself."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise IndexDamagedError(f"{type(error).__name__}: {error}") from error


def _usable(vectors: Vectors) -> Any:
    """Vectors for Chroma, which takes NaN and nothing for a direction and answers at random."""
    lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
    if not (np.isfinite(lengths) & (lengths > 0)).all():
        raise ValueError("a vector without a direction fits nothing: it is zero or not finite")
    return vectors.astype(np.float32)


def _metadata(passage: KeptPassage, article: Article) -> dict[str, Any]:
    first, last = days_of(article.published)
    return {
        "article": passage.article,
        "first_day": first,
        "last_day": last,
        "outlet": article.outlet,
        "kind": article.kind,
    }


def _where(scope: Scope) -> dict[str, Any] | None:
    """What Chroma asks of the passages of a scope; it takes `$and` of two or more only."""
    asked: list[dict[str, Any]] = []
    if scope.period:
        asked.append({"last_day": {"$gte": scope.period.first_number}})
        asked.append({"first_day": {"$lte": scope.period.last_number}})
    if scope.outlets is not None:
        asked.append({"outlet": {"$in": [*scope.outlets]}})
    if scope.kinds is not None:
        asked.append({"kind": {"$in": [*scope.kinds]}})
    return {"$and": asked} if len(asked) > 1 else next(iter(asked), None)
