"""What a question is about, in its own words."""

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.grammar import (
    AUXILIARIES,
    DETERMINERS,
    LINKS,
    MODALS,
    PREPOSITIONS,
    Word,
    words_of,
)
from assistant.conversation.slots import slots_of

_PREFIXED = re.compile(r"(?P<subject>[^?!:]{1,160}?)(?:\u00a0| )?: (?=\S)")
_BEFORE_VERBS = frozenset("que qu qui ou quand combien comment pourquoi who how when".split())
_OF = frozenset("of de d du des".split())
_NEWS = frozenset("latest newest news update updates nouvelle nouvelles derniere dernieres".split())
_PARTS = 3  # of a subject that grew over several questions

Phrase = Sequence[Word]


def subject_of(question: str) -> str:
    """The phrases that name something, as printed: "closure of Thornwick Infirmary"."""
    carried = _PREFIXED.match(question)
    held = carried["subject"].split(", ") if carried else []
    words = words_of(question[carried.end() :] if carried else question)
    rest = question[carried.end() :] if carried else question
    phrases = [_printed(phrase, rest) for phrase in _telling(list(_phrases(words)), words)]
    if carried:
        phrases = [phrase for phrase in phrases if any(map(str.isupper, phrase))]
    fresh = [phrase for phrase in phrases if phrase not in held]
    parts = [*held[:1], *[*held[1:], *fresh][-(_PARTS - 1) :]]
    return ", ".join(parts if carried else fresh[:_PARTS])


def _phrases(words: Sequence[Word]) -> Iterator[Phrase]:
    """Runs of words that tell, with "of" and the like between them."""
    run: list[Word] = []
    for before, word, following in zip([None, *words], words, [*words[1:], None], strict=False):
        asked = before is not None and before.folded in _BEFORE_VERBS and not word.named
        verb = asked or (following is not None and following.inverted)
        links = run and word.folded in (LINKS if run[-1].folded in _OF else _OF)
        if links or not (word.closed or verb or _says_newest(word)):
            run.append(word)
        elif run:
            yield _without_links(run)
            run = []
    if run:
        yield _without_links(run)


def _says_newest(word: Word) -> bool:
    """ "the latest on", « les dernières nouvelles de » : how new, and not about what."""
    return word.folded in _NEWS and not word.named


def _without_links(run: Phrase) -> Phrase:
    last = max(place for place, word in enumerate(run) if not word.closed)
    return run[: last + 1]


def _telling(phrases: Sequence[Phrase], words: Sequence[Word]) -> list[Phrase]:
    """Those that hold a name or follow an article or preposition; all where none does."""
    bare = [_without_verb(phrase, words) for phrase in phrases]
    named = any(word.named for phrase in bare for word in phrase if word.start)
    nouns = [phrase for phrase in bare if _is_named(phrase) or _is_introduced(phrase, words)]
    return nouns if named or sum(map(len, nouns)) > 1 else bare


def _without_verb(phrase: Phrase, words: Sequence[Word]) -> Phrase:
    """ "did the High Court rule": the bare verb at the end tells nothing a reader would repeat."""
    before = [word for word in words if word.start < phrase[0].start]
    asked = [word.folded for word in before if word.folded not in DETERMINERS][-1:]
    told = [word for word in phrase if not word.closed]
    verb = len(told) > 1 and told[-1] is phrase[-1] and not told[-1].named
    if asked and asked[0] in MODALS and verb:
        return _without_links(phrase[:-1])
    return phrase


def _is_named(phrase: Phrase) -> bool:
    return any(word.named and word.start for word in phrase)


def _is_introduced(phrase: Phrase, words: Sequence[Word]) -> bool:
    before = [word.folded for word in words if word.end <= phrase[0].start][-1:]
    after = [word.folded for word in words if word.start >= phrase[-1].end][:1]
    counted = before in (["many"], ["much"]) and set(after) <= AUXILIARIES
    return counted or set(before) <= DETERMINERS | PREPOSITIONS


def _printed(phrase: Phrase, question: str) -> str:
    """As the question has it, a time with its preposition: "since October" is not "October"."""
    start, end = phrase[0].start, phrase[-1].end
    times = [slot for slot in slots_of(question) if slot.kind == "time" and slot.start == start]
    return question[times[0].lead if times else start : end]
