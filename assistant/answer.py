"""What the assistant says, and the exact words it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.query import Language
from assistant.quotes import Quote
from assistant.times import Window
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.sentences import Span
from ingest.stories import Copy

Status = Literal["answered", "closest", "not_found"]


@dataclass(frozen=True, slots=True)
class Translation:
    """A foreign quote in the reader's language, and the model whose words these are."""

    text: str
    language: Language
    model: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of an article, as an answer numbers them: `article.text[start:end]`."""

    number: int
    article: Article
    start: int
    end: int
    answer: Span | None = None  # the answering words within them, where a reader found them
    copies: tuple[Copy, ...] = ()  # the same story elsewhere
    translation: Translation | None = None

    @property
    def quote(self) -> str:
        """The words as printed."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, with the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...] = ()
    weak: bool = False  # a model wrote it, and it may say more or less than its citations
    heading: str = ""  # what it stands under: the date of an event, what a point is about

    def __str__(self) -> str:
        head = f"{self.heading}: " if self.heading else ""
        return head + self.text + "".join(f" [{number}]" for number in self.citations)


@dataclass(frozen=True, slots=True)
class Value:
    """What one citation says of a thing on which sources differ."""

    said: str
    citation: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Values that sources give for one thing, the newest first."""

    values: tuple[Value, ...]
    is_update: bool = False  # one story as it went on, and no disagreement


@dataclass(frozen=True, slots=True)
class Searched:
    """What an answer looked through."""

    articles: int
    languages: tuple[str, ...]
    newest: str | None  # date of the newest article, as its source prints it
    undated: int = 0  # articles that no window of days can hold


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as far as it has grown; the last one of a stream is whole."""

    language: Language
    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    searched: Searched
    model: str | None = None
    notice: str = ""  # what its reader should know about how it came about
    window: Window | None = None  # days that it was limited to
    remarks: tuple[str, ...] = ()  # what its reader should know of the time it speaks of
    searched_for: str | None = None  # the question as understood, where it is not as typed
    differences: tuple[Difference, ...] = ()  # on what its citations do not agree
    certainty: float | None = None  # the higher, the surer that the archive answers; no share
    left_out: int = 0  # sentences that a model wrote and no source supports
    broken: bool = False  # its model failed on the way

    @property
    def text(self) -> str:
        """The sentences, a line each where they are quotes, with their marks."""
        return ("\n\n" if self.model is None else " ").join(map(str, self.sentences))

    @property
    def newest(self) -> NewsDate | None:
        """The newest date among the articles it cites, as new as each surely is."""
        dates = [each.article.published for each in self.citations if each.article.published]
        return max(dates, key=lambda date: date.first_day, default=None)


def number_citations(
    quotes: Sequence[Quote], copies: Mapping[str, tuple[Copy, ...]]
) -> tuple[Citation, ...]:
    """Citations numbered from 1 in the order given, with the copies of their articles by id."""
    return tuple(
        Citation(
            number, one.article, one.start, one.end, one.answer, copies.get(one.article.id, ())
        )
        for number, one in enumerate(quotes, start=1)
    )
