"""Long lists in pages: what a statement or a store takes at once."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def pages(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Items in their order, so many at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))
