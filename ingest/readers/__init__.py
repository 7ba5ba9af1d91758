"""From files and folders to articles, or to a named reason why not."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.articles import Article, Rejection
from ingest.readers.jsonl import read_jsonl
from ingest.readers.plain import read_plain

SUFFIXES = (".txt", ".text", ".jsonl", ".ndjson")  # what a folder is searched for
_LARGEST = 64 * 2**20  # bytes of a file read whole


def find_files(paths: Iterable[Path]) -> Iterator[Path | Rejection]:
    """Files named, and files of a known kind in folders named, in a stable order."""
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
            yield from (file for file in found if file.is_file() and not _hidden(file, path))
            if not found:
                yield Rejection(str(path), f"holds no file named {' or '.join(SUFFIXES)}")
        elif path.is_file():
            yield path
        else:
            reason = "is no file and no folder" if path.exists() else "does not exist"
            yield Rejection(str(path), reason)


def _hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)


def read_file(path: Path, outlet: str) -> Iterator[Article | Rejection]:
    """The articles of one file; `outlet` stands where an article names none."""
    try:
        if path.stat().st_size > _LARGEST and not _is_lines(path):
            yield Rejection(str(path), f"is larger than {_LARGEST // 2**20} MB")
        elif _is_lines(path):
            yield from read_jsonl(path, outlet)
        else:
            yield read_plain(path, outlet)
    except OSError as error:
        yield Rejection(str(path), f"cannot be read: {error.strerror or error}")


def _is_lines(path: Path) -> bool:
    """Whether the content is a JSON object a line, whatever the file is called."""
    with path.open("rb") as file:
        return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
