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
from ingest.readers.records import ReadingOptions, Record

_START = 60.0  # seconds a child may take to be ready on a busy machine
_PATIENCE = 10.0  # seconds between two things it says of a file


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

    def ask(self, **request: Any) -> Iterator[dict[str, Any]]:
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


def read_guarded(path: Path, source: str, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """What a child finds in a file; a document it dies over is rejected, and the rest read on."""
    done, ended = 0, True
    while ended:
        child = _idle().pop() if _idle() else _Child()
        current, ended = source, False
        try:
            for reply in child.ask(
                path=str(path), source=source, fields=dict(options.fields), skip=done
            ):
                if "begins" in reply:
                    done, current = done + 1, reply["begins"]
                else:
                    yield _found(reply)
        except (_ChildEndedError, BrokenPipeError):
            ended = current != source or done > 0
            yield Rejection(current, f"takes longer than {_PATIENCE:.0f} s or too much memory")
            child.end()
        except GeneratorExit:
            child.end()
            raise
        else:
            _idle().append(child)


def _found(reply: dict[str, Any]) -> Record | Rejection:
    if "rejected" in reply:
        return Rejection(*reply["rejected"])
    return Record.model_validate(reply["record"])
