"""From files and folders to articles, or to a named reason why not."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from ingest.articles import Article, Rejection
from ingest.readers.documents import LARGEST, Document
from ingest.readers.fields import AS_NAMED, ReadingOptions
from ingest.readers.formats import HEAD, SUFFIXES, is_wanted, recognise
from ingest.readers.guarded import read_guarded
from ingest.readers.lines import read_lines
from ingest.readers.plain import read_plain
from ingest.readers.records import Record, make_article

__all__ = [
    "AS_NAMED",
    "SUFFIXES",
    "ReadingOptions",
    "find_files",
    "read_as",
    "read_content",
    "read_file",
]


def find_files(paths: Iterable[Path]) -> Iterator[Path | Rejection]:
    """Files named, and files of a known kind in folders named, in a stable order.

    By their whole paths: they are tried again from other folders, and read by a child in one.
    """
    for path in map(whole_path, paths):
        if path.is_dir():
            found = [each for each in _walk(path) if _is_wanted(each)]
            yield from found
            if not found:
                yield Rejection(shown(path), "holds no file of a format that is read")
        elif path.is_file():
            yield path
        else:
            reason = "is no file and no folder" if path.exists() else "does not exist"
            yield Rejection(shown(path), reason)


def whole_path(path: Path) -> Path:
    """A path from the root, under the name that was given; links are followed in its folder."""
    return path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    """Files below a folder, and what of it may not be read; no link leads out or in a circle."""
    shut: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=shut.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = (name for name in folders if Path(root, name).is_symlink())
        for name in sorted([*(name for name in names if not name.startswith(".")), *links]):
            path = Path(root, name)
            fault = _fault_of_link(path, folder)
            yield Rejection(shown(path), fault) if fault else path
    for error in shut:
        yield Rejection(shown(Path(error.filename)), f"cannot be read: {error.strerror}")


def _fault_of_link(path: Path, folder: Path) -> str:
    """Why a path below a folder is not gone to; "" where it may be."""
    if not path.resolve().is_relative_to(folder.resolve()):
        return "is a link that leads out of the folder"
    return "" if path.exists() else "is a link to nothing"


def _is_wanted(found: Path | Rejection) -> bool:
    """Whether it is a file that has a name or a content of ours, or says why not."""
    if isinstance(found, Rejection):
        return True
    try:
        return found.is_file() and is_wanted(found.name, lambda: _head(found))
    except OSError:
        return True  # and named when it can't be read


def read_file(
    path: Path, outlet: str, options: ReadingOptions = AS_NAMED
) -> Iterator[Article | Rejection]:
    """The articles of one file; `outlet` stands where an article names none."""
    return read_as(path, shown(path), outlet, options)


def read_as(
    path: Path, source: str, outlet: str, options: ReadingOptions = AS_NAMED
) -> Iterator[Article | Rejection]:
    """The same, of a file that is known by another name."""
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
