"""Who waits for a processor is told from who stands still."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from ingest.index.probe import seconds_queued

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who waits")

_PINNED = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"


@contextmanager
def running(program: str) -> Iterator[int]:
    child = subprocess.Popen([sys.executable, "-c", _PINNED + program])
    try:
        yield child.pid
    finally:
        child.kill()
        child.wait()


def test_who_waits_for_a_processor_is_told_from_who_stands_still() -> None:
    with ExitStack() as stack:
        busy = [stack.enter_context(running("while True: pass")) for _ in range(3)]
        idle = stack.enter_context(running("import time; time.sleep(60)"))
        deadline = time.monotonic() + 60
        while min(map(seconds_queued, busy)) < 1 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert min(map(seconds_queued, busy)) >= 1
        assert seconds_queued(idle) < 1


def test_a_process_that_is_gone_waits_for_nothing() -> None:
    assert seconds_queued(2**22 + 1) == 0
