"""Questions with the paragraphs that answer them, cut into windows of sentences."""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Abbreviations may be cut too: a window of three sentences forgives it.
SENTENCE_END = re.compile(r"(?<=[.!?…»\"])\s+(?=[\"«“A-ZÀ-ÖØ-Þ0-9])")
WINDOW = 3  # sentences


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph cut into sentences, and each question with the sentence that answers it."""

    title: str
    language: str
    sentences: tuple[str, ...]
    questions: tuple[tuple[str, int], ...]


def cut_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, roughly."""
    return tuple(part for part in SENTENCE_END.split(text.strip()) if part)


def read_squad(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of SQuAD, with the questions whose answer stands in a sentence."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            asked = [(qa["q"], qa["answers"][0]) for qa in entry["qas"] if qa["answers"]]
            yield make_paragraph(entry["title"].replace("_", " "), "en", entry["context"], asked)


def read_piaf(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of PIAF, with the questions whose answer stands in a sentence."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        articles = json.load(stream)["data"]
    for article in articles:
        for entry in article["paragraphs"]:
            asked = [
                (qa["question"], qa["answers"][0]["text"]) for qa in entry["qas"] if qa["answers"]
            ]
            yield make_paragraph(article["title"], "fr", entry["context"], asked)


def make_paragraph(
    title: str, language: str, text: str, asked: Sequence[tuple[str, str]]
) -> Paragraph:
    """A paragraph whose questions point to the first sentence that holds their answer."""
    sentences = cut_sentences(text)
    found = (
        (question.strip(), next((n for n, part in enumerate(sentences) if answer in part), None))
        for question, answer in asked
    )
    questions = tuple((question, place) for question, place in found if place is not None)
    return Paragraph(title, language, sentences, questions)


def window(paragraph: Paragraph, start: int, *, titled: bool) -> str:
    """Three sentences from one on, with the title in front or without."""
    text = " ".join(paragraph.sentences[max(start, 0) : max(start, 0) + WINDOW])
    return f"{paragraph.title}\n{text}" if titled else text
