"""From a topic to its timeline: what the archive tells about it, an event at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Citation, Searched
from assistant.conversation.grammar import words_of
from assistant.conversation.slots import slots_of
from assistant.evidence import Evidence, find_evidence
from assistant.names import mentions
from assistant.query import Language, Query
from assistant.quotes import stands_alone
from assistant.timeline.events import Event, Telling, group_tellings
from assistant.timeline.happened import date_of_event
from ingest.archive import Archive
from ingest.dates import NewsDate
from ingest.periods import Period
from ingest.sentences import Span, split_sentences

_PASSAGES = 80  # that are looked at
_LIKE = 0.3  # cosine of topic and passage from which a passage is about it
_VERY_LIKE = 0.45  # from which it is in whatever words, such as another language's
_SHARE = 0.5  # of the topic's words that its article mentions
_LEAD = 0.15  # what the first sentence of an article gains: it tells the news
_OPENING = 400  # characters that say what an article is about
_OF_BEST = 0.5  # of the likeness of the best opening, for another to be about the topic
_CLOSE = 0.3  # cosine of topic and sentence, for one that names a date of its own
_EVENTS = 24
_QUOTES = 3  # of one event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a timeline: when, and the words that tell it."""

    date: NewsDate | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened about a topic, in order; apart, what nobody dates."""

    topic: str
    language: Language
    period: Period | None
    entries: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    searched: Searched

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every quote, in the order of its number."""
        return tuple(each for entry in (*self.entries, *self.undated) for each in entry.citations)


def make_timeline(query: Query, archive: Archive, searched: Searched) -> Timeline:
    """The timeline of a query's topic, within its period where it has one."""
    events = find_events(query, archive)
    told = [event for event in events if _within(event, query.period)][:_EVENTS]
    dated = sorted((event for event in told if event.date), key=_when)
    undated = [event for event in told if not event.date]
    entries = list(number_entries([*dated, *undated]))
    return Timeline(
        query.text, query.language, query.period,
        tuple(entries[: len(dated)]), tuple(entries[len(dated) :]), searched,
    )  # fmt: skip


def find_events(query: Query, archive: Archive) -> list[Event]:
    """The events of a topic, the weightiest first."""
    evidence = find_evidence(query, archive, _PASSAGES)
    about = [one for one in evidence if is_about(query.subject, one)]
    return group_tellings(list(_tellings(query, _of_one_story(query, about, archive), archive)))


def is_about(topic: str, evidence: Evidence) -> bool:
    """Whether a passage is about a topic: near in meaning and naming most of it, or very near."""
    words = [word.text for word in words_of(topic) if not word.closed]
    text = f"{evidence.article.title} {evidence.text}"
    named = sum(mentions(word, text) for word in words)
    tells = evidence.article.kind != "opinion"  # what somebody thinks is no event
    near = _LIKE if named >= _SHARE * len(words) else _VERY_LIKE
    return tells and evidence.likeness >= near


def _of_one_story(query: Query, about: Sequence[Evidence], archive: Archive) -> list[Evidence]:
    """What stands in articles whose opening is about the topic, too, and not in passing alone."""
    articles = {one.article.id: one.article for one in about}
    if not articles:
        return []
    openings = [f"{each.title}. {each.text[:_OPENING]}" for each in articles.values()]
    vectors = archive.encoder.encode_passages(openings).astype(np.float32)
    topic = archive.encoder.encode_questions([query.subject])[0].astype(np.float32)
    near = dict(zip(articles, (vectors @ topic).tolist(), strict=True))
    least = _OF_BEST * max(near.values())
    return [one for one in about if near[one.article.id] >= least]


def tells_of(topic: str, sentence: str) -> bool:
    """Whether a sentence names somebody or something, or what the topic does: not mood alone."""
    named = any(slot.kind != "time" for slot in slots_of(sentence))
    words = (word.text for word in words_of(topic) if not word.closed)
    return named or any(mentions(word, sentence) for word in words)


def _within(event: Event, period: Period | None) -> bool:
    return period is None or (event.date is not None and period.covers(event.date))


def _when(event: Event) -> tuple[str, float]:
    """By day; what is known to the month or year alone goes before its days."""
    return (event.date.text if event.date else ""), -event.weight


def number_entries(events: Iterable[Event]) -> Iterator[Entry]:
    """Events as entries, an article quoted once in each, quotes numbered from 1."""
    number = 0
    for event in events:
        articles: dict[str, Telling] = {}
        for one in event.tellings:
            articles.setdefault(one.article.id, one)
        quoted = list(articles.values())[:_QUOTES]
        citations = tuple(
            Citation(place, one.article, *one.span, copies=one.copies)
            for place, one in enumerate(quoted, start=number + 1)
        )
        number += len(citations)
        yield Entry(event.date, citations)


def _tellings(query: Query, about: Sequence[Evidence], archive: Archive) -> Iterator[Telling]:
    """The sentence of each article that tells most of the topic, and others that name a day."""
    told = _all_tellings(query, about, archive)
    best: dict[str, Telling] = {}
    for one in sorted(told, key=lambda telling: -telling.score):
        first = best.setdefault(one.article.id, one) is one
        if first or (one.dated and one.score >= _CLOSE):
            yield one


def _all_tellings(query: Query, about: Sequence[Evidence], archive: Archive) -> list[Telling]:
    spans = list(_sentences(about))
    texts = [one.article.text[start:end] for one, (start, end) in spans]
    vectors = archive.encoder.encode_passages(texts).astype(np.float32)
    topic = archive.encoder.encode_questions([query.subject])[0].astype(np.float32)
    leads = [
        _LEAD if start == 0 and tells_of(query.subject, text) else 0.0
        for (_, (start, _)), text in zip(spans, texts, strict=True)
    ]
    return [
        Telling(
            one.article, span, *date_of_event(text, one.article.published),
            score=float(vector @ topic) + lead, vector=vector, copies=one.copies,
        )
        for (one, span), text, vector, lead in zip(spans, texts, vectors, leads, strict=True)
    ]  # fmt: skip


def _sentences(about: Iterable[Evidence]) -> Iterator[tuple[Evidence, Span]]:
    """The first sentence of each article and those of its passages that stand alone, each once."""
    seen: set[tuple[str, Span]] = set()
    for one in about:
        text = one.article.text
        lead = split_sentences(text)[0]
        inside = [
            (one.passage.start + first, one.passage.start + last)
            for first, last in split_sentences(one.text)
        ]
        for start, end in (lead, *inside):
            place = one.article.id, (start, end)
            if place not in seen and stands_alone(text[start:end]):
                seen.add(place)
                yield one, (start, end)
