"""Faults of the disk under an archive, told from every other error."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

_FULL = "the disk is full: free some space and run the same command again; what was kept is whole"
_READ_ONLY = "the archive's folder may not be written: mount it or set its rights so that it may"
_TOO_LARGE = "a file of the archive may not grow (a limit of this user or its file system): lift it"

_ROOM = 4 * 2**20  # bytes: with less, a store that gives way is not to blame

_ERRORS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EFBIG: _TOO_LARGE,
}
_WORDS = {  # what SQLite, Chroma and tantivy say, which carry no number
    "disk is full": _FULL,
    "no space left": _FULL,
    "read-only file system": _READ_ONLY,
    "readonly database": _READ_ONLY,
    "unable to open database file": _READ_ONLY,
    "permission denied": _READ_ONLY,
    "file too large": _TOO_LARGE,
    "disk i/o error": _TOO_LARGE,
}


def explain_storage(error: BaseException) -> str | None:
    """One sentence where the disk is at fault, however deep below; None for any other error."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in _ERRORS:
            return _ERRORS[cause.errno]
        said = str(cause).lower()
        for words, sentence in _WORDS.items():
            if words in said:
                return sentence
    return None


def blame_full_disk(place: Path, error: BaseException) -> None:
    """Raise OSError where a disk has no room left: a store may say anything then."""
    if shutil.disk_usage(place).free < _ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place)) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
