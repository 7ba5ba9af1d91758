"""Articles as JSON, one object a line, in the fields of the contract."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ingest.articles import KINDS, STATUSES, Article, Kind, Rejection, Status
from ingest.cleaning import clean_line, clean_text
from ingest.dates import DateUnreadableError, NewsDate, parse_date
from ingest.languages import detect_language
from ingest.readers.plain import first_sentence

_LONGEST = 16 * 2**20  # bytes of a line

Line = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]


class Record(BaseModel):
    """A line as strangers write it; only the text is required, other fields are left aside."""

    model_config = ConfigDict(extra="ignore", strict=True)

    text: str
    id: str | int | None = None
    title: Line = ""
    published: Line = ""
    updated: Line = ""
    language: Line = Field("", pattern=r"^([A-Za-z]{2,3}([-_][A-Za-z0-9]+)*)?$")
    outlet: Line = ""
    byline: Line = ""
    url: Line = ""
    kind: Annotated[Kind, BeforeValidator(lambda value: value or KINDS[0])] = KINDS[0]
    status: Annotated[Status, BeforeValidator(lambda value: value or STATUSES[0])] = STATUSES[0]


def read_jsonl(path: Path, outlet: str) -> Iterator[Article | Rejection]:
    """Read the articles of a file; a bad line is named by its number and never stops the rest."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST + 1):
            number += 1
            source = f"{path}:{number}"
            if len(line) > _LONGEST:
                yield Rejection(source, f"line is longer than {_LONGEST // 2**20} MB")
                _skip_rest(file, line)
            elif line.removeprefix(b"\xef\xbb\xbf").strip():
                yield _read_line(line, source, outlet)


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_LONGEST)


def _read_line(line: bytes, source: str, outlet: str) -> Article | Rejection:
    try:
        fields = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
        record = Record.model_validate(fields)
        return _make_article(record, source, outlet)
    except UnicodeDecodeError as error:
        return Rejection(source, f"is not UTF-8: byte {error.start} of the line")
    except ValidationError as error:
        return Rejection(source, _first_problem(error))
    except DateUnreadableError as error:
        return Rejection(source, f"date: {error}")
    except (ValueError, RecursionError) as error:
        return Rejection(source, f"is not JSON: {error}")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"]) or "line"
    return f"{field}: {problem['msg']}"


def _make_article(record: Record, source: str, outlet: str) -> Article | Rejection:
    text, title = clean_text(record.text), clean_line(record.title)
    if not text:
        return Rejection(source, "text: is empty")
    article_outlet = clean_line(record.outlet) or outlet
    return Article(
        id=_id(record, article_outlet, title, text),
        text=text,
        title=title or first_sentence(text),
        title_printed=bool(title),
        language=record.language[:2].lower() or detect_language(f"{title}\n{text}"),
        published=_date(record.published),
        updated=_date(record.updated),
        outlet=article_outlet,
        byline=clean_line(record.byline),
        url=clean_line(record.url),
        kind=record.kind,
        status=record.status,
        source=source,
    )


def _date(printed: str) -> NewsDate | None:
    return parse_date(printed) if printed.strip() else None


def _id(record: Record, outlet: str, title: str, text: str) -> str:
    """The source's own id or address, else what stays when the text of an article changes."""
    given = clean_line(str(record.id)) if record.id is not None else ""
    lasting = f"{outlet}\n{title or text}\n{record.published}"
    return given or clean_line(record.url) or hashlib.sha256(lasting.encode()).hexdigest()[:16]
