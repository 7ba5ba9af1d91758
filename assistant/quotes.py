"""The sentences that answer best, word for word, and where they stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evidence import Evidence, encode_query
from assistant.marks import whole_figure
from assistant.names import mentions, names_in
from assistant.query import Query
from ingest.articles import Article
from ingest.encoder import Encoder
from ingest.sentences import Span, split_sentences

MOST_SENTENCES = 3  # that an answer quotes
JUDGED = 2  # passages, either of which may answer; their sentences are always compared
_PASSAGES = 4  # whose sentences are compared
_FAR = 0.2  # behind the first of them: what falls farther back gives no quote that answers
_NAMES_WEIGHT = 0.1  # of all names and figures of the question, against a cosine of 1
_UNSAID_WEIGHT = 0.2  # of all names that a follow-up leaves unsaid, in the whole article
_READER = 0.4  # of the sentence that holds what the reader takes for the answer
_READING = 0.02  # of a reader's logit, beside what that weighs in the passage's score
_MARKED = -1.5  # logit of a passage below which no reader, however bold, says that it answers
_MARGIN = 0.35  # how far below the best sentence another may be and still be quoted

# A sentence that opens so speaks of something the one before it names.
_LEANS = re.compile(
    r"[«“\"‘'\s]*(?:he|she|it|they|his|her|its|their|this|these|those|such|both|the latter|but|and"
    r"|il|elle|ils|elles|celui|celle|ceux|celles|son|sa|ses|leur|leurs|ce|cet|cette"
    r"|ces|cela|ceci|c['’]est|mais|et|tous deux"
    r"|(?:in|on|at|under|with|for|by|of|to) (?:this|that|these|those)"
    r"|(?:à|dans|sous|sur|pour|par|avec|de|après|avant|selon)"
    r" (?:ce|cet|cette|ces|elle|lui|eux|elles)"
    r"|(?:most|some|many|none|few|others|la plupart|certains|beaucoup|d['’]autres)"
    r" (?:are|were|have|had|was|say|said|sont|ont|étaient|avaient|disent))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, literally: `article.text[start:end]`."""

    article: Article
    start: int
    end: int
    score: float
    likeness: float  # cosine of question and words
    answer: Span | None = None  # the answering words within it, where a reader found them

    @property
    def text(self) -> str:
        """The words as printed."""
        return self.article.text[self.start : self.end]


def choose_quotes(query: Query, evidence: Sequence[Evidence], encoder: Encoder) -> list[Quote]:
    """At most three sentences that answer best, neighbours joined, the best quote first."""
    return pick_quotes(weigh_sentences(query, evidence, encoder))


def weigh_sentences(query: Query, evidence: Sequence[Evidence], encoder: Encoder) -> list[Quote]:
    """Every sentence of the best passages that its asker has not read, the likeliest first."""
    candidates = [
        (one, span)
        for one, span in _sentences(_on_subject(query, evidence[:_PASSAGES]))
        if not any(one.article.id == article and _meet(span, told) for article, told in query.told)
    ]
    least = max((one.score for one, _ in candidates), default=0.0) - _FAR
    first = evidence[:JUDGED]
    near = [(one, span) for one, span in candidates if one.score >= least or one in first]
    return sorted(_score(query, near, encoder), key=lambda quote: -quote.score) if near else []


def pick_quotes(weighed: Sequence[Quote]) -> list[Quote]:
    """The few sentences that answer best, neighbours joined, the best quote first."""
    close = [quote for quote in weighed if quote.score >= weighed[0].score - _MARGIN]
    return _join(_lean(close))


def _sentences(evidence: Iterable[Evidence]) -> Iterable[tuple[Evidence, Span]]:
    """Sentences of the passages, each once, with the best passage that holds it."""
    seen: set[tuple[str, Span]] = set()
    for one in evidence:
        for start, end in split_sentences(one.text):
            span = (one.passage.start + start, one.passage.start + end)
            if (one.article.id, span) not in seen:
                seen.add((one.article.id, span))
                yield one, span


