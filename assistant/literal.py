"""The answer without a language model: the best sentences, quoted, with their sources."""

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Searched, Sentence, number_citations
from assistant.dating import say_period
from assistant.evidence import Evidence
from assistant.frames import frame_quote, say, say_articles, say_date, say_languages, say_list
from assistant.outcome import Outcome, judge
from assistant.query import Language, Query
from assistant.quotes import choose_quotes, pick_quotes, weigh_sentences
from ingest.dates import NewsDate
from ingest.encoder import Encoder
from ingest.tracing import span


@span("compose")
def answer_literally(
    query: Query, evidence: Sequence[Evidence], encoder: Encoder, searched: Searched
) -> Answer:
    """Quote what answers; show the closest passage, or say what was searched, when nothing does."""
    weighed = weigh_sentences(query, evidence, encoder)
    outcome = judge(query, evidence, weighed)
    quotes = [] if outcome.status == "not_found" else pick_quotes(weighed)
    citations = number_citations(quotes, {one.article.id: one.copies for one in evidence})
    return compose(
        query, outcome, citations if outcome.status == "answered" else citations[:1], searched
    )


@span("compose")
def answer_from_outside(
    query: Query, evidence: Sequence[Evidence], encoder: Encoder, searched: Searched
) -> Answer:
    """Show the closest passage where nothing within the query's days answers."""
    quotes = choose_quotes(query, evidence, encoder)
    citations = number_citations(quotes, {one.article.id: one.copies for one in evidence})
    return compose(query, Outcome("closest", outside=True), citations[:1], searched)


def compose(
    query: Query, outcome: Outcome, citations: tuple[Citation, ...], searched: Searched
) -> Answer:
    """Frame quotes as an answer of an outcome."""
    language = query.language
    sentences = [
        Sentence(frame_quote(one.article, one.quote, language, one.copies), (one.number,))
        for one in citations
    ]
    if outcome.status != "answered":
        opening = _open(query, outcome)
        if outcome.untold:
            opening = f"{say('untold_' + outcome.untold, language)} {opening}"
        if outcome.missing:
            names = say_list(outcome.missing, language)
            opening = f"{say('missing', language, names=names)} {opening}"
        sentences.insert(0, Sentence(opening))
        sentences.append(Sentence(say_searched(searched, language)))
    return Answer(
        language, outcome.status, tuple(sentences), citations, searched, certainty=outcome.certainty
    )


def _open(query: Query, outcome: Outcome) -> str:
    if outcome.outside and query.period:
        days = say_period(query.period, query.language)
        return say("outside", query.language, days=days)
    return say(outcome.status, query.language)


def say_searched(searched: Searched, language: Language) -> str:
    """One line about what was looked through."""
    if not searched.articles:
        return say("empty_archive", language)
    newest = searched.newest
    return say(
        "searched",
        language,
        articles=say_articles(searched.articles, language),
        languages=say_languages(searched.languages, language),
        newest=say_date(NewsDate(newest), language) if newest else say("no_date", language),
    )
