"""Plain search: the articles that fit, without an answer."""

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.query import Language
from ui.cards import open_button, render_source, render_title
from ui.markup import attributes, escape
from ui.words import word


def render_hits(question: str, found: Sequence[Evidence], language: Language) -> str:
    """A card an article, each with its best passage."""
    label = word("hits", language)
    best = {one.article.id: one for one in reversed(found)}
    cards = "".join(_card(one, language) for one in sorted(best.values(), key=_rank))
    nothing = f'<p class="nothing">{escape(word("no_hits", language))}</p>'
    close = escape(word("close", language))
    return (
        f'<div class="heading"><h2>{escape(label)}</h2>'
        f'<button type="button" class="close" data-press="close">{close}</button></div>'
        f'<p class="whose">{escape(question)}</p>{cards or nothing}'
    )


def _rank(one: Evidence) -> int:
    return one.number


def _card(one: Evidence, language: Language) -> str:
    span = one.passage.start, one.passage.end
    return (
        f'<article class="card hit"><p class="byline">{render_source(one.article, language)}</p>'
        f"{render_title(one.article)}"
        f"<blockquote{attributes(lang=one.article.language)}>{escape(one.text)}</blockquote>"
        f'<p class="ways">{open_button(one.article, span, language)}</p>'
        "</article>"
    )