def _score(
    query: Query, candidates: Sequence[tuple[Evidence, Span]], encoder: Encoder
) -> list[Quote]:
    vector = encode_query(query, encoder).astype(np.float32)
    texts = [one.article.text[start:end] for one, (start, end) in candidates]
    cosines = encoder.encode_passages(texts).astype(np.float32) @ vector
    names, unsaid = names_in(query.core or query.subject), _names_unsaid(query)
    return [
        Quote(
            one.article,
            *span,
            one.score
            + float(cosine)
            + _NAMES_WEIGHT * _share(names, text)
            + _UNSAID_WEIGHT * _share(unsaid, _whole(one))
            + _READER * bool(words)
            + _READING * (one.reading.logit if one.reading else 0.0),
            float(cosine),
            words if words and one.reading and one.reading.logit >= _MARKED else None,
        )
        for (one, span), text, cosine in zip(candidates, texts, cosines, strict=True)
        for words in [answer_within(one, span)]
    ]


def _on_subject(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Of a follow-up: what holds a name it leaves unsaid, where anything in its language does."""
    unsaid = _names_unsaid(query)
    holding = {
        one.article.id: one.article.language for one in evidence if _share(unsaid, _whole(one))
    }
    spoken = set(holding.values())
    return [
        one for one in evidence if one.article.id in holding or one.article.language not in spoken
    ]


def _names_unsaid(query: Query) -> list[str]:
    """Names of its subject that a follow-up leaves unsaid; the first word where it has no other."""
    said = names_in(query.core)
    carried = names_in(query.subject) or names_in(f"… {query.subject}")
    return [name for name in carried if query.core and name not in said]


def _whole(evidence: Evidence) -> str:
    return f"{evidence.article.title} {evidence.article.text}"


def answer_within(one: Evidence, span: Span) -> Span | None:
    """The answering words of a passage that stand in a sentence, as characters of the article."""
    if not one.reading or not one.reading.words:
        return None
    start, end = (one.passage.start + place for place in whole_figure(one.text, one.reading.words))
    first, last = max(start, span[0]), min(end, span[1])
    return (first, last) if first < last else None


def _share(names: Sequence[str], sentence: str) -> float:
    """The share of a question's names and figures that a sentence mentions."""
    return sum(mentions(name, sentence) for name in names) / len(names) if names else 0.0


def _lean(ranked: Sequence[Quote]) -> list[Quote]:
    """The first few, each with the sentence before it where it leans on that."""
    chosen: list[Quote] = []
    for quote in ranked:
        whole = [quote] if stands_alone(quote.text) else [*_before(quote), quote]
        fresh = [each for each in whole if not any(_same(each, other) for other in chosen)]
        if len(chosen) + len(fresh) <= MOST_SENTENCES:
            chosen += fresh
    return chosen


def stands_alone(sentence: str) -> bool:
    """Whether a sentence can be understood without the one before it."""
    return _LEANS.match(sentence) is None


def _before(quote: Quote) -> list[Quote]:
    ended = [span for span in split_sentences(quote.article.text) if span[1] <= quote.start]
    return [Quote(quote.article, *ended[-1], quote.score, quote.likeness)] if ended else []


def _same(one: Quote, other: Quote) -> bool:
    spans = (one.start, one.end), (other.start, other.end)
    return one.article.id == other.article.id and _meet(*spans)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _join(chosen: Sequence[Quote]) -> list[Quote]:
    """Neighbouring sentences as one quote, in the order of the best of each."""
    joined: list[Quote] = []
    for quote in sorted(chosen, key=lambda each: (each.article.id, each.start)):
        last = joined[-1] if joined else None
        if last and last.article.id == quote.article.id and not between(last, quote).strip():
            score = max(last.score, quote.score)
            answer = max(last, quote, key=lambda each: (each.answer is not None, each.score)).answer
            likeness = max(last.likeness, quote.likeness)
            joined[-1] = Quote(quote.article, last.start, quote.end, score, likeness, answer)
        else:
            joined.append(quote)
    return sorted(joined, key=lambda each: -each.score)


def between(one: Quote, other: Quote) -> str:
    """What stands between two quotes of one article."""
    return one.article.text[one.end : other.start]
