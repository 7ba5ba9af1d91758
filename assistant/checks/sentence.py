"""One written sentence: what it rests on, and whether it may stay."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evidence import Evidence
from ingest.encoder import Encoder
from ingest.sentences import Span, split_sentences


@dataclass(frozen=True, slots=True)
class Checked:
    """The spans that a written sentence rests on; without any it must go."""

    spans: tuple[tuple[Evidence, Span], ...] = ()


def check_sentence(text: str, rests_on: Sequence[Evidence], encoder: Encoder) -> Checked:
    """The spans of the passages it names that a written sentence rests on."""
    return Checked(tuple((one, _supporting_span(text, one, encoder)) for one in rests_on))


def _supporting_span(text: str, evidence: Evidence, encoder: Encoder) -> Span:
    """The sentence of a passage that says most nearly what was written."""
    spans = split_sentences(evidence.text)
    sentences = [evidence.text[start:end] for start, end in spans]
    cosines = encoder.encode_passages([text, *sentences]).astype(np.float32)
    start, end = spans[int(np.argmax(cosines[1:] @ cosines[0]))]
    return evidence.passage.start + start, evidence.passage.start + end
