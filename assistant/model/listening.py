"""The words of a model as it says them, for as long as it may take."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from assistant.model.breaker import Breaker
from assistant.model.failure import ModelFailedError, explain_failure
from assistant.model.limits import Limits

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

_BEAT = 0.2  # seconds; how long a reader who went away may go unnoticed while a model is silent
_LONGEST = 40_000  # characters; thoughts and all, no short answer takes as many

# What providers call a finish that was meant: OpenAI and Ollama, Google, Anthropic, Cohere.
_FINISHES = ("finish_reason", "stop_reason", "done_reason")
_MEANT = frozenset(("stop", "end_turn", "stop_sequence", "complete"))

Piece = str | ModelFailedError | None  # words, or the end: a failure or none


@dataclass(frozen=True, slots=True)
class Model:
    """A chat model that is open, with the loop that listens to it."""

    name: str
    chat: "BaseChatModel"
    portal: "BlockingPortal"
    limits: Limits
    breaker: Breaker

    def stream(self, messages: "Sequence[BaseMessage]") -> Generator[str]:
        """Yield its words as they come, and "" as a sign of life while there are none.

        Close the stream and the model is told to stop at once. ModelFailedError says that
        what was heard is not a whole answer.
        """
        with self.breaker.attempt():
            yield from self._listen(messages)

    def _listen(self, messages: "Sequence[BaseMessage]") -> Iterator[str]:
        pieces: SimpleQueue[Piece] = SimpleQueue()
        reading = self.portal.start_task_soon(_read, self.chat, messages, pieces)
        silent = waited = 0.0
        try:
            while True:
                piece, seconds = _next_piece(pieces)
                silent, waited = silent + seconds, waited + seconds
                if silent > self.limits.silence or waited > self.limits.whole:
                    raise ModelFailedError("slow")
                if piece is None:
                    return
                if isinstance(piece, ModelFailedError):
                    raise piece
                silent = 0.0 if piece.strip() else silent
                yield piece
        finally:
            reading.cancel()


def _next_piece(pieces: "SimpleQueue[Piece]") -> tuple[Piece, float]:
    """The next piece, or "" after a while, and the seconds it was waited for."""
    began = monotonic()
    try:
        return pieces.get(timeout=_BEAT), monotonic() - began
    except Empty:
        return "", monotonic() - began


async def _read(
    chat: "BaseChatModel", messages: "Sequence[BaseMessage]", pieces: "SimpleQueue[Piece]"
) -> None:
    """Put what a model says in a queue, and last how it ended."""
    heard, finish = "", ""
    try:
        async with aclosing(chat.astream(list(messages))) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                words = chunk.text[: _LONGEST - len(heard)]
                heard, finish = heard + words, _finish(chunk) or finish
                pieces.put(words)
                if len(heard) >= _LONGEST:
                    break
        pieces.put(_verdict(heard, finish))
    except Exception as error:  # each provider has errors of its own
        pieces.put(explain_failure(error))


def _finish(chunk: "AIMessageChunk") -> str:
    return next((said for key in _FINISHES if (said := chunk.response_metadata.get(key))), "")


def _verdict(heard: str, finish: str) -> ModelFailedError | None:
    """Nothing where an answer has words and an end that was meant."""
    if not heard.strip():
        return ModelFailedError("failed", f"no words, finish {finish or 'not given'}")
    if str(finish).lower() in _MEANT:
        return None
    return ModelFailedError("cut", f"finish {finish or 'not given'}")
