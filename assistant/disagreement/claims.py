"""What the quoted sentences claim, and how near two claims are to each other."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assistant.answer import Citation
from assistant.checks.facts import Facts, read_facts
from assistant.checks.figures import Figure
from assistant.names import fold
from ingest.articles import Article
from ingest.encoder import Encoder
from ingest.sentences import split_sentences

_THING = re.compile(r"[^\W\d_]{3,}")
_SMALL_WORDS = frozenset(
    "the and that were was are is have has had been for from with into after les des une aux dans"
    " par pour sur ont sont qui que est ete etait sera plus more than les per there did does will"
    " would".split()
)
_THINGS = 2  # words after a figure that say what it counts
_ASKS = re.compile(
    r"\b(?:how many|combien d(?:e |['’]))\s*(?P<counted>(?:[^\W\d_]['’]?[-\w]*\s*){1,4})", re.I
)
_ASKED = 0.55  # cosine of what a figure counts and what the question asks the number of


@dataclass(frozen=True, slots=True)
class Claim:
    """A quoted sentence, with its facts and the number of its citation."""

    citation: int
    article: Article
    text: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of independent articles, with the cosines of what they say and count.

    `asked` are the things whose number the question asks for.
    """

    one: Claim
    other: Claim
    likeness: float
    things: dict[tuple[str, str], float]
    asked: frozenset[str] = frozenset()


def pair_claims(citations: Sequence[Citation], encoder: Encoder, question: str = "") -> list[Pair]:
    """Every two quoted sentences that no copy of one article both holds."""
    claims = [claim for citation in citations for claim in _claims(citation)]
    apart = _independent(claims, citations)
    if not apart:
        return []
    things = {thing(figure) for claim in claims for figure in claim.facts.figures} - {""}
    wanted = asked_thing(question)
    said = [*(claim.text for claim in claims), *sorted(things), *filter(None, [wanted])]
    texts = list(dict.fromkeys(said))
    rows = dict(zip(texts, encoder.encode_passages(texts).astype(np.float32), strict=True))

    def alike(one: str, other: str) -> float:
        return float(rows[one] @ rows[other])

    asked = frozenset(each for each in things if wanted and alike(each, wanted) >= _ASKED)
    return [
        Pair(
            one,
            other,
            alike(one.text, other.text),
            {(a, b): alike(a, b) for a in _things(one) for b in _things(other)},
            asked,
        )
        for one, other in apart
    ]


def _independent(
    claims: Iterable[Claim], citations: Iterable[Citation]
) -> list[tuple[Claim, Claim]]:
    """Every two claims of articles that are no copies of each other."""
    kin = {frozenset((each.article.id, copy.id)) for each in citations for copy in each.copies}
    return [
        (one, other)
        for one, other in combinations(claims, 2)
        if one.article.id != other.article.id
        and frozenset((one.article.id, other.article.id)) not in kin
    ]


def _things(claim: Claim) -> list[str]:
    return [each for each in map(thing, claim.facts.figures) if each]


def thing(figure: Figure) -> str:
    """What a figure counts, as the first words after it that mean something."""
    return _telling(figure.counted)


def asked_thing(question: str) -> str:
    """What a question asks the number of: "how many people marched" is "people marched"."""
    asks = _ASKS.search(question)
    return _telling(asks["counted"]) if asks else ""


def _telling(words: str) -> str:
    telling = (word for word in _THING.findall(words) if fold(word) not in _SMALL_WORDS)
    return " ".join(list(telling)[:_THINGS])


def _claims(citation: Citation) -> list[Claim]:
    article = citation.article
    return [
        Claim(citation.number, article, text, read_facts(text, article.language, article.published))
        for start, end in split_sentences(citation.quote)
        for text in [citation.quote[start:end]]
    ]
