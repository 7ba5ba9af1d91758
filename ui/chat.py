"""The chat page: Gradio components, and what happens when a reader uses them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.query import LONGEST_QUESTION, Language
from assistant.settings import Settings
from ui.conversation import Exchange
from ui.desk import Desk, Exchanges
from ui.opening import open_page, render_colophon, render_masthead
from ui.words import LANGUAGES, pick_language, word

if TYPE_CHECKING:
    import gradio as gr

_AT_ONCE = 200  # answers that may grow at the same time
_WAITING = 400  # questions that may wait for their turn
_KEPT = 8 * 3600  # seconds that a conversation lasts without a new question: a working day
_CLEANED = 3600  # seconds between looks for files that nobody needs any more

Update = dict[Any, Any]  # new values by component


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page."""

    masthead: "gr.HTML"
    language: "gr.Radio"
    anew: "gr.Button"
    past: "gr.HTML"
    present: "gr.HTML"
    box: "gr.Textbox"
    send: "gr.Button"
    stop: "gr.Button"
    retry: "gr.Button"
    as_typed: "gr.Button"
    colophon: "gr.HTML"
    shelf: "gr.HTML"
    cards: "gr.HTML"
    exchanges: "gr.State"

    @property
    def all(self) -> list[Any]:
        """Every component, for events that may change any of them."""
        return [getattr(self, name) for name in self.__dataclass_fields__]


def build_page(assistant: Assistant, settings: Settings) -> "gr.Blocks":
    """The page over an assistant, its events connected."""
    import gradio as gr

    page = gr.Blocks(
        title="Dépêche",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(_CLEANED, _CLEANED),
    )
    page.max_threads = _AT_ONCE + 50  # read when the queue is made; room beside the answers
    with page:
        parts = _lay_out()
        _connect(page, parts, _Page(parts, Desk(assistant, settings.timezone), settings.language))
    page.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE, api_open=False)
    return page


def _lay_out() -> Parts:
    import gradio as gr

    def html(name: str) -> "gr.HTML":
        return gr.HTML("", elem_id=name, apply_default_css=False, js_on_load=None)

    def button(name: str, *, visible: Any = True) -> "gr.Button":
        return gr.Button("", elem_id=name, visible=visible)

    with gr.Row(elem_id="top"):
        masthead = html("masthead")
        with gr.Row(elem_id="choices"):
            tongues = [(name, code) for code, name in LANGUAGES.items()]
            language = gr.Radio(tongues, label=" ", elem_id="language", container=False)
            anew = button("anew")
    with gr.Row(elem_id="room"):
        with gr.Column(elem_id="desk"):
            with gr.Column(elem_id="conversation"):
                past, present = html("past"), html("present")
            with gr.Row(elem_id="composer"):
                box = _make_box()
                send, stop = button("send"), button("stop", visible=False)
                retry = button("retry", visible="hidden")
                as_typed = button("as-typed", visible="hidden")
            colophon = html("colophon")
        with gr.Column(elem_id="evidence"):
            shelf, cards = html("shelf"), html("cards")
    exchanges = gr.State((), time_to_live=_KEPT)
    return Parts(
        masthead, language, anew, past, present, box, send, stop, retry, as_typed, colophon, shelf,
        cards, exchanges,
    )  # fmt: skip


def _make_box() -> "gr.Textbox":
    import gradio as gr

    return gr.Textbox(
        elem_id="box",
        lines=1,
        max_lines=6,
        max_length=LONGEST_QUESTION,
        show_label=False,
        container=False,
        autofocus=True,
    )


