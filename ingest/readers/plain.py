"""A file that is one article in plain text, perhaps with what it states of itself in front."""

import hashlib
import re
from pathlib import Path

from ingest.articles import Rejection
from ingest.cleaning import clean_line
from ingest.decoding import decode
from ingest.readers.documents import Document
from ingest.readers.fields import FIELD_OF, ReadingOptions
from ingest.readers.records import Record, check_record

_STATED_DATE = re.compile(r"\s*date[ \t:]+(\d{4}(?:-\d{1,2}){0,2})(?![\d-])[ \t]*", re.IGNORECASE)
_HEADER = re.compile(r"[ \t]*([^\W\d_][\w -]{1,24}?)[ \t]*:[ \t]*([^\n]*)(?:\n|$)")
_OURS = frozenset({"kind", "status", "note", "embargo", "usage", "agency"})
_EXCLUDED = frozenset({"text", "name"})  # « Article : » may well begin a text


def read_plain(document: Document, options: ReadingOptions) -> Record | Rejection:
    """One article: header lines such as `title: …`, or `date 2024-01`, then its text."""
    decoded = decode(document.content, document.charset)
    if "\x00" in decoded.text or _is_noise(decoded.text):
        return Rejection(document.source, "is not text: it holds NUL bytes or no words")
    text = decoded.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    stated, body = _split_header(text, {theirs: ours for ours, theirs in options.fields.items()})
    if not body.strip() and not stated:
        return Rejection(document.source, "is empty")
    named = {"id": id_of(document.source)} | stated
    return check_record(named | {"text": body, "remarks": decoded.remark}, document.source)


def _is_noise(text: str) -> bool:
    """Whether control characters and replacements outweigh what could be words."""
    sample = text[:4096]
    odd = sum(each == "\ufffd" or (each < " " and each not in "\t\n\r\f\v\x1b") for each in sample)
    return odd > len(sample) * 0.1


def _split_header(text: str, mapped: dict[str, str]) -> tuple[dict[str, str], str]:
    stated: dict[str, str] = {}
    place = len(text) - len(text.lstrip())
    while line := _HEADER.match(text, place):
        name = _field(line[1], mapped)
        if name is None:
            break
        stated[name], place = line[2].strip(), line.end()
    if not stated and (date := _STATED_DATE.match(text)):
        return {"published": date[1]}, text[date.end() :]
    return stated, text[place:] if stated else text


def _field(printed: str, mapped: dict[str, str]) -> str | None:
    bare = printed.strip().lower().replace(" ", "_")
    if bare in _OURS:
        return bare
    found = mapped.get(printed.strip()) or FIELD_OF.get(bare)
    return None if found == "text" or bare in _EXCLUDED else found


def id_of(source: str) -> str:
    """The file's name, told from another folder's file of the same name."""
    path = Path(source)
    where = hashlib.sha256(str(path.resolve()).encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{clean_line(path.stem)}-{where}"
