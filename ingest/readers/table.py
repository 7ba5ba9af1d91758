"""Articles as rows of CSV, the first row naming the fields."""

import csv
import io
from collections.abc import Iterator

from ingest.articles import Rejection
from ingest.decoding import decode
from ingest.readers.documents import Document
from ingest.readers.fields import ReadingOptions, name_fields
from ingest.readers.records import Record, check_record

_LONGEST_CELL = 16 * 2**20  # characters
_DELIMITERS = ",;\t|"


def read_table(document: Document, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """Each row an article; a bad one is named by its number and stops nothing."""
    decoded = decode(document.content, document.charset)
    csv.field_size_limit(_LONGEST_CELL)
    first = decoded.text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    # strict: a row with a quotation mark out of place is named, not guessed at
    rows = csv.DictReader(
        io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True, restval=""
    )
    number = 1
    try:
        for row in rows:
            number += 1
            source = f"{document.source}:{number}"
            named = name_fields({k: v for k, v in row.items() if isinstance(k, str)}, options)
            yield check_record(named | {"remarks": decoded.remark}, source)
    except csv.Error as error:
        yield Rejection(f"{document.source}:{number + 1}", f"is not CSV: {error}")
    if number == 1:
        yield Rejection(document.source, "holds no row after its first")
