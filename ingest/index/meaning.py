"""The index of meaning: passages near to a vector, by language, in Chroma."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ingest.articles import Article
from ingest.encoder import Vectors
from ingest.ledger import KeptPassage
from ingest.periods import Period, days_of

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Item = TypeVar("Item")

_BATCH = 256  # records in one call; Chroma's own documentation asks for 50 to 250
_PREFIX = "passages-"  # a collection a language: no language can crowd out another

Entry = tuple[KeptPassage, Article, Vectors]
Hit = tuple[int, float]  # a passage's number, and its score: the higher, the nearer


@dataclass(frozen=True, slots=True)
class Meaning:
    """An open Chroma store; only its owner may hold one."""

    client: "Client"

    def add(self, entries: Sequence[Entry]) -> None:
        """Add passages, or put them in the place of those with the same numbers."""
        for language in sorted({article.language for _, article, _ in entries}):
            collection = self._collection(language)
            chosen = [entry for entry in entries if entry[1].language == language]
            for page in _pages(chosen, _BATCH):
                collection.upsert(
                    ids=[str(passage.number) for passage, _, _ in page],
                    embeddings=np.stack([vector for _, _, vector in page]).astype(np.float32),
                    metadatas=[_metadata(passage, article) for passage, article, _ in page],
                )

    def remove(self, article_numbers: Sequence[int]) -> None:
        """Take out every passage of some articles."""
        for collection in self._collections():
            for page in _pages(article_numbers, _BATCH):
                where: Any = {"article": {"$in": list(page)}}
                collection.delete(where=where)

    def nearest(
        self, vector: Vectors, language: str, count: int, period: Period | None
    ) -> list[Hit]:
        """Passages of one language nearest to a vector, with their cosine."""
        found = self._collection(language).query(
            query_embeddings=vector.astype(np.float32)[np.newaxis],
            n_results=count,
            where=_where(period),
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        numbers = map(int, found["ids"][0])
        return [(number, 1 - gap) for number, gap in zip(numbers, distances, strict=True)]

    def count(self) -> int:
        """Passages in all languages."""
        return sum(collection.count() for collection in self._collections())

    def close(self) -> None:
        """Let go of the store's files."""
        self.client.close()

    def _collection(self, language: str) -> "Collection":
        return self.client.get_or_create_collection(
            _PREFIX + language,
            embedding_function=None,  # ours are the only vectors; Chroma never loads a model
            configuration={"hnsw": {"space": "cosine"}},
        )

    def _collections(self) -> list["Collection"]:
        return [
            self._collection(collection.name.removeprefix(_PREFIX))
            for collection in self.client.list_collections()
        ]


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


def _metadata(passage: KeptPassage, article: Article) -> dict[str, Any]:
    first, last = days_of(article.published)
    return {
        "article": passage.article,
        "first_day": first,
        "last_day": last,
        "outlet": article.outlet,
        "kind": article.kind,
    }


def _where(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {
        "$and": [
            {"last_day": {"$gte": period.first_number}},
            {"first_day": {"$lte": period.last_number}},
        ]
    }


def _pages(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
