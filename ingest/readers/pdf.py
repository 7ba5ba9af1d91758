"""Press reviews in PDF: an article for each entry of the outline, or one in all."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ingest.articles import Rejection
from ingest.cleaning import clean_line
from ingest.readers.documents import Document
from ingest.readers.records import Record

_MOST_PAGES = 2000
_ENDS = re.compile(r"[.!?…:;»”\"')\]]\s*$")
_BROKEN = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
_FULL_LINE = 0.75  # of the longest line: a shorter one that ends a sentence ends a paragraph


def read_pdf(document: Document) -> Iterator[Record | Rejection]:
    """The articles of a PDF that holds text."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(document.content))
        if reader.is_encrypted and not reader.decrypt(""):
            yield Rejection(document.source, "is locked by a password")
            return
        yield from _read_parts(reader, document.source)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
    ) as error:
        yield Rejection(document.source, f"is a damaged PDF: {clean_line(str(error))[:200]}")


def _read_parts(reader: Any, source: str) -> Iterator[Record | Rejection]:
    if len(reader.pages) > _MOST_PAGES:
        yield Rejection(source, f"has more than {_MOST_PAGES:,} pages")
        return
    pages = [page.extract_text() or "" for page in reader.pages]
    if not any(page.strip() for page in pages):
        yield Rejection(source, "holds no text: a scan has to be recognised first")
        return
    whole = [(_title(reader), 0)]
    parts = _outline(reader) or whole
    for number, (title, first) in enumerate(parts):
        last = parts[number + 1][1] if number + 1 < len(parts) else len(pages)
        text = join_lines("\n".join(pages[first : max(last, first + 1)]))
        where = f"{source}#page={first + 1}" if parts is not whole else source
        yield Record(text=_without_title(text, title), title=title, source=where)


def _title(reader: Any) -> str:
    return clean_line(str((reader.metadata and reader.metadata.title) or ""))


def _outline(reader: Any) -> list[tuple[str, int]]:
    """The titles of the first level with the pages they begin on, where each begins its own."""
    entries = [each for each in reader.outline if not isinstance(each, list)]
    places = [
        (clean_line(str(each.title)), reader.get_destination_page_number(each)) for each in entries
    ]
    starts = [page for _, page in places]
    in_order = all(one < other for one, other in pairwise(starts))
    return places if len(places) > 1 and in_order and None not in starts and starts[0] >= 0 else []


def join_lines(printed: str) -> str:
    """Lines of a column as paragraphs; a word broken at a line's end is whole again."""
    text = _BROKEN.sub(lambda match: _mend(match, printed), printed.replace("\u00ad\n", ""))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    width = max(map(len, lines), default=0) * _FULL_LINE
    parts: list[str] = []
    for line in lines:
        parts.append(line)
        ends = not line or (len(line) < width and _ENDS.search(line))
        parts.append("\n\n" if ends else " ")
    return re.sub(r" *\n\n[\s]*", "\n\n", "".join(parts)).strip()


def _mend(match: re.Match[str], printed: str) -> str:
    """Without its hyphen, unless the text prints the word with one elsewhere: porte-parole."""
    hyphenated = f"{match[1]}-{match[2]}"
    return hyphenated if hyphenated in printed or match[2][0].isupper() else match[1] + match[2]


def _without_title(text: str, title: str) -> str:
    return text.removeprefix(title).lstrip() if title else text
