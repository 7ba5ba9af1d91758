"""A follow-up made to stand alone without a model: a slot replaced, or its subject put in front."""

from assistant.conversation.grammar import PREPOSITIONS, QUESTIONS, tongue_of, words_of
from assistant.conversation.leaning import open_up
from assistant.conversation.slots import only_slot, replace_slot
from assistant.conversation.subject import subject_of
from assistant.query import Language

_SPEAKERS = frozenset("selon d'apres".split())


def make_stand_alone(question: str, last: str, language: Language) -> str:
    """A follow-up as a question of its own, in the words of the last one where that is known."""
    opening, core = open_up(question)
    asks = any(word.folded in QUESTIONS for word in words_of(core))
    if tongue_of(last) in (language, ""):
        if (slot := only_slot(core)) and (replaced := replace_slot(last, slot)):
            return replaced
        if not asks and _adds_detail(core, last):
            return f"{_unasked(last)} {core.strip()}"
    subject = subject_of(last)
    colon = "\u00a0:" if language == "fr" else ":"
    told = core if asks or not opening else question
    return f"{_capital(subject)}{colon} {_small(told)}" if subject else question


def _adds_detail(core: str, last: str) -> bool:
    """Whether it adds a circumstance that a whole question has none of: "and for children?"."""
    words = words_of(core)
    opens = words[0].folded if words else ""
    if opens in _SPEAKERS:
        return False  # somebody else's word on it, and no circumstance
    said = {word.folded for word in words_of(last)}
    return opens in PREPOSITIONS and opens not in said and ": " not in last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """A question to stand after a colon: its first letter small, unless it is a name's."""
    words = words_of(text)
    first = text[:1]
    return text if words and words[0].named else first.lower() + text[1:]


def _unasked(question: str) -> str:
    return question.rstrip().rstrip("?!.").rstrip()
