"""Filters and questions as addresses: what `?q=&from=&to=&outlet=` means."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from assistant.frames import say_date, say_languages, say_list
from assistant.query import NO_FILTERS, Filters, Language
from ingest.articles import Kind
from ingest.dates import DateUnreadableError, NewsDate, parse_date
from ingest.periods import Period
from ui.words import word

_LONGEST = 2000  # characters of a choice of filters
_KINDS: dict[str, frozenset[Kind]] = {
    "report": frozenset({"report", "wire"}),
    "opinion": frozenset({"opinion"}),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Filters as an address names them; what it names wrongly is left out."""

    first: NewsDate | None = None
    last: NewsDate | None = None
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kind: str = ""

    @property
    def filters(self) -> Filters:
        """The same for a query."""
        if self == Chosen():
            return NO_FILTERS
        return Filters(
            period=self._period,
            outlets=frozenset(self.outlets) or None,
            languages=frozenset(self.languages) or None,
            kinds=_KINDS.get(self.kind),
        )

    @property
    def _period(self) -> Period | None:
        if not self.first and not self.last:
            return None
        return Period(
            self.first.first_day if self.first else None, self.last.last_day if self.last else None
        )


def read_chosen(query: str) -> Chosen:
    """Filters from the query of an address."""
    pairs = parse_qsl(query[:_LONGEST])
    said = dict(pairs)
    return Chosen(
        _day(said.get("from", "")),
        _day(said.get("to", "")),
        _all(pairs, "outlet"),
        _all(pairs, "in"),
        said.get("kind", "") if said.get("kind") in _KINDS else "",
    )


def say_chosen(chosen: Chosen, language: Language) -> str:
    """Filters as a reader says them: "since January 3, 2024; The Mercury"."""
    first, last = (each and say_date(each, language) for each in (chosen.first, chosen.last))
    said: list[str] = []
    if first and last:
        said.append(word("between", language, first=first, last=last))
    elif first:
        said.append(word("since", language, day=first))
    elif last:
        said.append(word("until", language, day=last))
    said += [say_list(chosen.outlets, language)] if chosen.outlets else []
    said += [say_languages(chosen.languages, language)] if chosen.languages else []
    said += [word(f"kind_{chosen.kind}", language)] if chosen.kind else []
    return " · ".join(said)


def _day(printed: str) -> NewsDate | None:
    try:
        return parse_date(printed)
    except DateUnreadableError:
        return None


def _all(pairs: Iterable[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for name, value in pairs if name == wanted))
