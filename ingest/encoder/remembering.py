"""A model that many threads ask: it keeps what it gave last, and encodes together what waits."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, get_ident
from time import monotonic, sleep
from typing import Any

_APART = 0.1  # seconds between two passes that several threads ask for
_KEPT = 4096  # rows: of 384 numbers, 6 MB
_MANY = 64  # texts in one call, from which it is an ingest: nobody waits for it, nor asks again


class Remembering:
    """What an encoder asks of a model, answered for many threads."""

    def __init__(self, model: Any) -> None:
        self.encode_document = _Together(model.encode_document, apart=_APART)
        self.encode_query = _Together(model.encode_query, apart=0.0)  # its asker has nothing yet


class _Together:
    """One way to encode; whoever has the turn encodes what all who wait for theirs have asked.

    A forward pass of one sentence reads all weights and costs half of what one of eight does: so
    where several threads ask, passes begin some time apart, and each takes along who came.
    """

    def __init__(self, encode: Callable[..., Any], apart: float) -> None:
        self._encode = encode
        self._apart = apart  # seconds
        self._began, self._by = 0.0, 0  # when the last pass did, and for which thread
        self._rows: OrderedDict[str, Any] = OrderedDict()  # the longest unused first
        self._waiting: list[str] = []
        self._turn = Lock()

    def __call__(self, inputs: list[str], **options: Any) -> Any:
        """A tensor with a row a text."""
        from torch import stack

        if len(inputs) > _MANY:
            return self._encode(inputs, **options)
        self._waiting.extend(text for text in inputs if text not in self._rows)
        with self._turn:
            if not all(text in self._rows for text in inputs):
                self._let_others_come()
                waiting, self._waiting = self._waiting, []
                self._learn([*waiting, *inputs], options)
            for text in inputs:
                self._rows.move_to_end(text)
            rows = stack([self._rows[text] for text in inputs])
            while len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        return rows

    def _let_others_come(self) -> None:
        """Wait until some time after the last pass, unless that was for the same thread."""
        if self._by != get_ident():
            sleep(max(0.0, self._began + self._apart - monotonic()))
        self._began, self._by = monotonic(), get_ident()

    def _learn(self, texts: list[str], options: dict[str, Any]) -> None:
        """Hold a row of each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            rows = self._encode(new, **options)
            # A row of a tensor would keep the whole tensor.
            self._rows.update((text, row.clone()) for text, row in zip(new, rows, strict=True))
