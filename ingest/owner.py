"""One owner of the indexes: two writers in one Chroma folder lose vectors without an error."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class ArchiveOwnedError(Exception):
    """Something needs the archive to itself while another process has it."""


@contextmanager
def owning_alone(folder: Path, purpose: str) -> Iterator[None]:
    """Own the indexes in a folder, or raise ArchiveOwnedError at once."""
    with owning(folder, patience=0) as owner:
        if not owner:
            raise ArchiveOwnedError(
                f"{present_owner(folder)} has the archive open: stop it, then {purpose}"
            )
        yield


@contextmanager
def owning(folder: Path, patience: float) -> Iterator[bool]:
    """Own the indexes in a folder for as long as the block lasts, if nobody else does.

    `patience` is how many seconds to wait for the present owner to leave. The kernel takes the
    lock back from a process that dies.
    """
    with locked(folder, "owner", patience) as held:
        if held:
            (folder / "owner.json").write_text(json.dumps(_self()))
        yield held


@contextmanager
def locked(folder: Path, name: str, patience: float) -> Iterator[bool]:
    """Whether this process holds the lock of a name in a folder, for as long as the block lasts."""
    lock = FileLock(folder / f"{name}.lock", thread_local=False)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        yield False
        return
    try:
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
