"""One thread a core, each computing alone."""

import os
from concurrent.futures import ThreadPoolExecutor


def one_thread_a_core(device: str) -> ThreadPoolExecutor:
    """A pool of threads that each compute on one core; on a GPU a single one.

    Two cores that wait for each other at every operation fall to a tenth of their speed when
    another program takes one of them; two that take work from a queue lose only what it takes.
    """
    import torch

    workers = 1 if device == "cuda" else os.cpu_count() or 1
    return ThreadPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,))
