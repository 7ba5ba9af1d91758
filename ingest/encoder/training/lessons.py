"""What the student is taught, each text with the English model's vector of its English."""

import gzip
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.encoder.training.glosses import gloss_questions
from ingest.encoder.training.plan import Plan
from ingest.encoder.training.questions import WINDOW, Paragraph, read_squad, window
from ingest.encoder.training.teacher import Vectors, teach
from ingest.encoder.training.texts import Pair, choose_pairs

SEED = 20261123
QUESTIONS_SEED = 11  # its own: glosses are kept in a file, whatever else is chosen anew


@dataclass(frozen=True, slots=True)
class Material:
    """Parallel texts and English ones, with the vectors that are their goal."""

    pairs: list[Pair]
    pair_vectors: Vectors
    english: list[str]
    english_vectors: Vectors


def gather(data: Path, plan: Plan, out: Path) -> Material:
    """Choose the texts and ask the English model for their vectors."""
    chance = random.Random(SEED)
    pairs = choose_pairs(data / "train" / "parallel.en-fr.tsv.xz", plan, chance)
    chance.shuffle(pairs)
    paragraphs = list(read_squad(data / "train" / "squad-train-v1.1.jsonl.gz"))
    questions = choose_questions(paragraphs, plan.glossed)
    words = choose_words(data / "train" / "words.en-fr.tsv.gz", plan.words, chance)
    texts = questions[: plan.english // 3] + choose_windows(paragraphs, plan.english // 3, chance)
    cache = out / "teacher"
    pair_vectors, word_vectors, question_vectors, text_vectors = (
        teach(part, cache, plan.device)
        for part in ([p.english for p in pairs], [w.english for w in words], questions, texts)
    )
    glosses = gloss_questions(questions, out / "questions.fr.json")
    glossed = [Pair(question, glosses[question]) for question in questions if question in glosses]
    kept = [number for number, question in enumerate(questions) if question in glosses]
    plain = plan.english // 3
    return Material(
        pairs + words + glossed,
        np.concatenate([pair_vectors, word_vectors, question_vectors[kept]]),
        texts + [pair.english for pair in pairs[:plain]],
        np.concatenate([text_vectors, pair_vectors[:plain]]),
    )


def choose_questions(paragraphs: Sequence[Paragraph], count: int) -> list[str]:
    """English questions that are to be glossed, always the same."""
    asked = sorted({question for paragraph in paragraphs for question, _ in paragraph.questions})
    return random.Random(QUESTIONS_SEED).sample(asked, min(count, len(asked)))


def choose_words(path: Path, count: int, chance: random.Random) -> list[Pair]:
    """Pairs of a dictionary."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        entries = [line.strip().split("\t") for line in lines]
    pairs = [Pair(entry[0].strip(), entry[1].strip()) for entry in entries if len(entry) == 2]
    return chance.sample(pairs, min(count, len(pairs)))


def choose_windows(paragraphs: Sequence[Paragraph], count: int, chance: random.Random) -> list[str]:
    """Passages as the archive will hold them, half of them with a title in front."""
    chosen = chance.choices(paragraphs, k=count)
    return [
        window(one, chance.randrange(max(1, len(one.sentences) - WINDOW + 1)), titled=n % 2 == 0)
        for n, one in enumerate(chosen)
    ]