def _connect(page: "gr.Blocks", parts: Parts, reader: "_Page") -> None:
    import gradio as gr

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asked = [parts.box, parts.exchanges, parts.language]
    held = [parts.exchanges, parts.language]
    asking = gr.on([parts.box.submit, parts.send.click], reader.ask, asked, parts.all, **quiet)
    again = parts.retry.click(reader.ask_again, held, parts.all, **quiet)
    typed = parts.as_typed.click(reader.ask_as_typed, held, parts.all, **quiet)
    growing = [asking, again, typed]
    parts.stop.click(reader.stop, held, parts.all, cancels=growing, **quiet)
    parts.anew.click(reader.begin_anew, parts.language, parts.all, cancels=growing, **quiet)
    parts.language.input(reader.speak, held, parts.all, **quiet)

    def greet(request: gr.Request) -> Update:
        asked = request.query_params.get("lang", "")
        return reader.greet(asked, request.headers.get("accept-language", ""))

    page.load(greet, None, parts.all, **quiet)


@dataclass(frozen=True, slots=True)
class _Page:
    """What happens when a reader does something."""

    parts: Parts
    desk: Desk
    setting: str

    def greet(self, asked: str, accepted: str) -> Update:
        """The first page, in the reader's language."""
        language = pick_language(asked, self.setting, accepted)
        return {self.parts.language: language} | self.speak((), language)

    def speak(self, exchanges: Exchanges, language: Language) -> Update:
        """Everything on the page in a language."""
        import gradio as gr

        parts, opening = self.parts, open_page(self.desk.assistant, language)
        return self._sheet(exchanges, language) | {
            parts.masthead: render_masthead(opening, language),
            parts.anew: word("anew", language),
            parts.box: gr.update(
                placeholder=word("ask_here", language), label=word("question", language)
            ),
            parts.send: word("ask", language),
            parts.stop: word("stop", language),
            parts.colophon: render_colophon(language),
        }

    def ask(self, question: str, before: Exchanges, language: Language) -> Iterator[Update]:
        """The answer to a question, as it grows."""
        if not question.strip():
            yield {self.parts.box: ""}
            return
        yield from self._grow(question, before, language, {self.parts.box: ""})

    def ask_again(self, before: Exchanges, language: Language) -> Iterator[Update]:
        """A new answer to the last question, in the place of the old one."""
        if before:
            yield from self._grow(before[-1].question, before[:-1], language, {})
        else:
            yield {}

    def ask_as_typed(self, before: Exchanges, language: Language) -> Iterator[Update]:
        """The last question again, as if nothing had been asked before it."""
        if before:
            growing = self.desk.answer(before[-1].question, (), language)
            yield from self._show(growing, before[:-1], language, {})
        else:
            yield {}

    def _grow(
        self, question: str, before: Exchanges, language: Language, first: Update
    ) -> Iterator[Update]:
        growing = self.desk.answer(question, before, language)
        yield from self._show(growing, before, language, first)

    def _show(
        self, growing: Iterator[Exchange], before: Exchanges, language: Language, first: Update
    ) -> Iterator[Update]:
        started = (*before, next(growing))
        yield first | self._sheet(started, language) | self._running(running=True)
        exchanges = started
        for exchange in growing:
            exchanges = (*before, exchange)
            present, cards = self.desk.lay_out_last(exchanges, language)
            parts = self.parts
            update = {parts.present: present, parts.cards: cards, parts.exchanges: exchanges}
            yield update | self._running(running=exchange.progress == "running")

    def stop(self, exchanges: Exchanges, language: Language) -> Update:
        """The conversation as far as it had come."""
        if exchanges and exchanges[-1].progress == "running":
            exchanges = (*exchanges[:-1], replace(exchanges[-1], progress="stopped"))
        return self._sheet(exchanges, language) | self._running(running=False)

    def begin_anew(self, language: Language) -> Update:
        """The first page again."""
        return self._sheet((), language) | self._running(running=False) | {self.parts.box: ""}

    def _sheet(self, exchanges: Exchanges, language: Language) -> Update:
        sheet, parts = self.desk.lay_out(exchanges, language), self.parts
        return {
            parts.past: sheet.past,
            parts.present: sheet.present,
            parts.shelf: sheet.shelf,
            parts.cards: sheet.cards,
            parts.exchanges: exchanges,
        }

    def _running(self, *, running: bool) -> Update:
        import gradio as gr

        return {
            self.parts.send: gr.update(visible=not running),
            self.parts.stop: gr.update(visible=running),
        }
