"""The operator's page, whole."""

from assistant.query import Language
from ui.markup import attributes, escape
from ui.operator.additions import Addition
from ui.operator.holdings import render_holdings
from ui.operator.reports import render_additions, render_copying, render_rejected, render_run
from ui.operator.served import render_health, render_unanswered, render_verdicts
from ui.operator.survey import Survey
from ui.words import word

_STYLES = ("paper.css", "operator.css", "operator-tables.css")


def render_page(survey: Survey, additions: list[Addition], adding: str, language: Language) -> str:
    """The page; `adding` is the form by which articles are added."""
    title = escape(word("operator", language))
    styles = "".join(f'<link rel="stylesheet" href="page/{each}">' for each in _STYLES)
    return (
        f"<!doctype html><html{attributes(lang=language)}><head><meta charset='utf-8'>"
        f"<title>{title} · Dépêche</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="page/favicon.svg">{styles}'
        '<script type="module" src="page/operator.js"></script></head>'
        '<body class="operator"><script src="page/theme.js"></script>'
        f"{_render_top(title, language)}"
        f'<main><section id="add"><h2>{escape(word("add", language))}</h2>{adding}'
        f'<div id="additions">{render_additions(additions, language)}</div>'
        '<p id="told" class="unseen" role="status"></p>'
        f'</section><div id="survey">{render_survey(survey, language)}</div></main></body></html>'
    )


def _render_top(title: str, language: Language) -> str:
    other: Language = "en" if language == "fr" else "fr"
    there = attributes(href=f"operator?lang={other}", lang=other, hreflang=other)
    return (
        f'<header><a class="nameplate" href="./?lang={language}">Dépêche</a><h1>{title}</h1>'
        f'<nav><a href="./?lang={language}">{escape(word("to_chat", language))}</a>'
        f"<a{there}>{escape(word('other_language', language))}</a></nav></header>"
    )


def render_survey(survey: Survey, language: Language) -> str:
    """Everything but the form, which the page's script fetches anew when something was added."""
    sections = {
        "coverage": render_holdings(survey, language),
        "health": render_health(survey, language),
        "intake": render_run(survey.run, language),
        "rejected": render_rejected(survey.rejected, language),
        "copying": render_copying(survey.copying, language),
        "unanswered": render_unanswered(survey.unanswered, language),
        "verdicts": render_verdicts(survey.verdicts, language),
    }
    return "".join(
        f"<section{attributes(id=name)}><h2>{escape(word(name, language))}</h2>{inside}</section>"
        for name, inside in sections.items()
    )


def render_forbidden(language: Language) -> str:
    """What a reader gets who is known, and no operator."""
    return (
        f"<!doctype html><html{attributes(lang=language)}>"
        "<meta charset='utf-8'><title>Dépêche</title>"
        f'<p>{escape(word("only_operators", language))} <a href="./">'
        f"{escape(word('to_chat', language))}</a></p></html>"
    )
