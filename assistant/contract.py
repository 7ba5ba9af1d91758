"""Evidence and answers as JSON, in the fields that other programs rely on."""

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Searched, Sentence
from assistant.evidence import Evidence
from assistant.times import Window
from ingest.articles import Article
from ingest.stories import Copy

Fields = dict[str, object]


def search_as_json(evidence: Sequence[Evidence]) -> list[Fields]:
    """Passages as `depeche search --json` lists them, the best first."""
    return [
        {
            "rank": one.number,
            **_article_as_json(one.article),
            "text": one.text,
            "start": one.passage.start,
            "end": one.passage.end,
        }
        for one in evidence
    ]


def answer_as_json(answer: Answer) -> Fields:
    """An answer as `depeche ask --json` prints it."""
    return {
        "answer": answer.text,
        **({"searched_for": answer.searched_for} if answer.searched_for else {}),
        "language": answer.language,
        "status": answer.status,
        "sentences": [_sentence_as_json(sentence, answer.model) for sentence in answer.sentences],
        "citations": [citation_as_json(citation) for citation in answer.citations],
        "window": _window_as_json(answer.window),
        "searched": searched_as_json(answer.searched),
        "model": answer.model,
        **_disagreements_as_json(answer),
        "notice": answer.notice,
    }


def _window_as_json(window: Window | None) -> Fields | None:
    if window is None:
        return None
    first, last = window.period.first, window.period.last
    return {
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
        "why": window.why,
    }


def _disagreements_as_json(answer: Answer) -> Fields:
    """What sources disagree on, where they do; an update is none."""
    told = [
        {"values": [{"value": one.said, "citation": one.citation} for one in each.values]}
        for each in answer.differences
        if not each.is_update
    ]
    return {"disagreements": told} if told else {}


def _sentence_as_json(sentence: Sentence, model: str | None) -> Fields:
    fields: Fields = {"text": sentence.text, "citations": list(sentence.citations)}
    return fields if model is None else fields | {"support": "weak" if sentence.weak else "strong"}


def searched_as_json(searched: Searched) -> Fields:
    """What was looked through."""
    return {
        "articles": searched.articles,
        "languages": list(searched.languages),
        "newest": searched.newest,
    }


def citation_as_json(citation: Citation) -> Fields:
    """A quote with its source, as every answer lists it."""
    published = citation.article.published
    answer_start, answer_end = citation.answer or (None, None)
    return {
        "number": citation.number,
        **_article_as_json(citation.article),
        "precision": published.precision if published else None,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "answer_start": answer_start,
        "answer_end": answer_end,
        "copies": [_copy_as_json(copy) for copy in citation.copies],
        **_translation_as_json(citation),
        **({"note": citation.article.note} if citation.article.note else {}),
    }


def _translation_as_json(citation: Citation) -> Fields:
    """A model's words beside the article's, where there are such."""
    made = citation.translation
    return (
        {"translation": {"text": made.text, "language": made.language, "model": made.model}}
        if made
        else {}
    )


def _copy_as_json(copy: Copy) -> Fields:
    published = copy.published.text if copy.published else None
    return {"article": copy.id, "outlet": copy.outlet, "published": published}


def _article_as_json(article: Article) -> Fields:
    return {
        "article": article.id,
        "source": article.source,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.text if article.published else None,
        "language": article.language,
    }
