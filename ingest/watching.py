"""Folders that grow: what comes into them is ingested as it comes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

_SETTLED = 400  # milliseconds without a change: a file being written is left to become whole
_LONGEST_WAIT = 5000  # milliseconds for a folder that never settles
_LOOK = 1000  # milliseconds after which it says that nothing came


def watch_paths(
    paths: Sequence[Path], ingest: Callable[[Sequence[Path]], object], *, stop: Event
) -> None:
    """Ingest some paths, then every file that comes or changes in them, until `stop` is set."""
    changes = changes_in(paths, stop)
    next(changes, None)  # what comes from here on is seen, during the first ingest too
    if there := [path for path in paths if not path.is_dir() or any(path.iterdir())]:
        ingest(there)
    for changed in changes:
        if changed:
            ingest(changed)


def changes_in(paths: Sequence[Path], stop: Event) -> Iterator[list[Path]]:
    """Files that came or changed, and folders that came, with those of the same moment.

    Nothing as soon as it watches, and whenever nothing comes for a second.
    """
    from watchfiles import Change, watch

    held = [path.resolve() for path in paths if path.exists()]
    if not held:
        return
    for seen in watch(
        *held,
        stop_event=stop,
        step=_SETTLED,
        debounce=_LONGEST_WAIT,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    ):
        came = {Path(name) for change, name in seen if change == Change.added}
        files = {Path(name) for change, name in seen if change == Change.modified} | came
        there = (path for path in sorted(files) if path.is_file() or path in came)
        yield [path for path in there if path.exists() and not _hidden(path, held)]


def _hidden(file: Path, held: Sequence[Path]) -> bool:
    """Whether it is in a hidden folder below a watched one, or is hidden itself."""
    roots = [root for root in held if file.is_relative_to(root)]
    return any(part.startswith(".") for root in roots for part in file.relative_to(root).parts)
