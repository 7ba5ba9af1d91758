"""The encoder's own first wrong hits: passages that look like the answer and are not."""

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.reader.training.examples import WINDOW, Example, titled
from assistant.reader.training.paragraphs import Paragraph
from ingest.encoder import Encoder, Vectors

NEAR = 6  # wrong hits kept for a question
_AT_ONCE = 512  # questions compared together
_PORTION = 4096  # passages encoded at once

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Windows of paragraphs with their vectors."""

    texts: tuple[str, ...]
    titles: tuple[str, ...]
    vectors: Vectors


def make_shelf(paragraphs: Sequence[Paragraph], encoder: Encoder) -> Shelf:
    """Cut paragraphs into windows and encode them with their titles in front."""
    cut = [
        (one.title, " ".join(one.sentences[start : start + WINDOW]))
        for one in paragraphs
        for start in range(0, len(one.sentences), WINDOW)
    ]
    titles, texts = zip(*cut, strict=True)
    return Shelf(texts, titles, _encode([f"{title}\n{text}" for title, text in cut], encoder))


def _encode(passages: Sequence[str], encoder: Encoder) -> Vectors:
    vectors = np.empty((len(passages), encoder.dimension), np.float16)
    for start in range(0, len(passages), _PORTION):
        portion = passages[start : start + _PORTION]
        vectors[start : start + len(portion)] = encoder.encode_passages(portion)
        log.info("encoded %d of %d passages", start + len(portion), len(passages))
    return vectors


def wrong_hits(
    questions: Sequence[str], answers: Sequence[str | None], shelf: Shelf, encoder: Encoder
) -> list[list[tuple[str, str]]]:
    """The nearest windows of each question that lack its answer's words, as title and text."""
    asked = encoder.encode_questions(questions).astype(np.float32)
    held = shelf.vectors.astype(np.float32).T
    found: list[list[tuple[str, str]]] = []
    for start in range(0, len(questions), _AT_ONCE):
        likeness = asked[start : start + _AT_ONCE] @ held
        nearest = np.argpartition(-likeness, 2 * NEAR, axis=1)[:, : 2 * NEAR]
        for row, answer in zip(nearest, answers[start : start + _AT_ONCE], strict=True):
            hits = [
                (shelf.titles[place], shelf.texts[place])
                for place in row
                if not answer or answer.casefold() not in shelf.texts[place].casefold()
            ]
            found.append(hits[:NEAR])
    return found


def elsewhere(
    examples: Sequence[Example], shelf: Shelf, encoder: Encoder, chance: random.Random
) -> Iterator[Example]:
    """Titled questions with a near passage of another article: it tells something else."""
    answers = [one.passage[slice(*one.answer)] if one.answer else None for one in examples]
    hits = wrong_hits([one.question for one in examples], answers, shelf, encoder)
    for one, near in zip(examples, hits, strict=True):
        others = [hit for hit in near if hit[0] != one.title]
        if others:
            title, text = chance.choice(others)
            yield Example(one.question, titled(title, chance), text, None)
