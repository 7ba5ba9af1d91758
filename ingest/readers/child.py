"""The process in which files of hostile formats are read: `python -m ingest.readers.child`."""

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from ingest.articles import Rejection
from ingest.readers.documents import Document, open_documents
from ingest.readers.feed import read_feed
from ingest.readers.fields import ReadingOptions
from ingest.readers.formats import HEAD, Format, recognise
from ingest.readers.jsons import read_json
from ingest.readers.lines import read_content
from ingest.readers.mail import read_mail
from ingest.readers.marked import read_marked
from ingest.readers.newsml import read_newsml
from ingest.readers.nitf import read_nitf
from ingest.readers.page import read_page
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.records import Record
from ingest.readers.table import read_table

_WORK = 8.0  # seconds of work between two replies; waiting for a busy machine does not count
_MEMORY = 1024 * 2**20  # bytes that reading a file may take beside the program

Found = Iterable[Record | Rejection]

_STATING: dict[Format, Callable[[Document], Found]] = {
    "html": read_page, "feed": read_feed, "newsml": read_newsml, "nitf": read_nitf,
    "pdf": read_pdf, "mail": read_mail,
}  # fmt: skip
_MAPPED: dict[Format, Callable[[Document, ReadingOptions], Found]] = {
    "json": read_json,
    "lines": read_content,
    "table": read_table,
    "markdown": read_marked,
    "plain": lambda document, options: [read_plain(document, options)],
}


def read_document(document: Document, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """The articles of a document in its format, or why there are none."""
    found = recognise(document.content[:HEAD], document.name)
    if not document.content.strip():
        yield Rejection(document.source, "is empty")
    elif found in _STATING:
        yield from _STATING[found](document)
    elif found in _MAPPED:
        yield from _MAPPED[found](document, options)
    else:
        kind = "XML of no kind that is read" if found == "xml" else "of no format that is read"
        yield Rejection(document.source, f"is {kind}")


def read_safely(document: Document, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """The same, with a reason for whatever a parser raises: here nothing may stop the rest."""
    try:
        yield from read_document(document, options)
    except Exception as error:
        yield Rejection(document.source, _reason(error))


def _serve(requests: TextIO, replies: TextIO) -> None:
    """Answer each request, a path, with a line for all that is found in it."""
    _say(replies, {"ready": True})
    for line in requests:
        request = json.loads(line)
        for reply in _read_all(request) if request else ():  # an empty one asks for a sign of life
            _say(replies, reply)
        _say(replies, {"done": True})


def _read_all(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    try:
        with Path(request["path"]).open("rb") as file:
            name = Path(request["path"]).name
            walked = open_documents(file, request["source"], name)
            yield from _read_walked(walked, ReadingOptions(request["fields"]), request["skip"])
    except Exception as error:
        yield {"rejected": [request["source"], _reason(error)]}


def _read_walked(
    walked: Iterator[Document | Rejection | None], options: ReadingOptions, skip: int
) -> Iterator[dict[str, Any]]:
    """Every document, announced before it is read; the first ones were read before."""
    number = 0
    for document in walked:
        number += document is not None
        if document is None or number <= skip:
            yield {"walks": True}
            continue
        yield {"begins": document.source}
        found = [document] if isinstance(document, Rejection) else read_safely(document, options)
        for each in found:
            yield _reply(each)
        yield {"ends": True}


def _reply(found: Record | Rejection) -> dict[str, Any]:
    if isinstance(found, Record):
        return {"record": found.model_dump()}
    return {"rejected": [found.source, found.reason]}


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "takes too much memory to read"
    if isinstance(error, RecursionError):
        return "is nested too deep"
    said = getattr(error, "strerror", None) or " ".join(str(error).split())[:200]
    return (
        f"cannot be read: {said}"
        if isinstance(error, OSError)
        else (f"cannot be read: {type(error).__name__}: {said}")
    )


def _say(replies: TextIO, reply: dict[str, Any]) -> None:
    if hasattr(signal, "setitimer"):  # the kernel ends it: no parser can hold that off
        signal.setitimer(signal.ITIMER_PROF, _WORK)
    replies.write(json.dumps(reply) + "\n")
    replies.flush()


def _bound_memory() -> None:
    """Let allocations fail before the machine runs out; where the system can't, nothing is lost."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    # A parser that prints must not be taken for a reply.
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    requests = os.fdopen(os.dup(0), encoding="ascii")
    for name in ("feedparser", "lxml.html", "trafilatura"):  # before the limit, not against it
        __import__(name)
    _bound_memory()
    _serve(requests, replies)


if __name__ == "__main__":
    _main()
