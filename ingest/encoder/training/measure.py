"""What an encoder scores: translations found, and answers found in two languages.

python -m ingest.encoder.training.measure --data DIR MODEL...
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.encoder.training.questions import WINDOW

Matrix = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Matrix]

PAIRS = (("en", "fr"), ("fr", "en"), ("fr", "fr"), ("en", "en"))  # question, archive


@dataclass(frozen=True, slots=True)
class Piece:
    """A window of an article: what is read, and the article it is from."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of questions whose answer, or article, came first or among the first five."""

    first: float
    five: float
    article: float

    def __str__(self) -> str:
        return f"{self.first:.3f} {self.five:.3f} {self.article:.3f}"


def read_lines(path: Path) -> list[str]:
    """The lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def read_articles(data: Path, language: str) -> list[tuple[str, str, list[str]]]:
    """The id, title and sentences of each NTREX article; it is for measuring only."""
    lines = read_lines(data / "ntrex" / f"articles.{language}.jsonl")
    entries = [json.loads(line) for line in lines]
    return [(entry["id"], entry["title"], entry["text"].split("\n")) for entry in entries]


def cut_articles(data: Path, language: str) -> list[Piece]:
    """Windows of at most three sentences, the title in front."""
    return [
        Piece(identity, f"{title}\n{' '.join(sentences[start : start + WINDOW])}")
        for identity, title, sentences in read_articles(data, language)
        for start in range(0, len(sentences), WINDOW)
    ]


def translations_found(encode: Encode, sources: Sequence[str], targets: Sequence[str]) -> float:
    """The share of sentences whose nearest among the others' translations is their own."""
    nearest = (encode(sources) @ encode(targets).T).argmax(axis=1)
    return float((nearest == np.arange(len(sources))).mean())


def answers_found(encode: Encode, data: Path, asked_in: str, archive: str) -> Found:
    """How often an answerable development question finds its answer by meaning alone."""
    lines = read_lines(data / "dev" / f"eval.{asked_in}-{archive}.jsonl")
    questions = [entry for line in lines if (entry := json.loads(line))["article"]]
    pieces = cut_articles(data, archive)
    likeness = (
        encode([entry["question"] for entry in questions])
        @ encode([piece.text for piece in pieces]).T
    )
    hits = [
        find_answer(entry, [pieces[place] for place in np.argsort(-row)[:5]])
        for entry, row in zip(questions, likeness, strict=True)
    ]
    return Found(*(float(share) for share in np.mean(hits, axis=0)))


def find_answer(entry: Mapping[str, Any], pieces: Sequence[Piece]) -> tuple[bool, bool, bool]:
    """Whether the first piece holds the evidence, any does, the article is right."""
    folded = [" ".join(sentence.split()) for sentence in entry["evidence"]]
    holds = [any(part in " ".join(piece.text.split()) for part in folded) for piece in pieces]
    return holds[0], any(holds), pieces[0].article == entry["article"]


def measure(encode: Encode, data: Path) -> dict[str, str]:
    """Every score of an encoder, by name."""
    english, french = (
        [
            part
            for _, title, sentences in read_articles(data, language)
            for part in (title, *sentences)
        ]
        for language in ("en", "fr")
    )
    tatoeba = [read_lines(data / "dev" / f"tatoeba.fra-eng.{side}") for side in ("eng", "fra")]
    scores = {
        "NTREX en→fr": f"{translations_found(encode, english, french):.3f}",
        "NTREX fr→en": f"{translations_found(encode, french, english):.3f}",
        "Tatoeba en→fr": f"{translations_found(encode, *tatoeba):.3f}",
        "Tatoeba fr→en": f"{translations_found(encode, *reversed(tatoeba)):.3f}",
    }
    found = {f"{a}→{b}": str(answers_found(encode, data, a, b)) for a, b in PAIRS}
    return scores | found


def open_model(path: str) -> Encode:
    """An encoder from a folder."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(path)

    def encode(texts: Sequence[str]) -> Matrix:
        vectors: Matrix = model.encode(list(texts), batch_size=32, normalize_embeddings=True)
        return vectors

    return encode


def main() -> None:
    """Print the scores of each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("models", nargs="+")
    arguments = parser.parse_args()
    for path in arguments.models:
        print(path)
        for name, score in measure(open_model(path), arguments.data).items():
            print(f"  {name:14} {score}")


if __name__ == "__main__":
    main()
