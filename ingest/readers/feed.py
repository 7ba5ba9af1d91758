"""Entries of RSS and Atom feeds, whole or in summary."""

import re
from collections.abc import Iterator
from typing import Any

from ingest.articles import Rejection
from ingest.readers.documents import Document
from ingest.readers.markup import defines_entities, text_of_html
from ingest.readers.records import Record, language_code

_HTML = re.compile(r"<[A-Za-z/!]|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);")


def read_feed(document: Document) -> Iterator[Record | Rejection]:
    """Each entry of a feed."""
    import feedparser

    if defines_entities(document.content):
        yield Rejection(document.source, "is refused: a feed that defines entities")
        return
    # Bytes only: feedparser opens a string as a path or an address.
    parsed: Any = feedparser.parse(
        document.content, resolve_relative_uris=False, sanitize_html=True, response_headers={}
    )
    for number, entry in enumerate(parsed.entries, start=1):
        yield _read_entry(entry, parsed.feed, f"{document.source}#{number}")
    if not parsed.entries:
        problem = parsed.get("bozo_exception") or "it is well-formed"
        yield Rejection(document.source, f"is a feed without entries: {problem}")


def _read_entry(entry: Any, feed: Any, source: str) -> Record | Rejection:
    contents = [each.get("value") or "" for each in entry.get("content") or ()]
    full = max(map(_plain, contents), key=len, default="")
    summary = _plain(_string(entry, "summary"))
    text = full or summary
    if not text:
        return Rejection(source, "text: is empty")
    published = _string(entry, "published") or _string(entry, "updated")
    return Record(
        text=text,
        id=_string(entry, "id"),
        title=_plain(_string(entry, "title")),
        published=published,
        updated=_string(entry, "updated"),
        language=_language(entry, feed),
        outlet=_plain(_string(entry.get("source") or {}, "title") or _string(feed, "title")),
        byline=_plain(_string(entry, "author")),
        url=_string(entry, "link"),
        keywords="; ".join(_string(tag, "term") for tag in entry.get("tags") or ()),
        usage=_plain(_string(entry, "rights")),
        remarks="" if full else "its feed gives a summary only",
        source=source,
    )


def _plain(value: str) -> str:
    return text_of_html(value) if _HTML.search(value) else value.strip()


def _string(entry: Any, name: str) -> str:
    # dict's own get: feedparser's would hand out another field with a warning
    value = dict.get(entry, name) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _language(entry: Any, feed: Any) -> str:
    details = dict.get(entry, "title_detail") or {}
    return language_code(details.get("language") or _string(feed, "language"))
