"""From articles to what the ledger keeps of them: cut and encoded, by whichever engine."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from ingest.articles import Article
from ingest.encoder import Encoder
from ingest.ledger import Ledger
from ingest.passages import cut_passages, passage_for_search
from ingest.tracing import span
from ingest.versions import Prepared


class Engine(Protocol):
    """What cuts articles and encodes them, while more are read or when their turn has come."""

    @property
    def ahead(self) -> int:
        """Batches that may be begun before the first of them is kept."""

    def begin(self, articles: Sequence[Article]) -> Any:
        """Start on those of a batch that seem to be new; what `end` is to be given."""

    def end(self, begun: Any, articles: Sequence[Article]) -> list[Prepared]:
        """Those that are new indeed, ready to be kept."""


OpenEngine = Callable[
    [Ledger, Callable[[], Encoder], Callable[[], Encoder]], AbstractContextManager[Engine]
]


@dataclass(frozen=True, slots=True)
class Here:
    """The engine of one process: every batch in its turn."""

    encoder: Callable[[], Encoder]
    ahead: int = 0

    def begin(self, _articles: Sequence[Article]) -> None:
        """Wait for the turn."""

    def end(self, _begun: None, articles: Sequence[Article]) -> list[Prepared]:
        """Cut and encode."""
        return prepare(articles, self.encoder())


def prepare(articles: Sequence[Article], encoder: Encoder) -> list[Prepared]:
    """Cut articles into passages and encode them all at once."""
    cut = [tuple(cut_passages(article.text)) if article.quotable else () for article in articles]
    texts = [
        passage_for_search(article, passage)
        for article, passages in zip(articles, cut, strict=True)
        for passage in passages
    ]
    vectors = iter(encoder.encode_passages(texts))
    return [
        Prepared(article, passages, tuple(islice(vectors, len(passages))))
        for article, passages in zip(articles, cut, strict=True)
    ]


@span("look up")
def new_among(ledger: Ledger, articles: Sequence[Article]) -> list[Article]:
    """Those of some articles that the ledger does not hold word for word."""
    held = ledger.unchanged(articles)
    return [article for article in articles if (article.id, article.fingerprint) not in held]
