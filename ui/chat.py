"""The chat page: its components connected with what happens when a reader uses them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from assistant.query import Language
from ui.conversation import Exchange
from ui.desk import Desk
from ui.events import Events, Update
from ui.identity import reader_of
from ui.kept import Conversations
from ui.layout import Parts, lay_out
from ui.sitting import Sitting

if TYPE_CHECKING:
    import gradio as gr

_AT_ONCE = 200  # answers that may grow at the same time
_WAITING = 400  # questions that may wait for their turn
_CLEANED = 3600  # seconds between looks for files that nobody needs any more


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
    with page:
        parts = lay_out()
        _connect(page, parts, Events(parts, desk, kept, language))
    page.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE, api_open=False)
    return page


def _connect(page: "gr.Blocks", parts: Parts, events: Events) -> None:
    import gradio as gr

    sitting = [
        parts.exchanges, parts.language, parts.conversation, parts.chosen, parts.box, parts.wanted,
    ]  # fmt: skip
    shown: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def growing(listener: Any, handle: Callable[[Sitting], Iterator[Update]]) -> Any:
        return listener(_growing(handle), sitting, parts.all, **shown)

    def at_once(listener: Any, handle: Callable[[Sitting], Update], **more: Any) -> None:
        listener(_at_once(handle), sitting, parts.all, **shown, **more)

    asking = growing(
        lambda *a, **k: gr.on([parts.box.submit, parts.send.click], *a, **k), events.ask
    )
    again = growing(parts.retry.click, events.ask_again)
    as_typed = growing(parts.as_typed.click, events.ask_as_typed)
    any_time = growing(parts.any_time.click, events.ask_any_time)
    running = [asking, again, as_typed, any_time]
    at_once(parts.stop.click, events.stop, cancels=running)
    at_once(parts.anew.click, events.begin_anew, cancels=running)
    at_once(parts.open.click, events.open, cancels=running)
    at_once(parts.language.input, events.speak)

    def greet(request: gr.Request) -> Update:
        said = request.query_params
        accepted = request.headers.get("accept-language", "")
        reader, wanted = reader_of(request), said.get("c", "")
        return events.greet(reader, said.get("lang", ""), accepted, wanted)

    page.load(greet, None, parts.all, **shown)


def _at_once(handle: Callable[[Sitting], Update]) -> Callable[..., Update]:
    import gradio as gr

    def run(
        exchanges: tuple[Exchange, ...],
        language: Language,
        conversation: str,
        chosen: str,
        typed: str,
        wanted: str,
        request: gr.Request,
    ) -> Update:
        said = (exchanges, language, conversation, chosen, typed, wanted)
        return handle(Sitting(reader_of(request), *said))

    return run


def _growing(handle: Callable[[Sitting], Iterator[Update]]) -> Callable[..., Iterator[Update]]:
    import gradio as gr

    def run(
        exchanges: tuple[Exchange, ...],
        language: Language,
        conversation: str,
        chosen: str,
        typed: str,
        wanted: str,
        request: gr.Request,
    ) -> Iterator[Update]:
        said = (exchanges, language, conversation, chosen, typed, wanted)
        yield from handle(Sitting(reader_of(request), *said))

    return run
