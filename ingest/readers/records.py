"""What a source states of an article becomes an article, cleaned, or a named reason why not."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ingest.articles import STATUSES, UNKNOWN_LANGUAGE, Article, Kind, Rejection, Status
from ingest.bylines import (
    Head,
    find_agency,
    find_correction,
    name_author,
    read_head,
    says_withdrawn,
    tell_kind,
)
from ingest.cleaning import clean_line, clean_text, repair_encoding, replace_lone
from ingest.dates import NewsDate, utc_now
from ingest.languages import detect_language
from ingest.printed_dates import read_date
from ingest.sentences import split_sentences

LANGUAGE = re.compile(r"([A-Za-z]{2,3}([-_][A-Za-z0-9]+)*)?")
_LONGEST = 2_000_000  # characters of a text: a longer one is no article
_LONGEST_ID = 2000  # bytes; PostgreSQL's indexes take no more than 2,704
_OPENING = 4000  # characters in which a first sentence ends
_AHEAD = timedelta(days=2)  # more than that in the future is no difference of zones


def _line(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "; ".join(value)
    return replace_lone(value) if isinstance(value, str) else value


def _moment(value: object) -> object:
    """A date given as a number: 20240127, or seconds since 1970."""
    counted = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if counted else _line(value)


Words = Annotated[str, BeforeValidator(_line)]
Printed = Annotated[str, BeforeValidator(_moment)]


class Record(BaseModel):
    """An article as strangers write it; only the text is required, other fields are left aside."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    text: Annotated[str, BeforeValidator(lambda text: _line(text) if text is not None else text)]
    id: Annotated[str | int, BeforeValidator(_line)] = ""
    title: Words = ""
    published: Printed = ""
    updated: Printed = ""
    language: Annotated[Words, Field(pattern=f"^{LANGUAGE.pattern}$")] = ""
    outlet: Words = ""
    byline: Words = ""
    url: Words = ""
    kind: Annotated[Kind | None, BeforeValidator(lambda value: value or None)] = None
    status: Annotated[Status, BeforeValidator(lambda value: value or STATUSES[0])] = STATUSES[0]
    section: Words = ""
    agency: Words = ""
    note: Words = ""
    embargo: Printed = ""
    keywords: Words = ""
    usage: Words = ""
    remarks: Words = ""
    source: Words = ""  # set by the reader, whatever a stranger says


def check_record(values: object, source: str) -> Record | Rejection:
    """A stranger's fields as a record, or what is wrong with the first that is wrong."""
    try:
        named = {**values, "source": source} if isinstance(values, dict) else values
        return Record.model_validate(named)
    except ValidationError as error:
        return Rejection(source, _first_problem(error))


def language_code(printed: str | None) -> str:
    """A language as stated, where it is a code at all."""
    stated = (printed or "").strip()
    return stated if LANGUAGE.fullmatch(stated) else ""


def make_article(record: Record, outlet: str) -> Article | Rejection:
    """The article of a record; `outlet` stands where it names none."""
    if len(record.text) > _LONGEST:
        return Rejection(record.source, f"text: is longer than {_LONGEST:,} characters")
    mended = {name: repair_encoding(getattr(record, name)) for name in ("text", "title", "byline")}
    text, title = clean_text(mended["text"]), clean_line(mended["title"])
    language = record.language[:2].lower() or detect_language(f"{title}\n{text}")
    if reason := _refusal(record, text, language):
        return Rejection(record.source, reason)
    stated = read_date(record.published, language)
    head = read_head(text, stated, language)
    published = _more_precise(stated, head.published)
    repaired = any(getattr(record, name) != mended[name] for name in mended)
    named = clean_line(record.outlet) or outlet or clean_line(record.agency)
    return Article(
        id=_id(record, named, title, text),
        text=text,
        title=title or first_sentence(text),
        title_printed=bool(title),
        language=language or UNKNOWN_LANGUAGE,
        published=published,
        updated=read_date(record.updated, language) or head.updated,
        embargo=read_date(record.embargo, language),
        source=record.source,
        remarks="; ".join(_remarks(record, language, published, repaired)),
        **_voice(record, head, title or first_sentence(text), named, clean_line(mended["byline"])),
        **_correction(record, title, text),
        **_lines(record),
    )


def _refusal(record: Record, text: str, language: str) -> str:
    if not text and record.status != "withdrawn":
        return "text: is empty"
    if record.embargo.strip() and read_date(record.embargo, language) is None:
        # when it ends is not known: kept, it might be quoted too early
        return f"embargo: {clean_line(record.embargo)!r} is no date such as 2024-01-27"
    return ""


def _lines(record: Record) -> dict[str, Any]:
    """What is kept as it is stated, cleaned."""
    names = ("url", "section", "keywords", "usage")
    return {name: clean_line(getattr(record, name)) for name in names}


def _more_precise(stated: NewsDate | None, printed: NewsDate | None) -> NewsDate | None:
    """What metadata state, unless the words say the same more exactly."""
    if stated is None or printed is None:
        return stated or printed
    return printed if str(printed).startswith(str(stated)) else stated


def _voice(record: Record, head: Head, title: str, outlet: str, stated: str) -> dict[str, Any]:
    """Who speaks: outlet, byline, agency, and whether it is a report."""
    byline = name_author(stated) or head.byline
    agency = clean_line(record.agency) or head.agency or find_agency(byline)
    kind = record.kind or tell_kind(
        section=record.section, title=title, agency=agency, byline=byline, outlet=outlet
    )
    return {"outlet": outlet, "byline": byline, "agency": agency, "kind": kind}


def _correction(record: Record, title: str, text: str) -> dict[str, Any]:
    """Whether it was corrected or withdrawn, and the words that say so."""
    stated, printed = clean_line(record.note), find_correction(text)
    status = record.status
    if status == "usual" and says_withdrawn(title):
        status = "withdrawn"
    elif status == "usual" and (printed or find_correction(stated)):
        status = "corrected"
    return {"status": status, "note": stated or printed}


def _remarks(
    record: Record, language: str, published: NewsDate | None, mended: bool
) -> Iterable[str]:
    if record.remarks:
        yield clean_line(record.remarks)
    if mended:
        yield "letters decoded by a wrong table were repaired"
    for name, stated in (("published", record.published), ("updated", record.updated)):
        if stated.strip() and read_date(stated, language) is None:
            yield f"{name}: {clean_line(stated)!r} is no date such as 2024-01-27"
    if published and published.first_day > _tomorrow():
        yield f"its date lies in the future: {published}"


def _tomorrow() -> date:
    return utc_now().date() + _AHEAD


def first_sentence(text: str) -> str:
    """The first sentence of a text, on one line."""
    spans = split_sentences(text[:_OPENING])
    return clean_line(text[slice(*spans[0])]) if spans else ""


def _id(record: Record, outlet: str, title: str, text: str) -> str:
    """The source's own id or address, else what stays when the text of an article changes."""
    lasting = f"{outlet}\n{title or text}\n{record.published}"
    stated = clean_line(str(record.id)) or clean_line(record.url)
    if len(stated.encode()) > _LONGEST_ID:
        return hashlib.sha256(stated.encode()).hexdigest()
    return stated or hashlib.sha256(lasting.encode()).hexdigest()[:16]


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in problem["loc"]) or "line"
    return f"{where}: {problem['msg']}"
