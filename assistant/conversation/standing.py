"""From a question and what went before to a question that needs none of it."""

import re
from collections.abc import Sequence

from assistant.conversation.by_model import complete_by_model
from assistant.conversation.completing import make_stand_alone
from assistant.conversation.forms import names_form_alone
from assistant.conversation.grammar import PERSONS, tongue_of, words_of
from assistant.conversation.leaning import asks_back, core_of, leans, wants_more
from assistant.conversation.slots import slots_of
from assistant.conversation.turns import StandAlone, Turn
from assistant.language import Language, question_language
from assistant.model import Model
from ingest.tracing import span

_IN_LANGUAGE = re.compile(
    r"(?:(?:and|et|the same|la même chose|now|please|say it|answer|réponds|répondez|traduis|"
    r"traduisez|translate)\b[\s,]*)*(?:in|into|en) (?:(?P<en>english|anglais)|(?:french|français))"
    r"(?:[\s,]+(?:please|now|s['’]il (?:te|vous) pla[iî]t|svp))*[\s.!?]*",
    re.IGNORECASE,
)


@span("understand")
def stand_alone(question: str, history: Sequence[Turn], model: Model | None = None) -> StandAlone:
    """The question as it can be searched for; one that needs no history stays as it is.

    Whether it needs any, rules say; what it then means, the model if there is one.
    """
    text = " ".join(question.split())
    if not history:
        return StandAlone(text)
    last = searched_question(history)
    if wish := _IN_LANGUAGE.fullmatch(text):
        return StandAlone(last, "en" if wish["en"] else "fr")
    if names_form_alone(text):
        language = spoken_language(text, history[-1])
        return StandAlone(make_stand_alone(text.lower(), last, language), language)
    if not leans(text, last):
        return StandAlone(text)
    return _complete(text, last, history, model)


def searched_question(history: Sequence[Turn]) -> str:
    """The last question of a conversation as it was searched for."""
    turn = history[-1]
    if turn.answer and turn.answer.searched_for:
        return turn.answer.searched_for
    return turn.question if turn.answer else stand_alone(turn.question, history[:-1]).text


def _complete(text: str, last: str, history: Sequence[Turn], model: Model | None) -> StandAlone:
    turn = history[-1]
    language = spoken_language(text, turn)
    if wants_more(text):
        offered = turn.cited and turn.answer and turn.answer.status == "closest"
        about = turn.cited[0].article.title if offered else last
        return StandAlone(about, language, turn.cited, wants_more=True)
    completed = complete_by_model(text, history, language, model) if model else None
    if completed is None:
        completed = make_stand_alone(text, _with_person(text, last, turn), language)
    pointed = turn.cited if asks_back(text) else ()
    return StandAlone(completed, language, pointed, core=core_of(text))


def _with_person(text: str, last: str, turn: Turn) -> str:
    """The last question with whoever its answer names first, where "he" is nobody yet."""
    asks_for = any(word.folded in PERSONS for word in words_of(text))
    if not asks_for or any(slot.kind == "person" for slot in slots_of(last)):
        return last
    named = (slot for each in turn.cited for slot in slots_of(each.quote) if slot.kind == "person")
    person = next(named, None)
    return f"{person.text}: {last}" if person else last


def spoken_language(text: str, last: Turn) -> Language:
    """The language of a follow-up; that of the last answer where a few names tell nothing."""
    tongue = tongue_of(text)
    if tongue:
        return "fr" if tongue == "fr" else "en"
    if last.answer and all(word.closed or word.named for word in words_of(text)):
        return last.answer.language
    return question_language(text)
