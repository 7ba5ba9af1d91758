"""Questions with known answers, one JSON object a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.query import LONGEST_QUESTION
from ingest.articles import Rejection


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and where its answer stands; without an article it has none."""

    id: str
    text: str
    language: str
    article: str | None = None
    answer: str | None = None
    evidence: tuple[str, ...] = ()  # sentences of the article, word for word
    asked: date | None = None  # None: on the day of the evaluation

    @property
    def answerable(self) -> bool:
        """Whether the archive can answer it."""
        return self.article is not None


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int
    question: str = Field(max_length=LONGEST_QUESTION, pattern=r"\w")
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    article: str | int | None
    answer: str | None
    evidence: list[Annotated[str, Field(pattern=r"\S")]] | None = None
    asked: date | None = None


def read_questions(path: Path) -> Iterator[Question | Rejection]:
    """Read a file of questions; a bad line is named by its number and never stops the rest."""
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.removeprefix(b"\xef\xbb\xbf").strip():
            yield _read_line(line, f"{path}:{number}")


def _read_line(line: bytes, source: str) -> Question | Rejection:
    try:
        read = _Line.model_validate(json.loads(line.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        return Rejection(source, f"is not UTF-8: byte {error.start} of the line")
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in problem["loc"]) or "line"
        return Rejection(source, f"{field}: {problem['msg']}")
    except (ValueError, RecursionError) as error:
        return Rejection(source, f"is not JSON: {error}")
    return Question(
        id=str(read.id),
        text=read.question,
        language=read.language,
        article=None if read.article is None else str(read.article),
        answer=read.answer,
        evidence=tuple(read.evidence or ()),
        asked=read.asked,
    )
