"""What lies in a file: one document, or the many of an archive, each bounded before it is read."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, Literal, Protocol

from ingest.articles import Rejection
from ingest.cleaning import clean_line
from ingest.readers.formats import HEAD, Format, is_wanted, recognise

LARGEST = 64 * 2**20  # bytes of a document, inflated
_STEP = 2**16  # bytes inflated at a time
_RATIO = 200  # inflated to compressed; news compresses to a fourth, a bomb to a thousandth
_UNSUSPECTED = 2**20  # bytes below which any ratio does no harm
_DEPTH = 3  # archives in archives


class TooLargeError(Exception):
    """A document that would be larger than any article is, or that inflates like a bomb."""


class Readable(Protocol):
    """Whatever gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one document, and what is known of them from outside."""

    source: str  # where it lies, each archive's name before the next: `a.zip!b.html`
    name: str
    content: bytes
    charset: str = ""
    url: str = ""


@dataclass(slots=True)
class Inflated:
    """A stream that stops a bomb: it compares what came out with what went in."""

    stream: Readable
    consumed: Callable[[], int]
    given: int = 0

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; raise TooLargeError for a bomb."""
        chunk = self.stream.read(_STEP if size < 0 else min(size, _STEP))
        self.given += len(chunk)
        if self.given > max(_UNSUSPECTED, _RATIO * self.consumed()):
            raise TooLargeError(f"inflates more than {_RATIO} times: a bomb")
        return chunk


Walk = Iterator[Document | Rejection | None]  # None: a sign of life on a long way
Opener = Callable[[BinaryIO, str, str, int], Walk]


def read_bounded(stream: Readable) -> bytes:
    """All of a stream; raise TooLargeError where it is larger than a document may be."""
    parts, size = [], 0
    while part := stream.read(_STEP):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise TooLargeError(f"is larger than {LARGEST // 2**20} MB")
    return b"".join(parts)


def open_documents(file: BinaryIO, source: str, name: str, depth: int = 0) -> Walk:
    """The documents of a file that can be sought in, those of archives within it too."""
    head = file.read(HEAD)
    file.seek(0)
    found = recognise(head, name)
    walks: dict[Format, Opener] = {
        "zip": _open_zip,
        "tar": _open_tar,
        "squeezed": _open_squeezed,
        "warc": _open_warc,
    }
    if found in walks and depth >= _DEPTH:
        yield Rejection(source, f"is an archive inside {_DEPTH} others")
        return
    try:
        if found in walks:
            yield from _or_nothing(walks[found](file, source, name, depth), source)
        else:
            yield from _open_plain(Document(source, name, read_bounded(file)), found, depth)
    except TooLargeError as error:
        yield Rejection(source, str(error))
    except (OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        yield Rejection(source, f"cannot be unpacked: {error}")
    except (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error) as error:
        yield Rejection(source, f"is damaged: {error}")


def _or_nothing(walk: Walk, source: str) -> Walk:
    """The same, or that there was nothing."""
    empty = True
    for each in walk:
        empty = empty and each is None
        yield each
    if empty:
        yield Rejection(source, "holds no file of a format that is read")


def _open_plain(document: Document, found: Format, depth: int) -> Walk:
    """A document, and what is attached where it is a message."""
    from ingest.readers.mail import find_attachments

    yield document
    for attached in find_attachments(document) if found == "mail" and depth < _DEPTH else ():
        yield from _open_inner(attached.content, attached.source, attached.name, depth)


def _open_inner(content: bytes, source: str, name: str, depth: int) -> Walk:
    return open_documents(io.BytesIO(content), source, name, depth + 1)


def _open_squeezed(file: BinaryIO, source: str, name: str, depth: int) -> Walk:
    """A gzip, bzip2 or xz: of one document, of a tar or of web captures."""
    inner = name.rsplit(".", 1)[0] + (".tar" if name.lower().endswith(".tgz") else "")
    head = _inflate(file).read(HEAD)
    file.seek(0)
    found = recognise(head, inner)
    if found == "warc" and isinstance(_decompressor(file), gzip.GzipFile):
        file.seek(0)
        yield from _open_warc(file, source, name, depth)
    elif found == "tar":
        yield from _members(_inflate(file), "r|", source, depth)
    else:
        yield from _open_inner(read_bounded(_inflate(file)), source, inner, depth)


def _inflate(file: BinaryIO) -> Inflated:
    file.seek(0)
    return Inflated(_decompressor(file), file.tell)


def _decompressor(file: BinaryIO) -> Readable:
    magic = file.read(3)
    file.seek(0)
    if magic == b"BZh":
        return bz2.BZ2File(file)
    return gzip.GzipFile(fileobj=file) if magic[:2] == b"\x1f\x8b" else lzma.LZMAFile(file)


def _open_zip(file: BinaryIO, source: str, _: str, depth: int) -> Walk:
    size = file.seek(0, io.SEEK_END)
    with zipfile.ZipFile(file) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        if any(each.filename in ("[Content_Types].xml", "mimetype") for each in members):
            yield Rejection(source, "is a document of an office program: export it as PDF or HTML")
            return
        for member in members:
            with archive.open(member) as opened:
                inflated = Inflated(opened, partial(min, size, member.compress_size))
                yield from _open_member(inflated, source, member.filename, depth)


def _open_tar(file: BinaryIO, source: str, _: str, depth: int) -> Walk:
    yield from _members(file, "r:", source, depth)


def _members(file: Any, mode: Literal["r|", "r:"], source: str, depth: int) -> Walk:
    """Plain files only: a link, a pipe or a device is nothing to read, a sparse file a bomb."""
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for member in archive:
            plain = member.isreg() and not member.issparse()
            opened = archive.extractfile(member) if plain else None
            if opened:
                yield from _open_member(opened, source, member.name, depth)
            elif not member.isdir():
                yield Rejection(_within(source, member.name), "is no plain file")


def _open_member(opened: Readable, source: str, name: str, depth: int) -> Walk:
    """A member of a kind that is read, whole; its name is only ever shown, never written under."""
    where = _within(source, name)
    try:
        content = read_bounded(opened)
    except TooLargeError as error:
        if "bomb" in str(error):
            raise
        yield Rejection(where, str(error))
        return
    if is_wanted(name, lambda: content[:HEAD]):
        yield from _open_inner(content, where, name, depth)


def _within(source: str, name: str) -> str:
    return f"{source}!{clean_line(name)}"


def _open_warc(file: BinaryIO, source: str, _: str, depth: int) -> Walk:
    from ingest.readers.captures import read_captures

    yield from read_captures(file, source)
