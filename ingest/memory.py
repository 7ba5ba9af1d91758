"""Memory that is no longer needed goes back to the system: the C library would keep it."""

import ctypes


def give_back_memory() -> None:
    """Give back what was freed; encoding passages of all lengths leaves holes that add up.

    https://man7.org/linux/man-pages/man3/malloc_trim.3.html; other systems than glibc's have none.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # TypeError: Windows wants a name
        return
    trim(0)
