"""The encoder's own first wrong hits: passages that look like the answer and are not."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.reader.training.examples import WINDOW
from assistant.reader.training.paragraphs import Paragraph
from ingest.encoder import Encoder, Vectors
from ingest.encoder.training.cores import one_thread_a_core

NEAR = 6  # wrong hits kept for a question
_AT_ONCE = 512  # questions compared together
_PORTION = 256  # passages that a core encodes at once

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
    """Vectors of passages, each core at its own portion of like length."""
    order = sorted(range(len(passages)), key=lambda place: len(passages[place]))
    portions = [order[start : start + _PORTION] for start in range(0, len(order), _PORTION)]
    vectors = np.empty((len(passages), encoder.dimension), np.float16)

    def encode(portion: Sequence[int]) -> None:
        vectors[portion] = encoder.encode_passages([passages[place] for place in portion])

    with one_thread_a_core("cpu") as pool:
        for done, _ in enumerate(pool.map(encode, portions), start=1):
            if done % 20 == 0:
                log.info("encoded %d of %d passages", done * _PORTION, len(passages))
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
