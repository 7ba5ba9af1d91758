"""The conversations on the left, by name."""

from collections.abc import Sequence

from assistant.frames import say_date
from assistant.query import Language
from ingest.dates import NewsDate
from ui.kept.conversations import Listed
from ui.markup import attributes, escape
from ui.words import word


def render_rail(language: Language) -> str:
    """The frame of the list, which the page's script fills."""
    label, find = word("conversations", language), word("find", language)
    field = attributes(id="find", type="search", aria_label=find, placeholder=find)
    return (
        f"<nav{attributes(class_='rail', lang=language, aria_label=label)}>"
        f'<div class="heading"><h2>{escape(label)}</h2>'
        f'<button type="button" class="close" data-press="rail">{escape(word("close", language))}'
        f'</button></div><input{field}><div id="kept"></div></nav>'
    )


def render_list(listed: Sequence[Listed], words: str, language: Language) -> str:
    """A reader's conversations, or why there are none."""
    if not listed:
        said = word("none_found" if words else "none_kept", language)
        return f'<p class="nothing">{escape(said)}</p>'
    return f"<ol>{''.join(_item(each, language) for each in listed)}</ol>"


def render_way_to_operators(language: Language) -> str:
    """The way to the operator's page; out of a portal's frame, which may not show it."""
    where = attributes(href=f"operator?lang={language}", target="_blank", rel="noopener")
    return f'<p class="operators"><a{where}>{escape(word("to_operators", language))}</a></p>'


def _item(listed: Listed, language: Language) -> str:
    day = NewsDate(listed.touched.date().isoformat())
    name = escape(listed.name)
    return (
        f"<li{attributes(data_conversation=listed.id)}>"
        f'<a href="?c={listed.id}">{name}</a><time datetime="{day}">'
        f"{escape(say_date(day, language))}</time>{_menu(listed, language)}</li>"
    )


def _menu(listed: Listed, language: Language) -> str:
    label = word("more_for", language, name=listed.name)
    delete, surely = word("delete", language), word("delete_surely", language)
    rename = attributes(
        type="button", data_rename=listed.name, data_label=word("new_name", language)
    )
    return (
        f"<details><summary{attributes(aria_label=label)}>⋯</summary><div>"
        f"<button{rename}>{escape(word('rename', language))}</button>"
        f"{_export(listed, 'md', word('as_markdown', language))}"
        f"{_export(listed, 'json', word('as_json', language))}"
        f"<button{attributes(type='button', data_delete=surely)}>{escape(delete)}</button>"
        "</div></details>"
    )


def _export(listed: Listed, kind: str, said: str) -> str:
    where = attributes(href=f"room/conversations/{listed.id}.{kind}", download="")
    return f"<a{where}>{escape(said)}</a>"
