"""One thread a core, each computing alone, in the numbers that the core knows."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ingest.encoder import fastest

if TYPE_CHECKING:
    import torch


def one_thread_a_core(device: str) -> ThreadPoolExecutor:
    """A pool of threads that each compute on one core; on a GPU a single one.

    Two cores that wait for each other at every operation fall to a tenth of their speed when
    another program takes one of them; two that take work from a queue lose only what it takes.
    """
    import torch

    workers = 1 if device == "cuda" else os.cpu_count() or 1
    return ThreadPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,))


def short_numbers(device: str) -> "torch.autocast":
    """A block that computes in bfloat16, but for a processor that would only imitate it."""
    import torch

    known = fastest()[1] != "float32"
    # A weight is used once, so keeping its short form would only share it between threads.
    return torch.autocast(device, torch.bfloat16, enabled=known, cache_enabled=False)
