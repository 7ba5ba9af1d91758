"""Questions with the paragraphs that answer them, or seem to, from SQuAD and PIAF."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.encoder.training.questions import cut_sentences


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answers that its readers gave, none where the paragraph has none."""

    question: str
    answers: tuple[str, ...]

    @property
    def answer(self) -> str | None:
        """The first answer, if there is one."""
        return self.answers[0] if self.answers else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph cut into sentences, with the questions that were asked of it."""

    title: str
    language: str
    sentences: tuple[str, ...]
    asked: tuple[Asked, ...]

    def place(self, words: str) -> int | None:
        """The first sentence that holds some words."""
        return next((n for n, part in enumerate(self.sentences) if words in part), None)


def read_squad(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of SQuAD 1.1 or 2.0, a JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            asked = [_asked(qa["q"], qa["answers"]) for qa in entry["qas"]]
            yield _make(entry["title"].replace("_", " "), "en", entry["context"], asked)


def read_piaf(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of PIAF, one JSON document."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        articles: list[Mapping[str, Any]] = json.load(stream)["data"]
    for article in articles:
        for entry in article["paragraphs"]:
            asked = [
                _asked(qa["question"], [answer["text"] for answer in qa["answers"]])
                for qa in entry["qas"]
            ]
            yield _make(article["title"], "fr", entry["context"], asked)


def halve(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs of every other article, to train on, and those of the rest, to measure."""
    titles = sorted({one.title for one in paragraphs})
    taught = set(titles[::2])
    return (
        [one for one in paragraphs if one.title in taught],
        [one for one in paragraphs if one.title not in taught],
    )


def _asked(question: str, answers: Sequence[str]) -> Asked:
    return Asked(" ".join(question.split()), tuple(answer.strip() for answer in answers))


def _make(title: str, language: str, text: str, asked: Sequence[Asked]) -> Paragraph:
    return Paragraph(title, language, cut_sentences(text), tuple(asked))
