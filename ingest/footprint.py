"""What an archive takes: bytes on the disk by part, and bytes of memory."""

import os
from collections.abc import Iterable
from pathlib import Path

from ingest.index import place_of
from ingest.index.shelf import current_generation
from ingest.ledger import Ledger
from ingest.site import Where, site_of

_HELD = Path("/proc/self/statm")  # https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html


def held_memory() -> int:
    """Bytes that this process has in memory now; 0 where the system does not say."""
    if not _HELD.is_file():
        return 0
    return int(_HELD.read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def disk_by_part(where: Where, ledger: Ledger) -> dict[str, int]:
    """Bytes of the ledger and of both indexes, of what is in the folder."""
    site, served = site_of(where), ledger.serving()
    current = current_generation(place_of(site.folder / "index", served)) if served else None
    parts = {"ledger": _size(site.folder.glob(f"{site.ledger_file.name}*"))}
    if current:
        parts |= {name: _size((current / name).rglob("*")) for name in ("meaning", "words")}
    return {name: size for name, size in parts.items() if size}


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
