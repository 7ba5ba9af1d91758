"""One owner of the indexes: two writers in one Chroma folder lose vectors without an error."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def owning(folder: Path, patience: float) -> Iterator[bool]:
    """Own the indexes in a folder for as long as the block lasts, if nobody else does.

    `patience` is how many seconds to wait for the present owner to leave. The kernel takes the
    lock back from a process that dies.
    """
    lock = FileLock(folder / "owner.lock", thread_local=False)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        yield False
        return
    try:
        (folder / "owner.json").write_text(json.dumps(_self()))
        yield True
    finally:
        lock.release()


def present_owner(folder: Path) -> str:
    """Who last took the lock, for a person to read."""
    try:
        owner = json.loads((folder / "owner.json").read_text())
        return f"process {owner['process']} on {owner['host']}"
    except (OSError, ValueError, KeyError):
        return "another process"


def _self() -> dict[str, str | int]:
    return {"process": os.getpid(), "host": socket.gethostname()}
