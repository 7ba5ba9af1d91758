"""What the doors take and give, as pydantic describes it in OpenAPI.

What they give equals what `depeche ask --json` and `depeche search --json` print; a test holds both
together.
"""

from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.query import LONGEST_QUESTION, Filters, Language
from ingest.articles import Kind
from ingest.periods import Period

Item = TypeVar("Item")

Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]
Count = Annotated[int, Field(ge=1, le=100)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Choice(BaseModel):
    """Where to search; what is left out leaves everything in."""

    outlets: list[str] | None = None
    languages: list[str] | None = Field(None, description="ISO 639-1")
    kinds: list[Kind] | None = None
    since: date | None = None
    until: date | None = None

    def filters(self) -> Filters:
        """The same as the assistant takes it."""
        period = Period(self.since, self.until) if self.since or self.until else None
        return Filters(period, _set(self.outlets), _set(self.languages), _set(self.kinds))


class Question(Choice):
    """A question, perhaps within some outlets, languages, kinds and days."""

    question: Words
    language: Language | None = Field(None, description="of the answer's own words")


class Search(Choice):
    """A question whose passages are wanted, not an answer."""

    question: Words
    count: Count = 10


class Source(_Given):
    """Where something stands."""

    article: str
    source: str
    title: str
    outlet: str
    published: str | None = Field(description="ISO 8601, as precise as the source")
    language: str = Field(description="ISO 639-1")


class Passage(Source):
    """A passage found, as `depeche search --json` lists it."""

    rank: int
    text: str
    start: int
    end: int


class Copy(_Given):
    """The same story elsewhere."""

    article: str
    outlet: str
    published: str | None


class Translation(_Given):
    """A model's words for a foreign quote."""

    text: str
    language: Language
    model: str


class Citation(Source):
    """Words of an article: its text from `start` to `end` is `quote`, always."""

    number: int
    precision: Literal["year", "month", "day", "minute"] | None
    quote: str
    start: int
    end: int
    answer_start: int | None
    answer_end: int | None
    copies: list[Copy]
    translation: Translation | None = Field(None, description="by a model, checked against it")
    note: str = Field("", description="a correction or an editor's note")


class Sentence(_Given):
    """A sentence of the answer, with the numbers of the citations it rests on."""

    text: str
    citations: list[int]


class Window(_Given):
    """The days that the question means."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    first: date | None = Field(alias="from")
    last: date | None = Field(alias="to")
    why: str


class Searched(_Given):
    """What the answer looked through."""

    articles: int
    languages: list[str]
    newest: str | None


class Answer(_Given):
    """An answer, as `depeche ask --json` prints it."""

    answer: str
    searched_for: str | None = Field(None, description="a follow-up as it was understood")
    language: Language
    status: Literal["answered", "closest", "not_found"]
    sentences: list[Sentence]
    citations: list[Citation]
    window: Window | None
    searched: Searched
    model: str | None
    notice: str


class WholeArticle(Source):
    """An article in its last version."""

    text: str
    updated: str | None
    byline: str
    url: str
    kind: Kind
    status: Literal["usual", "corrected"]
    note: str


class Reason(BaseModel):
    """Why there is nothing."""

    code: str
    message: str


class Refusal(BaseModel):
    """What every door says when nothing comes of a request."""

    error: Reason


def _set(items: list[Item] | None) -> frozenset[Item] | None:
    return None if items is None else frozenset(items)
