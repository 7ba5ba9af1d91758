"""What the quoted sentences claim, and how near two claims are to each other."""

import re
from collections.abc import Sequence
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
    " par pour sur ont sont qui que est ete etait sera plus more than les per".split()
)
_THINGS = 2  # words after a figure that say what it counts


@dataclass(frozen=True, slots=True)
class Claim:
    """A quoted sentence, with its facts and the number of its citation."""

    citation: int
    article: Article
    text: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of independent articles, with the cosines of what they say and count."""

    one: Claim
    other: Claim
    likeness: float
    things: dict[tuple[str, str], float]


def pair_claims(citations: Sequence[Citation], encoder: Encoder) -> list[Pair]:
    """Every two quoted sentences that no copy of one article both holds."""
    claims = [claim for citation in citations for claim in _claims(citation)]
    kin = {
        (citation.article.id, copy.id) for citation in citations for copy in citation.copies
    }  # fmt: skip
    apart = [
        (one, other)
        for one, other in combinations(claims, 2)
        if one.article.id != other.article.id
        and kin.isdisjoint(((one.article.id, other.article.id), (other.article.id, one.article.id)))
    ]
    if not apart:
        return []
    things = {thing(figure) for claim in claims for figure in claim.facts.figures} - {""}
    texts = list(dict.fromkeys([*(claim.text for claim in claims), *sorted(things)]))
    vectors = encoder.encode_passages(texts).astype(np.float32)
    rows = dict(zip(texts, vectors, strict=True))
    return [
        Pair(
            one,
            other,
            float(rows[one.text] @ rows[other.text]),
            {
                (a, b): float(rows[a] @ rows[b])
                for a in filter(None, map(thing, one.facts.figures))
                for b in filter(None, map(thing, other.facts.figures))
            },
        )
        for one, other in apart
    ]


def thing(figure: Figure) -> str:
    """What a figure counts, as the first words after it that mean something."""
    words = (word for word in _THING.findall(figure.counted) if fold(word) not in _SMALL_WORDS)
    return " ".join(list(words)[:_THINGS])


def _claims(citation: Citation) -> list[Claim]:
    article = citation.article
    return [
        Claim(citation.number, article, text, read_facts(text, article.language, article.published))
        for start, end in split_sentences(citation.quote)
        for text in [citation.quote[start:end]]
    ]
