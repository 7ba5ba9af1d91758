"""What a file is, told from its first bytes; its name only decides where they leave it open."""

import json
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

from ingest.readers.fields import FIELD_OF

Format = Literal[
    "plain", "markdown", "lines", "table", "json", "html", "feed", "newsml", "nitf",
    "xml", "pdf", "mail", "warc", "zip", "tar", "squeezed", "unread",
]  # fmt: skip

HEAD = 65_536  # bytes that are enough to tell

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x1f\x8b", "squeezed"), (b"BZh", "squeezed"),
    (b"\xfd7zXZ\x00", "squeezed"), (b"WARC/", "warc"), (b"filedesc://", "warc"),
    (b"\x28\xb5\x2f\xfd", "unread"), (b"\x89PNG", "unread"), (b"\xff\xd8\xff", "unread"),
    (b"GIF8", "unread"), (b"\x7fELF", "unread"), (b"\xd0\xcf\x11\xe0", "unread"),
    (b"SQLite format 3", "unread"), (b"7z\xbc\xaf", "unread"),
    (b"Rar!", "unread"), (b"{\\rtf", "unread"),
)  # fmt: skip
_ROOTS: dict[str, Format] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "newsitem": "newsml", "newsmessage": "newsml",
    "packageitem": "newsml", "nitf": "nitf", "html": "html",
}  # fmt: skip
_SUFFIXES: dict[str, Format] = {
    ".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".csv": "table", ".tsv": "table",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".xml": "xml", ".rss": "feed",
    ".atom": "feed", ".pdf": "pdf", ".eml": "mail", ".warc": "warc", ".arc": "warc",
    ".gz": "squeezed", ".tgz": "squeezed", ".bz2": "squeezed", ".xz": "squeezed",
    ".zip": "zip", ".tar": "tar",
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".7z", ".rar", ".zst"), "unread"),
}  # fmt: skip
SUFFIXES = tuple(_SUFFIXES)  # what a folder is searched for: articles, and what may hold some

_PROLOGUE = re.compile(
    r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]*(?:\[.*?\]\s*)?>|\s)*", re.S | re.I
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|meta|title|div|p|article|section|table|h1)\b", re.I
)
_XML = re.compile(r"<\?xml|(?:<!--.*?-->\s*)*<[\w.:-]+\s[^>]*\bxmlns", re.DOTALL)
_MAIL = re.compile(r"(?:[!-9;-~]+:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.I)
_MAIL_ONLY = re.compile(
    r"^(?:mime-version|message-id|received|return-path|content-type):", re.I | re.M
)
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n.*?\n\1[ \t]*(?:\n|$)", re.S)
_JSON_START = re.compile(r'[\[{]\s*(?:["\[{\]}\dtfn-]|$)')


def recognise(head: bytes, name: str = "") -> Format:
    """The format of content that begins with `head`; plain text where nothing says otherwise."""
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    named = _SUFFIXES.get(PurePath(name).suffix.lower(), "plain")
    return _recognise_text(_loosely(head), named)


def is_known(head: bytes) -> bool:
    """Whether content without a telling name is one of ours; plain text may be anything."""
    return recognise(head) not in ("plain", "unread", "xml")


def is_wanted(name: str, head: Callable[[], bytes]) -> bool:
    """Whether a file among others has a name or, where that is silent, a content of ours."""
    path = PurePath(name)
    hidden = any(part != ".." and part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and (path.suffix.lower() in SUFFIXES or is_known(head()))


def _loosely(head: bytes) -> str:
    """Enough of a text to see its markup, in whatever encoding."""
    plain = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if head[:4].count(0) >= 2:  # UTF-16 or UTF-32 without a mark
        plain = head.replace(b"\x00", b"")
    return plain.decode("utf-8-sig", "ignore").lstrip("\ufeff\xff\xfe")


def _recognise_text(text: str, named: Format) -> Format:
    start = text.lstrip()
    if _JSON_START.match(start):
        return _lines_or_json(start, named)
    if start.startswith("<"):
        return _markup(start, named)
    if _FRONT.match(start):
        return "markdown"
    letters = _MAIL.match(start)
    if letters and (named == "mail" or _MAIL_ONLY.search(letters[0])):
        return "mail"
    if named in ("markdown", "table", "html", "feed") or (named == "lines" and start):
        return named
    if named in ("zip", "tar", "squeezed", "warc", "pdf"):  # by name, but not by content
        return "unread"
    return "table" if named == "plain" and _has_columns(start) else "plain"


def _lines_or_json(start: str, named: Format) -> Format:
    """An object a line, or one value over all lines; a lone line is what its name says."""
    first, newline, rest = start.partition("\n")
    if named in ("json", "lines") and not (newline and rest.strip()):
        return named
    if first.startswith("["):
        return "lines" if named == "lines" else "json"
    if named == "lines" or not newline:
        return "lines"
    return "json" if named == "json" and not rest.lstrip().startswith("{") else _by_first(first)


def _by_first(first: str) -> Format:
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return (
            "json" if first.strip() == "{" or first.rstrip().endswith((",", "[", "{")) else "lines"
        )
    return "lines"


def _markup(start: str, named: Format) -> Format:
    prologue = _PROLOGUE.match(start)
    root = _ROOT.match(start, prologue.end() if prologue else 0)
    found = _ROOTS.get(root[1].lower()) if root else None
    if found:
        return found
    if named in ("html", "feed") or _HTML.match(start):
        return "html" if named != "feed" else "feed"
    return "xml" if named == "xml" or _XML.match(start) else "plain"


def _has_columns(start: str) -> bool:
    """Whether the first line names columns, the text among them."""
    line = start.partition("\n")[0]
    return any(_names_text(line.split(each)) for each in (",", ";", "\t", "|"))


def _names_text(cells: list[str]) -> bool:
    names = [FIELD_OF.get(cell.strip().strip('"').lower()) for cell in cells]
    return len(cells) > 1 and "text" in names and None not in names
