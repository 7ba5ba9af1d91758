"""Where the generations of the indexes stand: a folder each, one current, sealed when well closed.

A seal says that nothing wrote since: what is sealed needs no check before it is opened.
"""

import json
import os
import shutil
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from typing import Any

from ingest.dates import utc_now
from ingest.serving import KnownEncoder

Parts = tuple[str, ...]  # the stores in a generation's folder
BOTH: Parts = ("chromadb", "tantivy")
WORDS: Parts = ("tantivy",)  # where Chroma is on a server

_LAYOUT = "2"  # of what we write into the stores: another one is built again
_LOCKS = (".tantivy-meta.lock", ".tantivy-writer.lock")


def current_generation(place: Path) -> Path | None:
    """The generation that serves, if there is one."""
    try:
        generation = place / (place / "current").read_text().strip()
    except OSError:
        return None
    return generation if generation != place and (generation / "made.json").is_file() else None


def new_generation(place: Path, encoder: KnownEncoder, parts: Parts) -> Path:
    """An empty folder for the next generation, stamped with what makes it."""
    place.mkdir(parents=True, exist_ok=True)
    # Never a name twice: Chroma keeps what it opened under a path, even where that failed.
    generation = place / f"{utc_now():%Y%m%dT%H%M%S}-{token_hex(3)}"
    generation.mkdir()
    write_note(generation / "made.json", _stamp(encoder, parts))
    return generation


def make_current(place: Path, generation: Path) -> None:
    """Let a generation serve, in one step."""
    write_whole(place / "current", generation.name)


def remove_others(place: Path) -> None:
    """Remove every generation but the current one: replaced, damaged, or never finished."""
    current = current_generation(place)
    for other in place.iterdir():
        if other.is_dir() and other != current:
            shutil.rmtree(other, ignore_errors=True)


def is_stamped(generation: Path, encoder: KnownEncoder, parts: Parts) -> bool:
    """Whether it was made by the versions at hand: Chroma opens a newer store without a word."""
    return bool(read_note(generation / "made.json") == _stamp(encoder, parts))


def seal(generation: Path) -> None:
    """Note how the files were left; only after they were closed."""
    write_note(generation / "seal.json", _files(generation))


def break_seal(generation: Path) -> None:
    """Say that the files may change from now on; before they are opened."""
    (generation / "seal.json").unlink(missing_ok=True)


def is_sealed(generation: Path) -> bool:
    """Whether the files were left well closed, and nothing says that they may have changed."""
    return (generation / "seal.json").is_file()


def is_as_left(generation: Path) -> bool:
    """Whether the files under a seal are those that it was put on."""
    return bool(read_note(generation / "seal.json") == _files(generation))


def read_note(path: Path) -> Any:
    """The value in a small JSON file, None where it can't be read."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return None


def write_note(path: Path, value: object) -> None:
    """Write a small JSON file in one step."""
    write_whole(path, json.dumps(value))


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, on the disk when this returns."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def holds_meaning(generation: Path) -> bool:
    """Whether Chroma is in the folder, and not on a server."""
    made = read_note(generation / "made.json")
    return not isinstance(made, dict) or "chromadb" in made


def _stamp(encoder: KnownEncoder, parts: Parts) -> dict[str, str]:
    stores = {name: version(name) for name in parts}
    return {**stores, "layout": _LAYOUT, "encoder": encoder.fingerprint}


def _files(generation: Path) -> dict[str, list[int]]:
    """Size and time of every file of both stores."""
    found = sorted(generation.glob("*/**/*"))
    states = {
        str(path.relative_to(generation)): path.stat()
        for path in found
        if path.is_file() and path.name not in _LOCKS
    }
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states.items()}
