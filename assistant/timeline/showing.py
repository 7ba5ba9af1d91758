"""A timeline as Markdown, as JSON, and as an answer of a conversation."""

from collections.abc import Iterable

from assistant.answer import Answer, Sentence
from assistant.contract import Fields, citation_as_json, searched_as_json
from assistant.frames import frame_quote, name_article, say, say_date
from assistant.literal import say_searched
from assistant.query import Language
from assistant.timeline.briefing import Briefing
from assistant.timeline.making import Entry, Timeline


def timeline_as_json(timeline: Timeline) -> Fields:
    """A timeline as `depeche timeline --json` prints it."""
    period = timeline.period
    return {
        "topic": timeline.topic,
        "language": timeline.language,
        "from": period.first.isoformat() if period and period.first else None,
        "to": period.last.isoformat() if period and period.last else None,
        "entries": [_entry_as_json(entry, timeline.language) for entry in timeline.entries],
        "undated": [_entry_as_json(entry, timeline.language) for entry in timeline.undated],
        "searched": searched_as_json(timeline.searched),
    }


def briefing_as_json(briefing: Briefing) -> Fields:
    """A briefing as `depeche briefing --json` prints it."""
    return {
        "topic": briefing.topic,
        "language": briefing.language,
        "sections": [
            {
                "about": section.about or None,
                "points": [_entry_as_json(point, briefing.language) for point in section.points],
            }
            for section in briefing.sections
        ],
        "searched": searched_as_json(briefing.searched),
    }


def _entry_as_json(entry: Entry, language: Language) -> Fields:
    return {
        "date": entry.date.text if entry.date else None,
        "precision": entry.date.precision if entry.date else None,
        "text": _tell(entry, language),
        "citations": [citation_as_json(citation) for citation in entry.citations],
    }


def timeline_as_markdown(timeline: Timeline) -> str:
    """A timeline to paste into a document: a line an event, its sources numbered below."""
    language = timeline.language
    title = say("timeline_of", language, topic=timeline.topic)
    lines = _items(timeline.entries, language)
    if timeline.undated:
        lines += [
            "",
            f"## {say('without_date', language)}",
            "",
            *_items(timeline.undated, language),
        ]
    return _document(title, lines, timeline)


def briefing_as_markdown(briefing: Briefing) -> str:
    """A briefing to paste into a document: its points by section, its sources numbered below."""
    language, lines = briefing.language, list[str]()
    for section in briefing.sections:
        about = section.about or say("other_points", language)
        lines += [f"## {_plain(about)}", "", *_items(section.points, language), ""]
    return _document(say("briefing_on", language, topic=briefing.topic), lines, briefing)


def _document(title: str, lines: Iterable[str], told: Timeline | Briefing) -> str:
    language = told.language
    sources = [
        f"{each.number}. {_plain(name_article(each.article, language))} {each.article.url}".rstrip()
        for each in told.citations
    ]
    body = lines if sources else [say("no_events", language)]
    searched = say_searched(told.searched, language)
    return "\n".join([f"# {_plain(title)}", "", *body, "", *sources, "", searched])


def timeline_as_answer(timeline: Timeline) -> Answer:
    """A timeline as the answer to a question: a sentence an event, under its date."""
    language = timeline.language
    undated = say("without_date", language)
    return _answer(
        timeline,
        [
            _sentence(entry, say_date(entry.date, language) if entry.date else undated, language)
            for entry in (*timeline.entries, *timeline.undated)
        ],
    )


def briefing_as_answer(briefing: Briefing) -> Answer:
    """A briefing as the answer to a question: a sentence a point, under what it is about."""
    language = briefing.language
    rest = say("other_points", language)
    return _answer(
        briefing,
        [
            _sentence(point, section.about or rest, language)
            for section in briefing.sections
            for point in section.points
        ],
    )


def _answer(told: Timeline | Briefing, sentences: list[Sentence]) -> Answer:
    language, searched = told.language, told.searched
    if sentences:
        return Answer(language, "answered", tuple(sentences), told.citations, searched)
    none = Sentence(say("no_events", language)), Sentence(say_searched(searched, language))
    return Answer(language, "not_found", none, (), searched)


def _sentence(entry: Entry, heading: str, language: Language) -> Sentence:
    numbers = tuple(citation.number for citation in entry.citations)
    return Sentence(_tell(entry, language), numbers, heading=heading)


def _items(entries: Iterable[Entry], language: Language) -> list[str]:
    return [
        f"- {f'**{say_date(entry.date, language)}** · ' if entry.date else ''}"
        f"{_plain(_tell(entry, language))} {_marks(entry)}"
        for entry in entries
    ]


def _tell(entry: Entry, language: Language) -> str:
    """The best of its quotes, framed."""
    best = entry.citations[0]
    return frame_quote(best.article, best.quote, language, best.copies)


def _marks(entry: Entry) -> str:
    return "".join(f"[{citation.number}]" for citation in entry.citations)


def _plain(text: str) -> str:
    """Words that Markdown takes for nothing else."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#" else letter for letter in text)
