"""The components of the page and where they stand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.query import LONGEST_QUESTION
from ui.words import LANGUAGES

if TYPE_CHECKING:
    import gradio as gr

_KEPT = 8 * 3600  # seconds that the page's own memory lasts without a new question: a working day


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page."""

    masthead: "gr.HTML"
    language: "gr.Radio"
    anew: "gr.Button"
    rail: "gr.HTML"
    past: "gr.HTML"
    present: "gr.HTML"
    box: "gr.Textbox"
    send: "gr.Button"
    stop: "gr.Button"
    retry: "gr.Button"
    filtering: "gr.HTML"
    chosen: "gr.Textbox"
    colophon: "gr.HTML"
    shelf: "gr.HTML"
    cards: "gr.HTML"
    panels: "gr.HTML"
    named: "gr.HTML"
    wanted: "gr.Textbox"
    open: "gr.Button"
    as_typed: "gr.Button"
    any_time: "gr.Button"
    exchanges: "gr.State"
    conversation: "gr.Textbox"  # the page has it: another server can go on with it

    @property
    def shown(self) -> list[Any]:
        """Those with words on them, which a language or a conversation changes."""
        unseen = {"chosen", "wanted", "retry", "open", "as_typed", "any_time"}
        return [getattr(self, name) for name in self.__dataclass_fields__ if name not in unseen]

    @property
    def growing(self) -> list[Any]:
        """Those that change while an answer grows; a step names each, or Gradio makes it anew."""
        sheet = [self.past, self.present, self.shelf, self.cards, self.named]
        return [*sheet, self.exchanges, self.conversation]


def lay_out() -> Parts:
    """Make the components, inside an open `gr.Blocks`."""
    import gradio as gr

    made: dict[str, Any] = {}
    with gr.Row(elem_id="top"):
        made["masthead"] = _html("masthead")
        with gr.Row(elem_id="choices"):
            tongues = [(name, code) for code, name in LANGUAGES.items()]
            made["language"] = gr.Radio(tongues, label=" ", elem_id="language", container=False)
            made["anew"] = _button("anew")
    with gr.Row(elem_id="room"):
        with gr.Column(elem_id="rail"):
            made["rail"] = _html("conversations")
        with gr.Column(elem_id="desk"):
            made |= _lay_out_desk()
        with gr.Column(elem_id="evidence"):
            made |= {name: _html(name) for name in ("shelf", "cards", "panels")}
    made["exchanges"] = gr.State((), time_to_live=_KEPT)
    return Parts(**made)


def _lay_out_desk() -> dict[str, Any]:
    import gradio as gr

    made: dict[str, Any] = {}
    with gr.Column(elem_id="conversation"):
        made |= {name: _html(name) for name in ("past", "present")}
    with gr.Column(elem_id="foot"):
        with gr.Row(elem_id="composer"):
            made["box"] = _make_box()
            made |= {name: _button(name) for name in ("send", "stop")}
            made |= {name: _button(name, visible="hidden") for name in ("retry", "open")}
            made["as_typed"] = _button("as-typed", visible="hidden")
            made["any_time"] = _button("any-time", visible="hidden")
        with gr.Row(elem_id="errands"):
            made |= {"chosen": _text("within"), "wanted": _text("wanted")}
            made["conversation"] = _text("continued")
        made |= {name: _html(name) for name in ("filtering", "named", "colophon")}
    return made


def _html(name: str) -> "gr.HTML":
    import gradio as gr

    return gr.HTML("", elem_id=name, apply_default_css=False, js_on_load=None)


def _button(name: str, *, visible: Any = True) -> "gr.Button":
    import gradio as gr

    return gr.Button("", elem_id=name, visible=visible)


def _text(name: str) -> "gr.Textbox":
    """What the page's script says to the server, out of the reader's sight."""
    import gradio as gr

    return gr.Textbox("", elem_id=name, show_label=False, container=False)


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
