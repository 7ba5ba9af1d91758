import ctypes
import os
from pathlib import Path

import pytest

from ingest.memory import give_back_memory


def held() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="glibc alone can")
def test_what_was_freed_between_what_is_kept_goes_back_to_the_system() -> None:
    blocks = [bytearray(b"x" * 30_000) for _ in range(8_000)]
    kept = blocks[::100]
    del blocks
    before = held()
    give_back_memory()
    assert before - held() > 100 * 2**20
    assert len(kept) == 80
