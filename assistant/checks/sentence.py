"""One written sentence: what it rests on, and whether it may stay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from assistant.checks.attribution import attributes_to_someone, strangers
from assistant.checks.entailment import Entailment, Verdict
from assistant.checks.facts import Facts, join_facts, lacks, read_facts
from assistant.checks.known import find_unknown
from assistant.checks.negation import count_denials, may_deny
from assistant.checks.spans import Support, find_support
from assistant.evidence import Evidence
from assistant.query import Language
from ingest.copies import share_held
from ingest.encoder import Encoder

Fault = Literal["figure", "date", "name", "outlet", "negation", "apart", "contradiction"]

_APART = 0.2  # cosine to its support below which a sentence speaks of something else
_LITERAL = 0.6  # of its words, from which a sentence is a quotation
_WEAK = 0.45  # below it, a sentence may say more than its support


@dataclass(frozen=True, slots=True)
class Checker:
    """What a written sentence is checked with."""

    encoder: Encoder
    entailment: Entailment | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a written sentence rests on; with a fault it must go."""

    supports: tuple[Support, ...]
    faults: tuple[Fault, ...] = ()
    weak: bool = False


def check_sentence(
    text: str, language: Language, rests_on: Sequence[Evidence], checker: Checker
) -> Checked:
    """Hold a written sentence against the passages it names.

    Its figures, dates and names must stand in the cited words, names also in title or byline; a
    weekday is resolved by the date of publication.
    """
    facts = read_facts(text, language)
    lacking = partial(_count_lacks, facts, denial=count_denials(text, language) > 0)
    supports = find_support(text, rests_on, checker.encoder, lacking)
    verdict = checker.entailment(_premise(supports), text) if checker.entailment else None
    faults = dict.fromkeys(
        (
            *lacks(facts, join_facts(_facts(one.evidence, one.text) for one in supports)),
            *_faults_of_names(text, language, rests_on, checker.encoder),
            *_faults_of_sense(text, language, supports, verdict),
        )
    )
    return Checked(supports, tuple(faults), _is_weak(text, language, supports, verdict))


def _count_lacks(facts: Facts, evidence: Evidence, words: str, *, denial: bool) -> int:
    """How much of a sentence some words of a passage leave without support."""
    undenied = denial and not may_deny(words, evidence.article.language)
    return len(lacks(facts, _facts(evidence, words))) + undenied


def _facts(evidence: Evidence, words: str) -> Facts:
    return read_facts(words, evidence.article.language, evidence.article.published)


def _premise(supports: Sequence[Support]) -> str:
    return "\n".join(support.text for support in supports)


def _faults_of_names(
    text: str, language: Language, rests_on: Sequence[Evidence], encoder: Encoder
) -> Iterator[Fault]:
    articles = [one.article for one in rests_on]
    outlets = [name for one in rests_on for name in _outlets(one)]
    heads = (f"{one.title} {one.byline}" for one in articles)
    source = " ".join((*(one.text for one in rests_on), *heads, *outlets))
    foreign = any(article.language != language for article in articles)
    if find_unknown(text, source, encoder if foreign else None):
        yield "name"
    if strangers(text, source, outlets):
        yield "outlet"


def _outlets(evidence: Evidence) -> tuple[str, ...]:
    """Who may be named as the source of a passage."""
    article = evidence.article
    return (article.outlet, article.agency, *(copy.outlet for copy in evidence.copies))


def _faults_of_sense(
    text: str, language: Language, supports: Sequence[Support], verdict: Verdict | None
) -> Iterator[Fault]:
    if max(support.likeness for support in supports) < _APART:
        yield "apart"
    if _denies_more(text, language, supports):
        yield "negation"
    if verdict == "contradiction":
        yield "contradiction"


def _is_weak(
    text: str, language: Language, supports: Sequence[Support], verdict: Verdict | None
) -> bool:
    """Whether a sentence says more or less than its support, as far as that can be told."""
    attributed = any(attributes_to_someone(support.text) for support in supports)
    denied = all(map(_count_denials, supports))
    return (
        max(support.likeness for support in supports) < _WEAK
        or verdict == "neutral"
        or (attributed and not attributes_to_someone(text))
        or (denied and not may_deny(text, language))
    )


def _denies_more(text: str, language: Language, supports: Sequence[Support]) -> bool:
    """Whether a sentence denies what no support does; one taken over word for word, at all more."""
    denials = count_denials(text, language)
    literal = any(share_held(text, support.text) >= _LITERAL for support in supports)
    if literal:
        return denials > max(map(_count_denials, supports))
    return denials > 0 and not any(
        may_deny(support.text, support.evidence.article.language) for support in supports
    )


def _count_denials(support: Support) -> int:
    return count_denials(support.text, support.evidence.article.language)
