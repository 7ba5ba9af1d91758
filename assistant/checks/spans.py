"""Where in a passage a written sentence has its words from, in either language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evidence import Evidence
from ingest.copies import share_held
from ingest.encoder import Encoder
from ingest.sentences import Span, split_sentences

_NEAR = 0.55  # of the best sentence's score, for another one to hold a part of what was written


@dataclass(frozen=True, slots=True)
class Support:
    """The words of a passage that a sentence rests on: `article.text[start:end]`."""

    evidence: Evidence
    span: Span
    likeness: float  # cosine of the written sentence and the nearest one there

    @property
    def text(self) -> str:
        """The words as printed."""
        return self.evidence.article.text[self.span[0] : self.span[1]]


def find_support(
    text: str,
    rests_on: Sequence[Evidence],
    encoder: Encoder,
    lacking: Callable[[Evidence, str], int],
) -> tuple[Support, ...]:
    """The sentences of each passage that say what was written.

    They are as few as hold all that the passage holds of it: `lacking` counts what some words of a
    passage leave without support.
    """
    passages = [split_sentences(one.text) for one in rests_on]
    sentences = [
        one.text[start:end] for one, spans in zip(rests_on, passages, strict=True)
        for start, end in spans
    ]  # fmt: skip
    vectors = encoder.encode_passages([text, *sentences]).astype(np.float32)
    cosines = (vectors[1:] @ vectors[0]).tolist()
    supports = []
    for one, spans in zip(rests_on, passages, strict=True):
        own, cosines = cosines[: len(spans)], cosines[len(spans) :]
        supports.append(_choose(text, one, spans, own, lacking))
    return tuple(supports)


def _choose(
    text: str,
    one: Evidence,
    spans: Sequence[Span],
    cosines: Sequence[float],
    lacking: Callable[[Evidence, str], int],
) -> Support:
    """The fewest neighbours that hold all there is, among the sentences that speak of the same."""
    scores = [
        cosine + share_held(text, one.text[start:end])
        for cosine, (start, end) in zip(cosines, spans, strict=True)
    ]
    near = [score >= _NEAR * max(scores) for score in scores]
    places = range(len(spans))
    windows = [(a, b) for a in places for b in places[a:] if near[a] and near[b]]
    first, last = min(
        windows,
        key=lambda window: (
            lacking(one, one.text[spans[window[0]][0] : spans[window[1]][1]]),
            window[1] - window[0],
            -max(scores[window[0] : window[1] + 1]),
        ),
    )
    begin = one.passage.start
    span = (begin + spans[first][0], begin + spans[last][1])
    return Support(one, span, max(cosines[first : last + 1]))
