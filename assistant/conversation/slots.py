"""What can change places between one question and the next: times, places, people."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.conversation.grammar import (
    DETERMINERS,
    LOCATIVES,
    PREPOSITIONS,
    QUESTIONS,
    Word,
    words_of,
)
from assistant.names import fold

Kind = Literal["time", "place", "person", "body", "name"]

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|janvier"
    "|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:1er|[0-3]?\d(?:st|nd|rd|th)?)"
_RELATIVE = (
    r"(?:last|this|next) (?:week|month|year)|yesterday|today|hier|avant-hier|aujourd['’]hui"
    r"|l['’]an dernier|l['’]année dernière|(?:la semaine|le mois) (?:dernière?|prochaine?)"
    r"|cette (?:semaine|année)|ce mois-ci"
)
_TIME = re.compile(
    rf"(?:{_DAY} )?\b(?:{_MONTH})\b(?: {_DAY}\b(?!\d))?(?:,? (?P<year>{_YEAR}))?"
    rf"|\b{_YEAR}\b|\b(?:{_RELATIVE})\b"
)
# What a name is called by that is not a person's.
_BODIES = frozenset(
    "agency board college commission committee company council court dam department federation firm"
    " group hospital infirmary institute line mayor ministry office party plant port review river"
    " school signal state states tunnel union university agence barrage chambre collectif college"
    " commission compagnie comite conseil cour etats federation groupe hopital institut ligne"
    " mairie ministere observatoire office parti port prefecture region syndicat tribunal"
    " universite usine vallees valleys high supreme united unis chimie".split()
)
_CLASSES = (frozenset("de d du des of".split()), LOCATIVES)  # prepositions that stand alike


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a question that names a time, a place or somebody."""

    text: str
    kind: Kind
    start: int
    preposition: str = ""  # with its article, as printed before it

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def lead(self) -> int:
        """Where its preposition begins, or itself where there is none."""
        return self.start - len(self.preposition)


def slots_of(question: str) -> list[Slot]:
    """Times and names of a question, in order."""
    times = [
        Slot(match[0], "time", match.start(), _before(question, match.start()))
        for match in _TIME.finditer(question)
    ]
    spans = [(slot.start, slot.end) for slot in times]
    names = [
        slot
        for slot in _names(question)
        if not any(slot.start < end and start < slot.end for start, end in spans)
    ]
    return sorted([*times, *names], key=lambda slot: slot.start)


def only_slot(core: str) -> Slot | None:
    """The one time or name that a follow-up consists of."""
    slots = slots_of(core)
    told = [word for word in words_of(core) if not word.closed or word.folded in QUESTIONS]
    inside = all(slots[0].start <= word.start < slots[0].end for word in told) if slots else False
    return slots[0] if len(slots) == 1 and inside else None


def replace_slot(question: str, slot: Slot) -> str | None:
    """The question with the one stretch that a slot stands for replaced, if there is just one."""
    like = [each for each in slots_of(question) if each.text != slot.text]
    placed = [each for each in like if _stand_alike(each, slot)]
    same = placed or [each for each in like if _are_alike(each, slot)]
    if len(same) != 1:
        return None
    old = same[0]
    with_lead = bool(slot.preposition and old.preposition)
    begin = old.lead if with_lead else old.start
    put = (slot.preposition if with_lead else "") + slot.text + _year_kept(old, slot)
    return question[:begin] + put + question[old.end :]


def _stand_alike(old: Slot, new: Slot) -> bool:
    """Whether two names stand after the same kind of preposition."""
    if "time" in (old.kind, new.kind) or not (old.preposition and new.preposition):
        return False
    leads = {words_of(slot.preposition)[0].folded for slot in (old, new)}
    return any(leads <= alike for alike in _CLASSES)


def _are_alike(old: Slot, new: Slot) -> bool:
    """Whether two stretches name the same kind of thing, and one of them without saying where."""
    if old.preposition and new.preposition and "time" not in (old.kind, new.kind):
        return False
    kinds = {old.kind, new.kind}
    return len(kinds) == 1 or kinds == {"place", "name"}


def _year_kept(old: Slot, new: Slot) -> str:
    """The year of a date that the new one does not name: "in March 2024", "and in April?"."""
    year = re.search(_YEAR, old.text)
    names_month = new.kind == "time" and re.search(rf"\b(?:{_MONTH})\b", new.text)
    return f" {year[0]}" if year and names_month and not re.search(_YEAR, new.text) else ""


def _names(question: str) -> list[Slot]:
    """Runs of capitalised words; the first word of a question is one only before another."""
    runs: list[list[Word]] = []
    words = words_of(question)
    for word in words:
        if not word.named:
            continue
        if runs and question[runs[-1][-1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_name(run, question) for run in runs if run[0].start or len(run) > 1 or len(words) == 1]


def _name(run: list[Word], question: str) -> Slot:
    text = question[run[0].start : run[-1].end]
    lead = _before(question, run[0].start)
    return Slot(text, _kind(run, text, lead), run[0].start, lead)


def _kind(run: list[Word], text: str, lead: str) -> Kind:
    first = lead.split()[0].lower() if lead.split() else ""
    if fold(text) in _territories() or fold(first) in LOCATIVES:
        return "place"
    if any(word.folded in _BODIES for word in run):
        return "body"
    return "person" if len(run) > 1 else "name"


def _before(question: str, start: int) -> str:
    """Preposition and article in front of a place in a question, with the space after them."""
    words = [word for word in words_of(question) if word.end <= start]
    lead = start
    while words and not question[words[-1].end : lead].strip():
        if words[-1].folded not in PREPOSITIONS | DETERMINERS:
            break
        lead = words.pop().start
    taken = question[lead:start]
    first = words_of(taken)[:1]
    return taken if first and first[0].folded in PREPOSITIONS else ""


@cache
def _territories() -> frozenset[str]:
    from babel import Locale

    return frozenset(
        fold(name) for tag in ("en", "fr") for name in Locale(tag).territories.values()
    )
