"""The reader: whether a passage answers a question, and in which of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ingest.sentences import Span
from ingest.tracing import span

BOX = Path(__file__).parent / "model"  # the reader in the box


Caution = Literal["bold", "balanced", "careful"]  # how sure a reader is before it says so


class ReaderUnavailableError(Exception):
    """The reader that the settings name cannot be opened."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one passage."""

    logit: float  # the higher, the surer that the passage answers
    enough: float  # the least that counts as an answer
    words: Span | None = None  # characters of the passage that answer, where the reader finds them


@dataclass(frozen=True, slots=True)
class Page:
    """A passage as it is read: with the title of its article."""

    title: str
    text: str


class Reader(Protocol):
    """What reads passages for a question."""

    @property
    def name(self) -> str:
        """As the settings name it."""

    def read(self, question: str, pages: Sequence[Page]) -> list[Reading]:
        """Read pages for a question: one reading each, in order."""


@span("open reader")
def open_reader(name: str, caution: Caution) -> Reader | None:
    """Open a reader: "" is the one in the box, "none" is none, else any cross-encoder."""
    if name == "none":
        return None
    if not name:
        from assistant.reader.box import open_box

        return open_box(caution)
    from assistant.reader.crossing import open_cross_encoder

    return open_cross_encoder(name, caution)
