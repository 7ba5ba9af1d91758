"""The answer without a language model: the best sentences, quoted, with their sources."""

from collections.abc import Sequence

from assistant.answer import Answer, Searched, Sentence, Status, number_citations
from assistant.evidence import Evidence
from assistant.frames import frame_quote, say, say_articles, say_date, say_languages
from assistant.query import Language, Query
from assistant.quotes import Quote, choose_quotes
from ingest.dates import NewsDate
from ingest.encoder import Encoder


def answer_literally(
    query: Query, evidence: Sequence[Evidence], encoder: Encoder, searched: Searched
) -> Answer:
    """Quote what answers; show the closest passage, or say what was searched, when nothing does."""
    quotes = choose_quotes(query, evidence, encoder)
    status = judge(evidence)
    if status == "not_found" or not quotes:
        quotes = []
    elif status == "closest":
        quotes = quotes[:1]
    return compose(query, status if quotes else "not_found", quotes, searched)


def judge(evidence: Sequence[Evidence]) -> Status:
    """Whether the evidence answers, as far as that can be known without reading it."""
    best = max((one.likeness for one in evidence), default=0.0)
    if best >= _ANSWERS:
        return "answered"
    return "closest" if best >= _NEAR else "not_found"


_ANSWERS = 0.30  # cosine of question and passage from which most questions are answered
_NEAR = 0.15  # and below which nothing has to do with the question


def compose(query: Query, status: Status, quotes: Sequence[Quote], searched: Searched) -> Answer:
    """Frame quotes as an answer of a status."""
    language = query.language
    citations = number_citations([(quote.article, (quote.start, quote.end)) for quote in quotes])
    sentences = [
        Sentence(frame_quote(citation.article, citation.quote, language), (citation.number,))
        for citation in citations
    ]
    if status != "answered":
        sentences.insert(0, Sentence(say(status, language)))
        sentences.append(Sentence(say_searched(searched, language)))
    return Answer(language, status, tuple(sentences), citations, searched)


def say_searched(searched: Searched, language: Language) -> str:
    """One line about what was looked through."""
    newest = searched.newest
    return say(
        "searched",
        language,
        articles=say_articles(searched.articles, language),
        languages=say_languages(searched.languages, language),
        newest=say_date(NewsDate(newest), language) if newest else say("no_date", language),
    )
