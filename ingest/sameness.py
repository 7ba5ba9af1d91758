"""Whether an article that comes under a new id is an old one in a new version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from ingest.articles import Article
from ingest.copies import Overlap, compare_texts
from ingest.dates import NewsDate
from ingest.stories import Likeness
from ingest.tables import articles, is_last, versions

_AT_ONE_ADDRESS = 0.3  # of the shorter text: an address may serve another article tomorrow
_IN_ONE_OUTLET = 0.7  # of the shorter text: below are columns that open alike every week
_DAYS = 3  # between versions of one story
_EXCERPT = 0.5  # of the held text's length: what is shorter sums it up and must not replace it


def find_same(connection: Connection, article: Article, likeness: Likeness) -> int | None:
    """The article in the ledger that this is a version of, by address or as the same story."""
    if not likeness.overlaps and not _names_an_article(article.url):
        return None
    same = [
        row.article
        for row in _last_versions(connection, article, likeness.overlaps)
        if _is_version(article, row, likeness.overlaps)
    ]
    return max(same, default=None)


def surely_older(article: Article, last: NewsDate | None) -> bool:
    """Whether it can only have come before the last version; a withdrawal is never late."""
    stamp = article.updated or article.published
    if stamp is None or last is None or not article.quotable:
        return False
    if stamp.precision == last.precision == "minute":
        one, other = (datetime.fromisoformat(each.text) for each in (stamp, last))
        if one.tzinfo and other.tzinfo:
            return one < other
    return stamp.last_day < last.first_day


def _last_versions(
    connection: Connection, article: Article, overlaps: Mapping[int, Overlap]
) -> list[Row[Any]]:
    wanted: list[ColumnElement[bool]] = [versions.c.article.in_(list(overlaps))]
    if _names_an_article(article.url):
        wanted.append(versions.c.url == article.url)
    query = select(versions).join(articles, is_last)
    return list(connection.execute(query.where(or_(*wanted))))


def _names_an_article(url: str) -> bool:
    """Whether an address is more than a site's front page."""
    parts = urlsplit(url) if "://" in url else None
    return parts is not None and bool(parts.path.strip("/") or parts.query)


def _is_version(article: Article, row: Row[Any], overlaps: Mapping[int, Overlap]) -> bool:
    at_address = row.url == article.url and _names_an_article(article.url)
    if at_address and not article.quotable:
        return True
    overlap = overlaps.get(row.article) or compare_texts(article.text, row.text)
    if len(article.text) < _EXCERPT * len(row.text):
        return False
    if at_address:
        return overlap.of_shorter >= _AT_ONE_ADDRESS
    return overlap.of_shorter >= _IN_ONE_OUTLET and _is_one_outlets_story(article, row)


def _is_one_outlets_story(article: Article, row: Row[Any]) -> bool:
    """The same outlet within days, or under the same title where a date is missing."""
    if not article.outlet or article.outlet.casefold() != row.outlet.casefold():
        return False
    if article.published is None or not row.published:
        return article.title_printed and article.title.casefold() == row.title.casefold()
    gap = article.published.first_day - NewsDate(row.published).first_day
    return abs(gap.days) <= _DAYS
