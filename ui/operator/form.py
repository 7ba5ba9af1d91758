"""The form by which operators add articles."""

from collections.abc import Sequence

from assistant.query import Language
from ui.markup import attributes, escape
from ui.settings import ServerSettings
from ui.words import word


def render_form(settings: ServerSettings, language: Language) -> str:
    """Files, and the address of a feed; the page's script sends both."""
    return f'<div class="adding">{_files(settings, language)}{_feed(settings, language)}</div>'


def _files(settings: ServerSettings, language: Language) -> str:
    size = str(settings.largest_upload // 2**20 or 1)
    form = attributes(
        id="files",
        data_largest=str(settings.largest_upload),
        data_sending=word("sending", language, name="{name}"),
        data_too_large=word("sent_too_large", language, name="{name}", size=size),
        data_in_vain=word("sent_in_vain", language, name="{name}"),
    )
    hint = word("add_files_hint", language, size=size)
    return (
        f"<form{form}><h3>{escape(word('add_files', language))}</h3>"
        f'<p class="hint" id="files-hint">{escape(hint)}</p>'
        f'<label class="drop">{escape(word("add_files", language))} <input type="file" '
        'name="files" multiple required aria-describedby="files-hint"></label>'
        f"{_outlet(language)}<button>{escape(word('add_send', language))}</button>"
        '<p class="said" role="status"></p><progress hidden max="1"></progress></form>'
    )


def _feed(settings: ServerSettings, language: Language) -> str:
    field = attributes(
        type="url", name="address", required="", placeholder="https://", autocomplete="off"
    )
    form = attributes(id="feed", data_in_vain=word("sent_in_vain", language, name="{name}"))
    hosts = _hosts(settings.feed_hosts, language)
    return (
        f"<form{form}><h3>{escape(word('add_feed', language))}</h3>"
        f'<p class="hint">{escape(hosts)}</p>'
        f"<label>{escape(word('feed_address', language))} <input{field}></label>"
        f"{_outlet(language)}<button>{escape(word('feed_send', language))}</button>"
        '<p class="said" role="status"></p></form>'
    )


def _outlet(language: Language) -> str:
    label = escape(word("add_outlet", language))
    return f'<label>{label} <input name="outlet" maxlength="200" autocomplete="off"></label>'


def _hosts(hosts: Sequence[str], language: Language) -> str:
    if not hosts:
        return word("feed_no_hosts", language)
    return word("feed_hosts", language, hosts=", ".join(hosts))
