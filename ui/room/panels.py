"""What the page's script fills: hits of a plain search, the article reader, what is read aloud."""

from assistant.query import Language
from ui.markup import attributes, escape
from ui.words import word


def render_panels(language: Language) -> str:
    """Empty panels, hidden until they are needed."""
    hits = attributes(id="hits", class_="evidence", hidden="", aria_label=word("hits", language))
    dialog = attributes(id="reader", aria_label=word("article", language), lang=language)
    ready = {"data_searching": word("searching_now", language)}
    status = attributes(id="status", class_="unseen", role="status", lang=language, **ready)
    close = escape(word("close", language))
    return (
        f"<section{hits}></section><dialog{dialog}><div class='heading'>"
        f"<p>{escape(word('article', language))}</p>"
        f'<button type="button" class="close" data-press="reader">{close}</button></div>'
        f'<article id="whole"></article></dialog><p{status}></p>'
    )
