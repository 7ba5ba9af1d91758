"""Files that came through a browser: read under a name of their own, and not kept."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

SCHEME = "upload:"
_ODD = re.compile(r"[^\w. ()-]+")
_LONGEST = 80  # characters of a name, its suffix apart


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on the disk for as long as it is read, and the name that its articles remember."""

    path: Path
    source: str


def plain_name(said: str) -> str:
    """A file's name as a browser says it, without what could lead elsewhere or hide."""
    name = _ODD.sub("_", PurePosixPath(said.replace("\\", "/")).name).strip(" .") or "file"
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:_LONGEST]}.{suffix[:10]}" if dot and stem else name[:_LONGEST]


def upload_source(name: str) -> str:
    """What articles of a file of this name say of where they were read."""
    return SCHEME + name
