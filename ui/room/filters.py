"""The filters as a form: days with a chart to pick them from, outlets, languages, kinds."""

from collections.abc import Iterable, Mapping

from assistant.frames import say_languages
from assistant.query import Language
from ingest.shelves import Shelves
from ui.links import Chosen
from ui.markup import attributes, escape
from ui.room.chart import render_chart
from ui.words import word

_KINDS = ("", "report", "opinion")


def render_frame(language: Language) -> str:
    """The closed filters, which the page's script opens and fills."""
    said = escape(word("filters", language))
    remove = attributes(id="chosen", data_remove=word("remove_filter", language, name="{name}"))
    hint = word("search_hint", language)
    search = attributes(type="button", data_press="search", title=hint)
    return (
        f"<div{attributes(class_='filters', lang=language)}>"
        f'<details id="filters"><summary>{said}</summary><div id="filter-form"></div></details>'
        f"<p{remove}></p><button{search}>{escape(word('search', language))}</button></div>"
    )


def render_filters(shelves: Shelves, chosen: Chosen, language: Language) -> str:
    """The form, with what is chosen already."""
    outlets = {name: name for name in shelves.outlets if name}
    languages = {code: say_languages((code,), language) for code in shelves.languages}
    return (
        f"<form{attributes(lang=language)}>{_period(shelves, chosen, language)}"
        f"{_choices('outlet', word('outlets', language), outlets, chosen.outlets)}"
        f"{_choices('in', word('languages', language), languages, chosen.languages)}"
        f"{_kinds(chosen, language)}"
        f'<button type="reset" class="clear">{escape(word("clear", language))}</button></form>'
    )


def _period(shelves: Shelves, chosen: Chosen, language: Language) -> str:
    first = chosen.first.first_day.isoformat() if chosen.first else ""
    last = chosen.last.last_day.isoformat() if chosen.last else ""
    return (
        f"<fieldset><legend>{escape(word('period', language))}</legend>"
        f"{render_chart(shelves.months, language)}<p class='days'>"
        f"{_day('from', first, word('from_day', language), word('since', language, day='{day}'))}"
        f"{_day('to', last, word('to_day', language), word('until', language, day='{day}'))}"
        "</p></fieldset>"
    )


def _day(name: str, value: str, label: str, chip: str) -> str:
    field = attributes(type="date", name=name, value=value, data_chip=chip)
    return f"<label>{escape(label)} <input{field}></label>"


def _choices(name: str, legend: str, labels: Mapping[str, str], chosen: Iterable[str]) -> str:
    if len(labels) < 2:  # nothing to choose from
        return ""
    boxes = "".join(_box(name, value, label, value in chosen) for value, label in labels.items())
    return f'<fieldset class="boxes"><legend>{escape(legend)}</legend>{boxes}</fieldset>'


def _box(name: str, value: str, label: str, checked: bool) -> str:
    field = attributes(
        type="checkbox", name=name, value=value, data_chip=label, checked="" if checked else None
    )
    return f"<label><input{field}> {escape(label)}</label>"


def _kinds(chosen: Chosen, language: Language) -> str:
    boxes = "".join(_kind(kind, chosen.kind == kind, language) for kind in _KINDS)
    legend = escape(word("kinds", language))
    return f'<fieldset class="boxes"><legend>{legend}</legend>{boxes}</fieldset>'


def _kind(kind: str, checked: bool, language: Language) -> str:
    label = word(f"kind_{kind or 'all'}", language)
    chip = label if kind else None
    field = attributes(
        type="radio", name="kind", value=kind, data_chip=chip, checked="" if checked else None
    )
    return f"<label><input{field}> {escape(label)}</label>"
