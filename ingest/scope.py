"""Which articles a search looks at."""

from collections.abc import Collection
from dataclasses import dataclass

from ingest.articles import Article, Kind
from ingest.periods import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice of articles; None leaves all of them in."""

    period: Period | None = None  # of publication
    outlets: Collection[str] | None = None
    kinds: Collection[Kind] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no article can be among those chosen."""
        return any(chosen is not None and not chosen for chosen in (self.outlets, self.kinds))

    def holds(self, article: Article) -> bool:
        """Whether an article is among those chosen."""
        return (
            (self.period is None or self.period.covers(article.published))
            and (self.outlets is None or article.outlet in self.outlets)
            and (self.kinds is None or article.kind in self.kinds)
        )


EVERYTHING = Scope()
