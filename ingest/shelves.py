"""What an archive holds, shelf by shelf: outlets, languages, and months of publication."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select

from ingest.ledger import Ledger
from ingest.tables import articles, versions


@dataclass(frozen=True, slots=True)
class Shelves:
    """Articles not withdrawn, counted; the fullest outlets and languages first."""

    outlets: dict[str, int]
    languages: dict[str, int]
    months: dict[str, int]  # "2024-01", in their order; what is dated by its year alone is left out

    def open_to(self, may_read: Callable[[str], bool]) -> "Shelves":
        """The same with only the outlets that somebody may read."""
        return replace(
            self, outlets={name: n for name, n in self.outlets.items() if may_read(name)}
        )


def count_shelves(ledger: Ledger) -> Shelves:
    """Count the articles of a ledger."""
    month = func.substr(versions.c.published, 1, 7)
    months = {name: count for name, count in _counts(ledger, month).items() if len(name) == 7}
    return Shelves(
        _counts(ledger, versions.c.outlet),
        _counts(ledger, versions.c.language),
        dict(sorted(months.items())),
    )


def _counts(ledger: Ledger, shelf: ColumnElement[str]) -> dict[str, int]:
    count = func.count()
    query = select(shelf, count).join_from(
        articles, versions, articles.c.version == versions.c.number
    )
    query = query.where(versions.c.status != "withdrawn", shelf.is_not(None))
    with ledger.engine.connect() as connection:
        rows = connection.execute(query.group_by(shelf).order_by(count.desc(), shelf))
        return {row[0]: row[1] for row in rows}
