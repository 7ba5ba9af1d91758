"""A follow-up completed by a chat model, believed only where it adds and drops nothing."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import closing
from html import escape
from time import monotonic
from typing import TYPE_CHECKING

from assistant.conversation.grammar import words_of
from assistant.conversation.slots import slots_of
from assistant.conversation.turns import Turn
from assistant.model import Model, ModelFailedError
from assistant.model.harmless import tidy
from assistant.names import mentions, names_in
from assistant.query import Language
from prompts import read_prompt

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

log = logging.getLogger(__name__)

_PATIENCE = 3.0  # seconds; the rules are there at once
_LONGEST = 300  # characters of a question
_TURNS = 3  # of the conversation that the model is told
_TOLD = 500  # characters of each of their answers
_LANGUAGES = {"en": "English", "fr": "French"}


def complete_by_model(
    question: str, history: Sequence[Turn], language: Language, model: Model
) -> str | None:
    """The question as a model completes it; None where it fails or is not to be believed."""
    try:
        said = _listen(model, _compose(question, history, language))
    except ModelFailedError as error:
        log.warning("the model %s did not complete a question: %s", model.name, error)
        return None
    completed = tidy(said)
    return completed if is_faithful(completed, question, history) else None


def is_faithful(completed: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether it keeps the question's names, takes others from what was said, and has a subject."""
    said = " ".join(_said(history))
    names = [*names_in(question), *(slot.text for slot in slots_of(question))]
    keeps = all(mentions(word, completed) for name in names for word in name.split())
    invents = any(not mentions(name, f"{said} {question}") for name in names_in(completed))
    own = {word.folded for word in words_of(question)}
    told = (word for word in words_of(completed) if not word.closed and word.folded not in own)
    carries = any(mentions(word.text, said) for word in told)
    asks = completed.endswith("?") and len(completed) <= _LONGEST
    return asks and keeps and carries and not invents


def _said(history: Sequence[Turn]) -> Iterable[str]:
    """Questions, and the quotes and titles of answers."""
    for turn in history[-_TURNS:]:
        yield turn.question
        if turn.answer:
            yield turn.answer.searched_for or ""
        for cited in turn.cited:
            yield f"{cited.article.title} {cited.article.outlet} {cited.quote}"


def _listen(model: Model, messages: "Sequence[BaseMessage]") -> str:
    began, heard = monotonic(), ""
    with closing(model.stream(messages)) as pieces:
        for piece in pieces:
            heard += piece
            if monotonic() - began > _PATIENCE or len(heard) > _LONGEST:
                raise ModelFailedError("slow" if len(heard) <= _LONGEST else "too_long")
    return heard


def _compose(question: str, history: Sequence[Turn], language: Language) -> "Sequence[BaseMessage]":
    from langchain_core.prompts import ChatPromptTemplate

    prompt = ChatPromptTemplate(
        [("system", read_prompt("follow_up.system")), ("human", read_prompt("follow_up.user"))]
    )
    return prompt.format_messages(
        language=_LANGUAGES[language],
        conversation="\n".join(map(_as_data, history[-_TURNS:])),
        question=escape(question, quote=False),
    )


def _as_data(turn: Turn) -> str:
    """A turn fenced and labelled, so that its words stay data."""
    answer = turn.answer.text[:_TOLD] if turn.answer else ""
    return (
        f"<question>{escape(turn.question, quote=False)}</question>\n"
        f"<answer>{escape(answer, quote=False)}</answer>"
    )
