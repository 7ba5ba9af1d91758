"""Where questions are taken: every one gets an answer or a friendly sentence, never an error."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from assistant.assistant import Assistant
from assistant.frames import say_articles
from assistant.query import LONGEST_QUESTION, Language, QuestionRefusedError
from ui.cards import render_evidence
from ui.conversation import Exchange, render_exchange, turns_of
from ui.doors.asking import Asked, Asking
from ui.markup import escape
from ui.opening import Opening, open_page, render_greeting, render_latest
from ui.sitting import Sitting
from ui.words import word

log = logging.getLogger(__name__)

Exchanges = tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The four places of the page that change with a conversation, as HTML."""

    past: str
    present: str = ""
    shelf: str = ""  # evidence of the past, put aside
    cards: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The page's door to the assistant, and whether it suggests questions."""

    asking: Asking
    suggests: bool = True

    @property
    def assistant(self) -> Assistant:
        """Whom it asks."""
        return self.asking.assistant

    def answer(self, question: str, sitting: Sitting) -> Iterator[Exchange]:
        """Yield the exchange as its answer grows."""
        language = sitting.language
        exchange = asked = Exchange(question, chosen=sitting.chosen)
        yield exchange
        try:
            turns = turns_of(sitting.exchanges)
            wanted = Asked(
                question,
                sitting.reader,
                "page",
                tuple(turns),
                fallback=language,
                filters=sitting.filters,
            )
            for answer in self.asking.ask(wanted):
                shown = answer if answer.sentences or answer.notice else None
                exchange = replace(exchange, answer=shown)
                yield exchange
        except QuestionRefusedError as error:
            problem = word(str(error), language, longest=str(LONGEST_QUESTION))
            exchange = replace(asked, problem=problem)
        except Exception:  # whatever it is, a reader gets a sentence and the log gets the rest
            incident = uuid4().hex[:8]
            log.exception("incident %s", incident)
            exchange = replace(asked, problem=word("failed", language, incident=incident))
        yield replace(exchange, progress="done")

    def opening(self, language: Language) -> Opening:
        """The first page, with suggestions where they are wanted."""
        opening = open_page(self.assistant, language)
        return opening if self.suggests else replace(opening, questions=())

    def today(self) -> date:
        """The day as its readers' calendar has it."""
        return self.asking.today()

    def lay_out(self, exchanges: Exchanges, language: Language) -> Sheet:
        """A conversation as the page shows it, or the first page where there is none."""
        if not exchanges:
            opening = self.opening(language)
            return Sheet(
                past=render_greeting(opening, language), cards=render_latest(opening, language)
            )
        past = list(enumerate(exchanges[:-1], start=1))
        present, cards = self.lay_out_last(exchanges, language)
        heading = f'<h1 class="unseen">{escape(word("exchanges", language))}</h1>'
        return Sheet(
            heading + "".join(render_exchange(each, turn, language) for turn, each in past),
            present,
            "".join(_evidence(each, turn, language, aside=True) for turn, each in past),
            cards,
        )

    def lay_out_last(self, exchanges: Exchanges, language: Language) -> tuple[str, str]:
        """The last exchange, and its evidence."""
        turn, last = len(exchanges), exchanges[-1]
        waiting = "" if last.answer else self._waiting(language)
        return render_exchange(last, turn, language, waiting), _evidence(last, turn, language)

    def _waiting(self, language: Language) -> str:
        articles = say_articles(self.assistant.searched().articles, language)
        return word("searching", language, articles=articles)


def _evidence(exchange: Exchange, turn: int, language: Language, *, aside: bool = False) -> str:
    if exchange.answer is None:
        return ""
    changed = exchange.changed
    return render_evidence(
        exchange.answer, exchange.question, turn, language, aside=aside, changed=changed
    )
