"""Reading in a child process that can be killed without taking the run along."""

import json
import subprocess
import sys
import weakref
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

from ingest.articles import Rejection
from ingest.readers.fields import ReadingOptions
from ingest.readers.records import Record

_START = 60.0  # seconds a child may take to be ready on a busy machine
_PATIENCE = 60.0  # seconds between two replies, whatever keeps it; its own work ends sooner
_DEATHS = 5  # over one file, then the rest of it is not worth the time


class _ChildEndedError(Exception):
    """The child died, or was killed because its time was up."""


class _Child:
    """A running child, asked a file at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.readers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            text=True,
            encoding="ascii",
        )
        if not (self._process.stdin and self._process.stdout):
            raise _ChildEndedError
        self._requests, self._replies = self._process.stdin, self._process.stdout
        weakref.finalize(self, _end, self._process)
        self._next(_START)

    @property
    def alive(self) -> bool:
        """Whether it still answers."""
        try:
            return not list(self.ask({}))
        except (_ChildEndedError, BrokenPipeError):
            return False

    def ask(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Everything it says of a file; raise _ChildEndedError when it dies over it."""
        self._requests.write(json.dumps(request) + "\n")
        self._requests.flush()
        while "done" not in (reply := self._next(_PATIENCE)):
            yield reply

    def end(self) -> None:
        """Kill it."""
        _end(self._process)

    def _next(self, patience: float) -> dict[str, Any]:
        timer = Timer(patience, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            line = self._replies.readline()
        finally:
            timer.cancel()
        if not line.endswith("\n"):
            raise _ChildEndedError
        reply: dict[str, Any] = json.loads(line)
        return reply


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()


@cache
def _idle() -> deque[_Child]:
    """Children that wait for the next file: to start one takes as long as to read a hundred."""
    return deque()


def _take_child() -> _Child:
    while _idle():
        child = _idle().pop()
        if child.alive:
            return child
    return _Child()


def read_guarded(path: Path, source: str, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """What a child finds in a file; a document it dies over is rejected, and the rest read on."""
    request = {"path": str(path.absolute()), "source": source, "fields": dict(options.fields)}
    begun = deaths = 0
    current: str | None = source
    while current is not None and deaths < _DEATHS:
        current = None  # the document being read, where the child dies over one
        try:
            for reply in _ask(request | {"skip": begun}):
                if "begins" in reply:
                    begun, current = begun + 1, reply["begins"]
                elif "ends" in reply:
                    current = None
                elif "walks" not in reply:
                    yield _found(reply)
        except (_ChildEndedError, BrokenPipeError):
            deaths += 1
            yield Rejection(current or source, "takes too long or too much memory to read")


def _ask(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The replies of a child, which is kept for the next file if it comes to the end of this."""
    child = _take_child()
    try:
        yield from child.ask(request)
    except BaseException:  # GeneratorExit too: the rest of its replies would answer the next file
        child.end()
        raise
    _idle().append(child)


def _found(reply: dict[str, Any]) -> Record | Rejection:
    if "rejected" in reply:
        return Rejection(*reply["rejected"])
    return Record.model_validate(reply["record"])
