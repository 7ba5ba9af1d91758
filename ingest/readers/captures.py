"""Web captures in WARC and ARC files: the pages that were fetched, each a document."""

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from ingest.articles import Rejection
from ingest.cleaning import clean_line
from ingest.readers.documents import Document, Inflated, Readable, TooLargeError, read_bounded

_READ = frozenset(
    "text/html application/xhtml+xml text/xml application/xml application/rss+xml"
    " application/atom+xml application/pdf".split()
)
_SQUEEZED = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "": None, "identity": None}


def read_captures(file: BinaryIO, source: str) -> Iterator[Document | Rejection | None]:
    """The pages of a file of captures; None, a sign of life, for a record that is no page."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = 0
    try:
        for record in ArchiveIterator(file, arc2warc=True):
            page = _is_page(record)
            found += page
            yield _read_page(record, file, source) if page else None
    except (ArchiveLoadFailed, ValueError, EOFError, AttributeError, KeyError, IndexError) as error:
        yield Rejection(source, f"is damaged: {clean_line(str(error))[:200]}")
        return
    if not found:
        yield Rejection(source, "holds no web page")


def _is_page(record: Any) -> bool:
    kind = _media_type(record)
    if record.rec_type == "conversion":
        return kind == "text/plain"
    fetched = record.rec_type == "resource" or _status(record) == "200"
    return record.rec_type in ("response", "resource") and fetched and kind in _READ


def _status(record: Any) -> str:
    return record.http_headers.get_statuscode() if record.http_headers else "200"


def _header(record: Any, name: str) -> str:
    return (record.http_headers and record.http_headers.get_header(name)) or ""


def _content_type(record: Any) -> str:
    return _header(record, "content-type") if record.http_headers else record.content_type or ""


def _media_type(record: Any) -> str:
    return _content_type(record).partition(";")[0].strip().lower()


def _read_page(record: Any, file: BinaryIO, source: str) -> Document | Rejection:
    url = clean_line(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    where = f"{source}!{url}"
    try:
        content = read_bounded(Inflated(_body(record), file.tell))
    except TooLargeError as error:
        if "bomb" not in str(error):
            return Rejection(where, str(error))
        raise  # the rest of the record would have to be inflated to come to the next
    except LookupError as error:
        return Rejection(where, str(error.args[0]))
    charset = _content_type(record).lower().partition("charset=")[2].partition(";")[0]
    name = urlsplit(url).path.rpartition("/")[2] if record.rec_type != "conversion" else "a.txt"
    return Document(where, name, content, charset.strip(" \"'"), url)


def _body(record: Any) -> Readable:
    """The content as it was sent, without the encodings it was sent in."""
    from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

    encoding = _header(record, "content-encoding").strip().lower()
    if encoding not in (*_SQUEEZED, "br"):
        raise LookupError(f"its content encoding {encoding!r} is not read")
    body = record.raw_stream
    if "chunked" in _header(record, "transfer-encoding").lower():
        body = ChunkedDataReader(body)
    if encoding == "br":
        return _Brotli(body)
    # Small blocks: one is inflated whole, whatever is asked for.
    plain: Readable = BufferedReader(body, block_size=1024, decomp_type=_SQUEEZED[encoding])
    return plain


class _Brotli:
    """Brotli inflated in bounded steps, which warcio's own reader does not do."""

    def __init__(self, stream: Readable) -> None:
        import brotli

        self._stream = stream
        self._decompressor = brotli.Decompressor()
        self._damage: type[Exception] = brotli.error

    def read(self, size: int = -1) -> bytes:
        """Some bytes; none at the end."""
        while not self._decompressor.is_finished():
            hungry = self._decompressor.can_accept_more_data()
            more = self._stream.read(1024) if hungry else b""
            try:
                part: bytes = self._decompressor.process(more, output_buffer_limit=max(size, 1024))
            except self._damage as error:
                raise ValueError(str(error)) from error
            if part or (hungry and not more):
                return part
        return b""
