"""Open and check a generation in a child process, which may hang or die in our place.

A damaged Chroma store can stop for ever, end the process or answer wrongly; a truncated file of
tantivy's ends the process that reads it.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from ingest.ledger import Ledger, open_ledger
from ingest.serving import KnownEncoder

DEADLINE = 20.0  # seconds without a sign of life
_BUSY = 5  # such spans, most of each spent in the queue for a processor, that a child is given
_GROWTH = 2**28  # bytes that a file may grow beyond twice the archive while it is checked
_ALIVE, _WELL = ".", "well"


def find_damage(generation: Path, ledger: Ledger, encoder: KnownEncoder) -> str:
    """What is wrong with a generation once it has followed the ledger; "" where nothing is."""
    address = ledger.engine.url.render_as_string(hide_password=False)
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
        text=True,
    )
    try:
        _ask(child, json.dumps([str(generation), address, encoder.fingerprint]))
        return _listen(child)
    finally:
        child.kill()
        child.communicate()


def _ask(child: "subprocess.Popen[str]", question: str) -> None:
    if child.stdin:
        child.stdin.write(question + "\n")
        child.stdin.flush()  # and stays open: where it closes, the child has lost its parent


def _listen(child: "subprocess.Popen[str]") -> str:
    heard: SimpleQueue[str] = SimpleQueue()
    Thread(target=_hand_over, args=(child.stdout, heard), daemon=True).start()
    queued, busy = 0.0, 0
    while True:
        try:
            said = heard.get(timeout=DEADLINE)
        except Empty:
            before, queued = queued, seconds_queued(child.pid)
            busy += 1
            if queued - before > DEADLINE / 2 and busy <= _BUSY:
                continue
            return f"it stood still for {DEADLINE:.0f} seconds"
        if said == _WELL:
            return ""
        if not said:
            return _end_of(child.wait())
        if said != _ALIVE:
            return said


def seconds_queued(process: int) -> float:
    """How long the threads of a process have waited for a processor; 0 where nothing tells.

    https://docs.kernel.org/scheduler/sched-stats.html, the second figure of each.
    """
    try:
        threads = Path(f"/proc/{process}/task").glob("*/schedstat")
        told = [thread.read_text("ascii") for thread in threads]
    except OSError:  # a thread has just ended
        return 0.0
    return sum(int(each.split()[1]) for each in told) / 1e9


def _hand_over(lines: IO[str] | None, heard: "SimpleQueue[str]") -> None:
    for line in lines or ():
        heard.put(line.strip())
    heard.put("")


def _end_of(code: int) -> str:
    return f"it ended the process with {signal.Signals(-code).name}" if code < 0 else "it broke off"


def _main() -> None:
    """Read what to check from standard input; say how it goes on standard output."""
    generation, address, fingerprint = json.loads(sys.stdin.readline())
    Thread(target=_end_with_parent, daemon=True).start()
    _bound_growth(Path(generation).parents[2])
    try:
        for _ in _check(Path(generation), open_ledger(address), fingerprint):
            _say(_ALIVE)
    except BaseException as error:  # a panic of Rust's is no Exception
        _say(f"{type(error).__name__}: {error}".replace("\n", " "))
    else:
        _say(_WELL)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _check(folder: Path, ledger: Ledger, fingerprint: str) -> Iterator[object]:
    from ingest.index.checks import check_generation
    from ingest.index.files import check_files
    from ingest.index.generation import open_generation

    yield "imported"
    yield from check_files(folder)
    encoder = next(each for each in ledger.encoders() if each.fingerprint == fingerprint)
    generation = open_generation(folder)
    yield from generation.follow(ledger, encoder)
    yield from check_generation(generation, ledger, encoder)
    generation.close()


def _bound_growth(archive: Path) -> None:
    """Let no file outgrow the archive: Chroma goes on writing damaged links while there is room."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    sizes = [file.stat().st_size for file in archive.rglob("*") if file.is_file()]
    limit = 2 * sum(sizes) + _GROWTH
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def _end_with_parent() -> None:
    """Leave at once when the parent dies: whoever opens the archive next owns these files."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    _main()
