"""Whether a question can only be understood by what went before it."""

import re
from itertools import pairwise

from assistant.conversation.grammar import (
    DEMONSTRATIVES,
    DETERMINERS,
    PERSONS,
    QUESTIONS,
    THINGS,
    Word,
    words_of,
)
from assistant.conversation.slots import only_slot, slots_of

_OPENING = re.compile(
    r"\s*(?:(?:and|but|or|so|then|ok|okay|et|mais|ou|alors|donc)\b[\s,]*)?"
    r"(?:(?:what|how) about\b|what of\b|qu['’]en est-il\b|quid\b)?\s*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:yes|yeah|yep|sure|ok(?:ay)?|oui|ouais|d['’]accord|go on|go ahead|continue[rz]?|more|encore"
    r"|vas-y|allez-y|(?:tell|show|give) me(?: some| a bit)? more"
    r"|(?:dis|dites|montre|donne)[\w’'-]* plus"
    r"|(?:tell me )?more (?:about (?:it|that|this)|details)|(?:plus|davantage) de détails|la suite"
    r"|(?:j['’]aimerais |je veux )?en (?:savoir|dire) plus|(?:peux-tu |pouvez-vous )?en dire plus"
    r"|what else|quoi d['’]autre|et (?:puis|après|ensuite)|and then|what happened next)"
    r"(?:[\s,]+(?:please|s['’]il (?:te|vous) pla[iî]t|svp|thanks|merci))?[\s.!?…]*",
    re.IGNORECASE,
)
_HAVE = frozenset("a ont avait avaient aura".split())
_ANSWER = frozenset("that this cela ca ceci".split())  # at the end: what was answered
_THEIRS = frozenset("son sa ses leur leurs".split())
_SCANT = 2  # words: the shortest question that searches for something of its own has more
_NOT_POINTING = frozenset("week weeks month months year years time semaine mois annee fois".split())


def leans(question: str, last: str) -> bool:
    """Whether a question needs the last one to be understood."""
    opening, core = open_up(question)
    if wants_more(question) or _is_bare(core):
        return True
    own_names = any(slot.kind != "time" for slot in slots_of(core))
    if opening and not _asks_by_itself(core):
        return True
    if _points_back(core) or (only_slot(core) and core.endswith("?")):
        return True
    return not own_names and (_repeats(core, last) or _is_scant(core))


def wants_more(question: str) -> bool:
    """Whether somebody asks for more of the same: "yes", "tell me more", "la suite"."""
    return _MORE.fullmatch(question.strip()) is not None


def asks_back(question: str) -> bool:
    """Whether it asks about the answer itself: "who said that?", "why?"."""
    words = words_of(question)
    return all(word.closed for word in words) or words[-1].folded in _ANSWER


def core_of(question: str) -> str:
    """What a follow-up asks in words of its own, where it has such."""
    _, core = open_up(question)
    return core.strip() if any(not word.closed for word in words_of(core)) else ""


def open_up(question: str) -> tuple[str, str]:
    """What ties a question to the last one, such as "and what about", and the rest."""
    match = _OPENING.match(question)
    return (match[0].strip(), question[match.end() :]) if match else ("", question)


def _is_bare(core: str) -> bool:
    """Whether it asks without saying about what: "why?", "who said that?"."""
    return all(word.closed for word in words_of(core))


def _asks_by_itself(core: str) -> bool:
    """Whether it is a whole question with a name of its own and something asked about it."""
    words = words_of(core)
    names = [slot for slot in slots_of(core) if slot.kind != "time"]
    told = [
        word
        for word in words
        if not word.closed and not any(slot.start <= word.start < slot.end for slot in names)
    ]
    asks = bool(words) and (words[0].folded in QUESTIONS or any(word.inverted for word in words))
    return asks and bool(names) and bool(told)


def _points_back(core: str) -> bool:
    """Whether a pronoun stands for something that the question does not name before it."""
    words = words_of(core)
    return any(_is_open(place, words) for place, _ in enumerate(words))


def _is_open(place: int, words: tuple[Word, ...]) -> bool:
    word, before = words[place], words[:place]
    following = words[place + 1] if place + 1 < len(words) else None
    if word.inverted:
        if [each.folded for each in before[-3:]] == ["que", "s", "est"]:
            return False  # « que s’est-il passé » : nobody
        named = any(not each.closed for each in before[:-1]) and _has_subject(before)
        return word.folded in PERSONS | THINGS and not named
    if word.folded in DEMONSTRATIVES:
        if following is None or following.closed:
            return word.folded in THINGS and _ends(place, words)
        return following.folded not in _NOT_POINTING
    if _takes_object(word, following) or word.folded in _THEIRS:
        return not _has_subject(before)
    named = any(each.named and each.start for each in before)
    return word.folded in PERSONS | THINGS and not named and not _is_idle(word, following)


def _takes_object(word: Word, following: Word | None) -> bool:
    """« qui l’a payé » : the article before a verb is a pronoun."""
    return word.folded == "l" and following is not None and following.folded in _HAVE


def _has_subject(before: tuple[Word, ...]) -> bool:
    """Whether a noun with its article, or a name, goes before: "la commission … va-t-elle"."""
    return any(
        (one.folded in DETERMINERS and not other.closed) or (other.named and other.start > 0)
        for one, other in pairwise(before)
    )


def _ends(place: int, words: tuple[Word, ...]) -> bool:
    """Whether "that" stands for something: not before another clause, "did she say that it …"."""
    rest = words[place + 1 :]
    return all(word.closed for word in rest)


def _is_idle(word: Word, following: Word | None) -> bool:
    """ "il y a", "il faut", "is it true that": pronouns that stand for nothing."""
    if following is None:
        return False
    return word.folded in ("il", "it") and following.folded in (
        "y", "faut", "true", "possible", "that",
    )  # fmt: skip


def _repeats(core: str, last: str) -> bool:
    """Whether "the strike" or « la grève » is one that the last question named."""
    words = words_of(core)
    told = {word.folded for word in words_of(last) if not word.closed}
    return any(
        one.folded in DETERMINERS - {"a", "un", "une"} and other.folded in told
        for one, other in pairwise(words)
        if not other.closed
    )


def _is_scant(core: str) -> bool:
    """Whether it says little and names nothing, and is no "what is inflation?"."""
    words = words_of(core)
    told = [word for word in words if not word.closed]
    defines = [word.folded for word in words[:2]] in (["what", "is"], ["what", "are"])
    return len(told) <= _SCANT and not (defines and len(words) == 3)
