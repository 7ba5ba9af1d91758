"""From files and folders to articles, or to a named reason why not."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from ingest.articles import Article, Rejection
from ingest.readers.documents import LARGEST, Document
from ingest.readers.fields import AS_NAMED, ReadingOptions
from ingest.readers.formats import HEAD, SUFFIXES, is_known, recognise
from ingest.readers.guarded import read_guarded
from ingest.readers.lines import read_lines
from ingest.readers.plain import read_plain
from ingest.readers.records import Record, make_article

__all__ = ["AS_NAMED", "SUFFIXES", "ReadingOptions", "find_files", "read_content", "read_file"]


def find_files(paths: Iterable[Path]) -> Iterator[Path | Rejection]:
    """Files named, and files of a known kind in folders named, in a stable order."""
    for path in paths:
        if path.is_dir():
            found = [file for file in sorted(_walk(path)) if _is_wanted(file, path)]
            yield from found
            if not found:
                yield Rejection(shown(path), "holds no file of a format that is read")
        elif path.is_file():
            yield path
        else:
            reason = "is no file and no folder" if path.exists() else "does not exist"
            yield Rejection(shown(path), reason)


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder; links to folders are not followed, so that none leads in a circle."""
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in names if not name.startswith("."))


def _is_wanted(file: Path, root: Path) -> bool:
    """Whether a file has a name or a content of ours, and lies where it seems to."""
    if not file.is_file() or not file.resolve().is_relative_to(root.resolve()):
        return False
    if file.suffix.lower() in SUFFIXES:
        return True
    try:
        return is_known(_head(file))
    except OSError:
        return False


def read_file(
    path: Path, outlet: str, options: ReadingOptions = AS_NAMED
) -> Iterator[Article | Rejection]:
    """The articles of one file; `outlet` stands where an article names none."""
    source = shown(path)
    try:
        for each in _read(path, source, options):
            yield make_article(each, outlet) if isinstance(each, Record) else each
    except OSError as error:
        yield Rejection(source, f"cannot be read: {error.strerror or error}")


def read_content(
    content: bytes, source: str, outlet: str, options: ReadingOptions = AS_NAMED
) -> Iterator[Article | Rejection]:
    """The articles of what was fetched from the address `source`."""
    suffix = Path(urlsplit(source).path).suffix.lower()
    with NamedTemporaryFile(suffix=suffix if suffix in SUFFIXES else "") as file:
        file.write(content)
        file.flush()
        for each in _read(Path(file.name), source, options):
            yield make_article(each, outlet) if isinstance(each, Record) else each


def _read(path: Path, source: str, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """Plain text and lines of JSON are read here, fast; what may be hostile in a child."""
    found = recognise(_head(path), path.name)
    if found == "lines":
        yield from read_lines(path, source, options)
    elif found != "plain":
        yield from read_guarded(path, source, options)
    elif path.stat().st_size > LARGEST:
        yield Rejection(source, f"is larger than {LARGEST // 2**20} MB")
    else:
        yield read_plain(Document(source, path.name, path.read_bytes()), options)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def shown(path: Path) -> str:
    """A path that can be stored and printed: what no reader can see in a name is spelt out."""
    letters = (each if each.isprintable() else ascii(each)[1:-1] for each in str(path))
    return "".join(letters)
