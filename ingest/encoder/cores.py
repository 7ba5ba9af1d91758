"""One thread a core, each computing alone.

Two cores that wait for each other at every operation fall to a third of their speed when another
program takes one of them; two that take work from a queue lose only what it takes.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_FEW, _MANY = 2, 32  # texts in one pass
_TURNS = 2  # portions for a core, so that all cores end at about the same time


def one_thread_a_core(device: str) -> ThreadPoolExecutor:
    """A pool of threads that each compute on one core; on a GPU a single one."""
    import torch

    workers = 1 if device == "cuda" else claim_cores()
    return ThreadPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,))


@cache
def claim_cores() -> int:
    """As many as torch would use for one operation, which uses one from now on."""
    import torch

    count = torch.get_num_threads()
    torch.set_num_threads(1)
    return count


_pool = cache(one_thread_a_core)


def share_out(
    run: Callable[[list[Item]], Sequence[Result]],
    items: Sequence[Item],
    length: Callable[[Item], int],
) -> list[Result]:
    """What `run` gives for each item, in order; each core takes some of like length at a time."""
    order = sorted(range(len(items)), key=lambda place: -length(items[place]))
    count = _count_portions(len(items))
    bounds = [len(items) * part // max(1, count) for part in range(count + 1)]
    portions = [order[start:end] for start, end in pairwise(bounds)]

    def run_portion(places: list[int]) -> Sequence[Result]:
        return run([items[place] for place in places])

    alone = len(portions) < 2  # whom nobody helps need not hand it over
    found = map(run_portion, portions) if alone else _pool("cpu").map(run_portion, portions)
    results = {
        place: result
        for places, some in zip(portions, found, strict=True)
        for place, result in zip(places, some, strict=True)
    }
    return [results[place] for place in range(len(items))]


def _count_portions(items: int) -> int:
    """As many for one core as for another, where there are more than cores; none is too large."""
    cores = claim_cores()
    count = min(items // _FEW, _TURNS * cores)
    return max(-(-items // _MANY), count - count % cores if count > cores else count)


class OnEveryCore:
    """A model of sentence-transformers whose texts are shared out among the cores."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode_document(self, inputs: list[str], **options: Any) -> Any:
        """A tensor with a row a passage."""
        return self._share_out(self._model.encode_document, inputs, options)

    def encode_query(self, inputs: list[str], **options: Any) -> Any:
        """A tensor with a row a question."""
        return self._share_out(self._model.encode_query, inputs, options)

    def _share_out(
        self, encode: Callable[..., Any], inputs: list[str], options: dict[str, Any]
    ) -> Any:
        from torch import stack

        return stack(share_out(lambda some: encode(some, **options), inputs, len))
