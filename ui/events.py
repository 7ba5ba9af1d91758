"""What happens on the page when its reader does something: new values for its components."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any

from assistant.query import Language
from ui.conversation import Exchange
from ui.desk import Desk
from ui.identity import Reader
from ui.kept import Conversations
from ui.layout import Parts
from ui.markup import attributes, escape
from ui.opening import render_colophon, render_masthead
from ui.room.filters import render_frame
from ui.room.panels import render_panels
from ui.room.rail import render_rail
from ui.sitting import Sitting
from ui.words import word

Update = dict[Any, Any]  # new values by component


@dataclass(frozen=True, slots=True)
class Events:
    """The page's components, what answers, and where conversations are kept."""

    parts: Parts
    desk: Desk
    kept: Conversations

    def greet(self, reader: Reader, language: Language, wanted: str) -> Update:
        """The first page, or a conversation that the address names, in the reader's language."""
        sitting = Sitting(reader, (), language, wanted=wanted)
        return {self.parts.language: language} | self._frame(sitting) | self._open(sitting)

    def speak(self, sitting: Sitting) -> Update:
        """Everything on the page in a language."""
        sitting = self._resume(sitting)
        return self._frame(sitting) | self._sheet(sitting)

    def ask(self, sitting: Sitting) -> Generator[Update]:
        """The answer to a question, as it grows."""
        sitting = self._resume(sitting)
        if sitting.typed.strip():
            yield from self._grow(self.desk.answer(sitting.typed, sitting), sitting)
        else:
            yield self._sheet(sitting)

    def ask_again(self, sitting: Sitting) -> Generator[Update]:
        """A new answer to the last question, in the place of the old one."""
        sitting = self._resume(sitting)
        if sitting.exchanges:
            before = replace(sitting, exchanges=sitting.exchanges[:-1])
            growing = self.desk.answer(sitting.exchanges[-1].question, before)
            yield from self._grow(growing, before)

    def ask_as_typed(self, sitting: Sitting) -> Generator[Update]:
        """The last question again, as if nothing had been asked before it."""
        sitting = self._resume(sitting)
        if sitting.exchanges:
            alone = replace(sitting, exchanges=())
            growing = self.desk.answer(sitting.exchanges[-1].question, alone)
            yield from self._grow(growing, replace(sitting, exchanges=sitting.exchanges[:-1]))

    def ask_any_time(self, sitting: Sitting) -> Generator[Update]:
        """The last question again, whatever days its words mean."""
        yield from self.ask_again(replace(sitting, any_time=True))

    def _grow(self, growing: Iterator[Exchange], sitting: Sitting) -> Generator[Update]:
        exchange = next(growing)
        sitting = self._keep(sitting, exchange)
        before, parts = sitting.exchanges, self.parts
        started = replace(sitting, exchanges=(*before, exchange))
        sheet = self._sheet(started)
        yield sheet
        for grown in growing:
            if grown == exchange:
                yield sheet
                continue
            exchange, exchanges = grown, (*before, grown)
            if exchange.progress != "running":
                self._keep(sitting, exchange)
            present, cards = self.desk.lay_out_last(exchanges, sitting.language)
            last = {parts.present: present, parts.cards: cards, parts.exchanges: exchanges}
            sheet = sheet | last
            yield sheet

    def _resume(self, sitting: Sitting) -> Sitting:
        """The sitting as it was kept last: it may have been with another server meanwhile."""
        name, said = sitting.reader.name, sitting.exchanges
        return replace(sitting, exchanges=self.kept.resume(name, sitting.conversation, said))

    def _keep(self, sitting: Sitting, exchange: Exchange) -> Sitting:
        """Keep what follows the exchanges of a sitting, in a new conversation where none is."""
        name, turn = sitting.reader.name, len(sitting.exchanges) + 1
        conversation = sitting.conversation or self.kept.begin(name, exchange.question)
        self.kept.keep(name, conversation, turn, exchange)
        return replace(sitting, conversation=conversation)

    def stop(self, sitting: Sitting) -> Update:
        """The conversation as far as it had come."""
        sitting = self._resume(sitting)
        *before, last = sitting.exchanges or (None,)
        if last and last.progress == "running":
            stopped = replace(last, progress="stopped")
            self._keep(replace(sitting, exchanges=tuple(before)), stopped)
            sitting = replace(sitting, exchanges=(*before, stopped))
        return self._sheet(sitting)

    def begin_anew(self, sitting: Sitting) -> Update:
        """The first page again."""
        fresh = replace(sitting, exchanges=(), conversation="")
        return self._sheet(fresh) | {self.parts.box: ""}

    def open(self, sitting: Sitting) -> Update:
        """A conversation that was kept, or the first page where there is none."""
        return self._open(sitting)

    def _open(self, sitting: Sitting) -> Update:
        wanted = sitting.wanted
        exchanges = self.kept.read(sitting.reader.name, wanted) if wanted else ()
        conversation = wanted if exchanges else ""
        missing = word("conversation_gone", sitting.language) if wanted and not exchanges else ""
        opened = replace(sitting, exchanges=exchanges, conversation=conversation)
        return self._sheet(opened) | {self.parts.named: _name(conversation, missing)}

    def _frame(self, sitting: Sitting) -> Update:
        """What stands around a conversation."""
        import gradio as gr

        parts, language = self.parts, sitting.language
        return {
            parts.masthead: render_masthead(self.desk.assistant.searched(), language),
            parts.anew: word("anew", language),
            parts.rail: render_rail(language),
            parts.box: gr.update(
                placeholder=word("ask_here", language), label=word("question", language)
            ),
            parts.send: word("ask", language),
            parts.stop: word("stop", language),
            parts.filtering: render_frame(language),
            parts.colophon: render_colophon(language),
            parts.panels: render_panels(language),
        }

    def _sheet(self, sitting: Sitting) -> Update:
        sheet, parts = self.desk.lay_out(sitting.exchanges, sitting.language), self.parts
        return {
            parts.past: sheet.past,
            parts.present: sheet.present,
            parts.shelf: sheet.shelf,
            parts.cards: sheet.cards,
            parts.exchanges: sitting.exchanges,
            parts.conversation: sitting.conversation,
            parts.named: _name(sitting.conversation),
        }


def _name(conversation: str, missing: str = "") -> str:
    """Which conversation this is, for the page's script; and why the one wanted is not there."""
    where = attributes(id="held", data_conversation=conversation)
    return f"<span{where}></span>" + (f'<p class="gone">{escape(missing)}</p>' if missing else "")
