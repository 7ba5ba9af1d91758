"""The evidence of an answer as cards: source, date, title, and the quote in its surroundings."""

from collections.abc import Collection
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from assistant.frames import say, say_date
from assistant.notes import notes_on
from assistant.query import Language
from ingest.articles import Article
from ingest.cited import words_hash
from ingest.sentences import Span, split_sentences
from ui.markup import attributes, escape, safe_address
from ui.words import word

_ROOM = 280  # characters of the article shown before a quote, and after it


def card_id(turn: int, number: int) -> str:
    """The anchor of a card."""
    return f"source-{turn}-{number}"


def mark_id(turn: int, number: int) -> str:
    """The anchor of a citation's first mark in its answer."""
    return f"mark-{turn}-{number}"


def render_evidence(
    answer: Answer,
    question: str,
    turn: int,
    language: Language,
    *,
    aside: bool = False,
    changed: Collection[int] = (),
) -> str:
    """The cards of an answer, under a heading that says whose they are; put aside: hidden."""
    label = word("evidence_of", language, question=question)
    cards = "".join(
        render_card(citation, turn, language, changed=citation.number in changed)
        for citation in answer.citations
    )
    name, hidden = f"evidence-{turn}", "" if aside else None
    return (
        f"<section{attributes(class_='evidence', id=name, aria_label=label, hidden=hidden)}>"
        f'<div class="heading"><h2>{escape(word("evidence", language))}</h2>'
        f'<button type="button" class="close" data-press="close">'
        f"{escape(word('close', language))}</button></div>"
        f'<p class="whose">{escape(question)}</p>'
        f"{cards or _nothing(language)}</section>"
    )


def _nothing(language: Language) -> str:
    return f'<p class="nothing">{escape(word("no_evidence", language))}</p>'


def render_card(citation: Citation, turn: int, language: Language, *, changed: bool = False) -> str:
    """One citation: number, outlet, date, kind, title, quote, and the way to the original."""
    article, number = citation.article, citation.number
    anchor = attributes(class_="card", id=card_id(turn, number), tabindex="-1")
    since = f'<span class="kind">{escape(word("changed_since", language))}</span>'
    return (
        f'<article{anchor}><p class="byline"><span class="number">{number}</span>'
        f"{render_source(article, language)}{since if changed else ''}</p>{render_title(article)}"
        f"<blockquote{attributes(lang=article.language)}>{render_quote(citation)}</blockquote>"
        f"{render_translation(citation, language)}{render_notes(article, language)}"
        f'<p class="ways">{open_button(article, (citation.start, citation.end), language)}'
        f"{render_original(article, language)}"
        f'<a class="back" href="#{mark_id(turn, number)}">{escape(word("back", language))}</a>'
        "</p></article>"
    )


def render_source(article: Article, language: Language) -> str:
    """Outlet, date, and what kind of article it is where that matters."""
    outlet = article.outlet or say("no_outlet", language)
    date = say_date(article.published, language) if article.published else say("no_date", language)
    printed = attributes(datetime=article.published.text) if article.published else ""
    kinds = [say("opinion", language)] if article.kind == "opinion" else []
    kinds += [say("corrected", language)] if article.status == "corrected" else []
    remarks = "".join(f'<span class="kind">{escape(kind)}</span>' for kind in kinds)
    return (
        f'<span class="outlet">{escape(outlet)}</span><time{printed}>{escape(date)}</time>{remarks}'
    )


def render_title(article: Article) -> str:
    """The title, set apart where the first sentence only stands in for one."""
    style = None if article.title_printed else "untitled"
    return f"<h3{attributes(class_=style, lang=article.language)}>{escape(article.title)}</h3>"


def render_notes(article: Article, language: Language) -> str:
    """What happened to an article since it first came out."""
    return "".join(
        f'<p class="note">{escape(note.label)}'
        f"<span{attributes(lang=note.language)}>{escape(note.words)}</span></p>"
        for note in notes_on(article, language)
    )


def render_translation(citation: Citation, language: Language) -> str:
    """A model's words for a foreign quote, marked as such."""
    made = citation.translation
    if made is None:
        return ""
    label = escape(say("translated", language, model=made.model))
    words = f"<span{attributes(lang=made.language)}>{escape(made.text)}</span>"
    return f'<p class="translation"><span class="by">{label}</span> {words}</p>'


def render_quote(citation: Citation) -> str:
    """The quote marked between its neighbours, with the answering words stressed in it."""
    text = citation.article.text
    before, after = surroundings(text, citation.start, citation.end)
    first, last = stressed_span(citation)
    stressed = f"<strong>{escape(text[first:last])}</strong>" if first < last else ""
    pieces = (
        ("…\u00a0" if before else "") + escape(text[before : citation.start]),
        f'<span class="quote"><mark>{escape(text[citation.start : first])}',
        f"{stressed}{escape(text[last : citation.end])}</mark></span>",
        escape(text[citation.end : after]) + ("\u00a0…" if after < len(text) else ""),
    )
    return "".join(pieces)


def stressed_span(citation: Citation) -> Span:
    """The answering words where a reader found them within the quote, else none at its start."""
    start, end = citation.answer or (citation.start, citation.start)
    inside = citation.start <= start < end <= citation.end
    return (start, end) if inside else (citation.start, citation.start)


def surroundings(text: str, start: int, end: int) -> Span:
    """A stretch of whole sentences around a quote, no more than a few lines to either side."""
    spans = split_sentences(text)
    before = [first for first, last in spans if last <= start and start - first <= _ROOM]
    after = [last for first, last in spans if first >= end and last - end <= _ROOM]
    return min(before, default=start), max(after, default=end)


def open_button(article: Article, span: Span, language: Language) -> str:
    """The way to the whole article, the words of a span marked in it."""
    start, end = span
    asked = {"id": article.id, "words": words_hash(article.text), "start": start, "end": end}
    where = attributes(type="button", class_="open", data_article=urlencode(asked))
    return f"<button{where}>{escape(word('open_article', language))}</button>"


def render_original(article: Article, language: Language) -> str:
    """The link to where it came out, if that may be linked to."""
    address = safe_address(article.url)
    if address is None:
        return ""
    where = attributes(href=address, target="_blank", rel="noopener noreferrer nofollow")
    return f'<a class="original"{where}>{escape(word("original", language))}</a>'
