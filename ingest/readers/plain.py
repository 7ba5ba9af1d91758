"""A file that is one article in plain text, perhaps with its date in front."""

import hashlib
import re
from pathlib import Path

from ingest.articles import Article, Rejection
from ingest.cleaning import clean_line, clean_text
from ingest.dates import DateUnreadableError, NewsDate, parse_date
from ingest.languages import detect_language
from ingest.sentences import split_sentences

_HEADER = re.compile(r"\s*date[ \t:]+(\d{4}(?:-\d{1,2}){0,2})(?![\d-])[ \t]*", re.IGNORECASE)


def read_plain(path: Path, outlet: str) -> Article | Rejection:
    """Read a file of UTF-8 text as one article."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        return Rejection(str(path), f"is not UTF-8 text: byte 0x{byte:02x} at {error.start}")
    if "\x00" in text:
        return Rejection(str(path), "is not text: it holds NUL bytes")
    try:
        published, body = _split_header(text)
    except DateUnreadableError as error:
        return Rejection(str(path), f"date: {error}")
    body = clean_text(body)
    return make_plain(path, body, published, outlet) if body else Rejection(str(path), "is empty")


def make_plain(path: Path, body: str, published: NewsDate | None, outlet: str) -> Article:
    """An article that brings no title: its first sentence stands in, marked as such."""
    return Article(
        id=_id(path),
        text=body,
        title=first_sentence(body),
        title_printed=False,
        language=detect_language(body),
        published=published,
        outlet=outlet,
        source=str(path),
    )


def first_sentence(body: str) -> str:
    """The first sentence of a text, on one line."""
    start, end = split_sentences(body)[0]
    return clean_line(body[start:end])


def _split_header(text: str) -> tuple[NewsDate | None, str]:
    header = _HEADER.match(text)
    return (parse_date(header[1]), text[header.end() :]) if header else (None, text)


def _id(path: Path) -> str:
    """The file's name, told from another folder's file of the same name."""
    where = hashlib.sha256(str(path.resolve()).encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{clean_line(path.stem)}-{where}"
