"""Copies of one story, as the ledger knows them: found by band, checked word by word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from ingest.articles import Article
from ingest.copies import Overlap, Signature, bands_of, compare_texts, may_be_copies, sign
from ingest.dates import NewsDate
from ingest.holdings import is_silent
from ingest.tables import articles, bands, copies, is_last, stories, versions

_CANDIDATES = 40  # articles compared with a new one: those with most bands in common


@dataclass(frozen=True, slots=True)
class Likeness:
    """What an article's words say about its place among others."""

    language: str
    signature: Signature | None  # None: nothing to compare
    overlaps: Mapping[int, Overlap] = field(default_factory=dict)  # with its copies, by number


@dataclass(frozen=True, slots=True)
class Copy:
    """An article of a story, with what names it in an answer."""

    number: int
    id: str
    outlet: str
    published: NewsDate | None
    url: str
    credit: str  # who wrote it: the agency it names, or its outlet
    original: bool = False  # it stands for the story


def find_copies(connection: Connection, article: Article) -> Likeness:
    """The copies of an article that the ledger holds, its own last version among them."""
    signature = sign(article.text) if article.quotable else None
    if signature is None:
        return Likeness(article.language, None)
    found = _candidates(connection, signature, article.language)
    overlaps = {number: compare_texts(article.text, text) for number, text in found.items()}
    alike = {number: overlap for number, overlap in overlaps.items() if overlap.is_copy}
    return Likeness(article.language, signature, alike)


def place_in_story(connection: Connection, number: int, likeness: Likeness) -> bool:
    """Put an article among its copies, if it has any; whether it has."""
    leave_stories(connection, [number])
    if likeness.signature is None:
        return False
    alike = set(likeness.overlaps) - {number}
    _enter(connection, number, likeness.signature, likeness.language)
    if alike:
        pairs = [{"article": number, "other": other} for other in alike]
        pairs += [{"article": other, "other": number} for other in alike]
        connection.execute(insert(copies), pairs)
        _unite(connection, alike | {number})
    return bool(alike)


def leave_stories(connection: Connection, numbers: Iterable[int]) -> None:
    """Take articles out of their stories: changed, withdrawn or forgotten."""
    for number in numbers:
        mine = stories.c.article == number
        row = connection.execute(select(stories).where(mine)).first()
        if row is None:
            continue
        old = bands_of(np.frombuffer(row.signature, np.uint32), row.language)
        others = _others(connection, [number])
        connection.execute(delete(bands).where(bands.c.band.in_(old), bands.c.article == number))
        connection.execute(delete(copies).where(copies.c.article == number))
        away = copies.c.article.in_(others.get(number, ())), copies.c.other == number
        connection.execute(delete(copies).where(*away))
        connection.execute(delete(stories).where(mine))
        if others:
            _divide(connection, row.story)


def copies_of(
    connection: Connection, numbers: Iterable[int], now: datetime
) -> dict[int, tuple[Copy, ...]]:
    """The stories of those articles that have copies, by article, the original of each first.

    What is under embargo is not named before its hour.
    """
    told = select(stories.c.story).where(stories.c.article.in_(list(numbers)))
    rows = connection.execute(_members().where(stories.c.story.in_(told)))
    found: dict[int, tuple[Copy, ...]] = {}
    for _, members in groupby(rows, lambda row: row.story):
        free = sorted((row for row in members if not is_silent(row.embargo, now)), key=_originality)
        story = tuple(_copy(row) for row in free)
        if len(story) > 1:
            story = (replace(story[0], original=True), *story[1:])
            found |= {copy.number: story for copy in story}
    return found


def _members() -> Any:
    query = select(stories.c.story, articles.c.id, versions).join_from(
        stories, articles, stories.c.article == articles.c.number
    )
    query = query.join(versions, is_last)
    return query.order_by(stories.c.story)


def _originality(row: Row[Any]) -> tuple[bool, bool, int, str, int]:
    """What sorts the wire's own article first, then the earliest."""
    day = NewsDate(row.published).first_day.toordinal() if row.published else 0
    return row.kind != "wire", not row.published, day, row.published or "", row.article


def _copy(row: Row[Any]) -> Copy:
    published = NewsDate(row.published) if row.published else None
    credit = row.outlet if row.kind == "wire" else row.agency or row.outlet
    return Copy(row.article, row.id, row.outlet, published, row.url, credit)


def _candidates(connection: Connection, signature: Signature, language: str) -> dict[int, str]:
    """Texts of the articles that share most bands, and enough of the signature."""
    mine = bands.c.band.in_(bands_of(signature, language))
    query = select(bands.c.article).where(mine).group_by(bands.c.article)
    most = query.order_by(func.count().desc(), bands.c.article).limit(_CANDIDATES)
    signed = select(stories.c.article, stories.c.signature).where(stories.c.article.in_(most))
    near = [
        row.article
        for row in connection.execute(signed)
        if may_be_copies(signature, np.frombuffer(row.signature, np.uint32))
    ]
    texts = select(articles.c.number, versions.c.text).join(versions, is_last)
    rows = connection.execute(texts.where(articles.c.number.in_(near)))
    return {row.number: row.text for row in rows}


def _enter(connection: Connection, number: int, signature: Signature, language: str) -> None:
    """An article as a story of its own."""
    alone = {"article": number, "story": number, "language": language}
    connection.execute(insert(stories).values(alone | {"signature": signature.tobytes()}))
    rows = [{"band": band, "article": number} for band in bands_of(signature, language)]
    connection.execute(insert(bands), rows)


def _unite(connection: Connection, numbers: Iterable[int]) -> None:
    mine = select(stories.c.story).where(stories.c.article.in_(list(numbers))).distinct()
    found = connection.scalars(mine).all()
    rows = update(stories).where(stories.c.story.in_(found), stories.c.story != min(found))
    connection.execute(rows.values(story=min(found)))


def _divide(connection: Connection, story: int) -> None:
    """Tell stories apart that only an article now gone has held together."""
    members = connection.scalars(select(stories.c.article).where(stories.c.story == story)).all()
    for part in _parts(_others(connection, members), members):
        mine = update(stories).where(stories.c.article.in_(part))
        connection.execute(mine.values(story=min(part)))


def _others(connection: Connection, numbers: Sequence[int]) -> dict[int, list[int]]:
    """The direct copies of some articles."""
    query = select(copies).where(copies.c.article.in_(numbers)).order_by(copies.c.article)
    rows = connection.execute(query)
    return {
        number: [row.other for row in pairs]
        for number, pairs in groupby(rows, lambda row: row.article)
    }


def _parts(others: Mapping[int, Sequence[int]], members: Iterable[int]) -> Iterator[set[int]]:
    """Connected parts of a story."""
    left = set(members)
    while left:
        part, edge = set[int](), {min(left)}
        while edge:
            part |= edge
            edge = {other for number in edge for other in others.get(number, ())} - part
        left -= part
        yield part
