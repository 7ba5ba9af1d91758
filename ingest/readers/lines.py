"""Articles as JSON, one object a line, in the fields of the contract."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.articles import Rejection
from ingest.readers.documents import Document
from ingest.readers.fields import ReadingOptions
from ingest.readers.jsons import parse_json, read_object
from ingest.readers.records import Record

_LONGEST = 16 * 2**20  # bytes of a line


def read_lines(path: Path, source: str, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """The articles of a file of any size, line by line."""
    with path.open("rb") as file:
        yield from _read_stream(file, source, options)


def read_content(document: Document, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """The same for lines out of an archive."""
    return _read_stream(io.BytesIO(document.content), document.source, options)


def _read_stream(
    file: BinaryIO, source: str, options: ReadingOptions
) -> Iterator[Record | Rejection]:
    """Each line an article; a bad one is named by its number and never stops the rest."""
    number = 0
    while line := file.readline(_LONGEST + 1):
        number += 1
        where = f"{source}:{number}"
        if len(line) > _LONGEST:
            yield Rejection(where, f"line is longer than {_LONGEST // 2**20} MB")
            _skip_rest(file, line)
        elif line.removeprefix(b"\xef\xbb\xbf").strip():
            yield _read_line(line, where, options)


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_LONGEST)


def _read_line(line: bytes, source: str, options: ReadingOptions) -> Record | Rejection:
    try:
        return read_object(parse_json(line), source, options)
    except UnicodeDecodeError as error:
        return Rejection(source, f"is not UTF-8: byte {error.start} of the line")
    except ValueError as error:
        return Rejection(source, f"is not JSON: {error}")
