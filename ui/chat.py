"""The chat page: its components connected with what happens when a reader uses them."""

from collections.abc import AsyncIterator, Callable, Generator
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.query import Language
from ui.conversation import Exchange
from ui.desk import Desk
from ui.events import Events, Update
from ui.growing import grow
from ui.identity import reader_of
from ui.kept import Conversations
from ui.layout import Parts, lay_out
from ui.sitting import Sitting
from ui.words import pick_language

if TYPE_CHECKING:
    import gradio as gr
    from anyio import CapacityLimiter

_AT_ONCE = 200  # answers that may grow at the same time
_WAITING = 400  # questions that may wait for their turn
_CLEANED = 3600  # seconds between looks for files that nobody needs any more
_SHOWN: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "postprocess": False,  # values are shown as they are; Gradio would take a thread for each
}


def build_page(desk: Desk, kept: Conversations, language: str) -> "gr.Blocks":
    """The page over a desk; `language` is the one that the settings name, if any."""
    import gradio as gr

    page = gr.Blocks(
        title="Dépêche",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(_CLEANED, _CLEANED),
    )
    page.max_threads = _AT_ONCE + 50  # read when the queue is made; room beside the answers
    page.state_session_capacity = _AT_ONCE + _WAITING  # who was let go is resumed from what is kept
    with page:
        parts = lay_out()
        _connect(page, parts, Events(parts, desk, kept), language)
    page.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE, api_open=False)
    return page


def _connect(page: "gr.Blocks", parts: Parts, events: Events, setting: str) -> None:
    import gradio as gr
    from anyio import CapacityLimiter

    sitting = [
        parts.exchanges, parts.language, parts.conversation, parts.chosen, parts.box, parts.wanted,
    ]  # fmt: skip
    threads = CapacityLimiter(_AT_ONCE)

    def growing(listener: Any, handle: Callable[[Sitting], Generator[Update]]) -> Any:
        return listener(_growing(handle, threads, setting), sitting, parts.growing, **_SHOWN)

    def at_once(listener: Any, handle: Callable[[Sitting], Update]) -> None:
        listener(_at_once(handle, setting), sitting, parts.shown, **_SHOWN)

    either = partial(gr.on, [parts.box.submit, parts.send.click])
    running = [
        growing(either, events.ask),
        growing(parts.retry.click, events.ask_again),
        growing(parts.as_typed.click, events.ask_as_typed),
        growing(parts.any_time.click, events.ask_any_time),
    ]
    ending = {parts.stop: events.stop, parts.anew: events.begin_anew, parts.open: events.open}
    for button, handle in ending.items():
        button.click(None, cancels=running)  # first, or what grows shows itself over what comes
        at_once(button.click, handle)
    at_once(parts.language.input, events.speak)
    page.load(_greeting(events, setting), None, parts.shown, **_SHOWN)


def _greeting(events: Events, setting: str) -> Callable[..., Update]:
    import gradio as gr

    def greet(request: gr.Request) -> Update:
        language = _language_of(request, setting)
        return events.greet(reader_of(request), language, request.query_params.get("c", ""))

    return greet


def _language_of(request: "gr.Request", setting: str) -> Language:
    """The language that the address asks for, the settings name, or the browser accepts."""
    asked, accepted = request.query_params.get("lang", ""), request.headers.get("accept-language")
    return pick_language(asked, setting, accepted or "")


def _sit(
    request: "gr.Request",
    setting: str,
    exchanges: tuple[Exchange, ...],
    language: Language | None,
    said: tuple[str, str, str, str],
) -> Sitting:
    """A reader at the page; before the greeting has come, it has no language yet."""
    spoken = language or _language_of(request, setting)
    return Sitting(reader_of(request), exchanges, spoken, *said)


def _at_once(handle: Callable[[Sitting], Update], setting: str) -> Callable[..., Update]:
    import gradio as gr

    def run(
        exchanges: tuple[Exchange, ...],
        language: Language | None,
        conversation: str,
        chosen: str,
        typed: str,
        wanted: str,
        request: gr.Request,
    ) -> Update:
        said = (conversation, chosen, typed, wanted)
        return handle(_sit(request, setting, exchanges, language, said))

    return run


def _growing(
    handle: Callable[[Sitting], Generator[Update]], threads: "CapacityLimiter", setting: str
) -> Callable[..., AsyncIterator[Update]]:
    import gradio as gr

    async def run(
        exchanges: tuple[Exchange, ...],
        language: Language | None,
        conversation: str,
        chosen: str,
        typed: str,
        wanted: str,
        request: gr.Request,
    ) -> AsyncIterator[Update]:
        said = (conversation, chosen, typed, wanted)
        growing = handle(_sit(request, setting, exchanges, language, said))
        async with aclosing(grow(growing, threads)) as steps:
            async for step in steps:
                yield step

    return run
