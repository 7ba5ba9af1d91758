"""What is measured with: real articles to ingest, and generated ones where many are needed."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.articles import Article
from ingest.encoder import Vectors
from ingest.passages import cut_passages, passage_for_search
from ingest.readers import read_file
from ingest.sentences import split_sentences
from ingest.versions import Prepared
from tests.conftest import SHARED

_DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
_TOPICS = 300  # around which generated vectors lie: news is no even cloud
_SPREAD = 0.9  # length of the noise added to a topic's vector of length 1
_SENTENCES = 22  # of a generated article: 20 passages

QUESTIONS = (
    "What factors will the supreme military commission examine?",
    "Quels facteurs la commission militaire suprême va-t-elle examiner ?",
    "Who asked for two more crews at the harbour?",
    "Combien de manifestants ont défilé devant la préfecture ?",
    "When does the new tram line open?",
    "Que reproche l'opposition au ministre de la santé ?",
    "How many tonnes of waste leaked into the river?",
    "Pourquoi les négociations ont-elles été suspendues en janvier ?",
)


def article_files() -> list[Path]:
    """Real news where the evaluation data is at hand, the demonstration archive elsewhere."""
    news = [SHARED / "data" / "ntrex" / f"articles.{language}.jsonl" for language in ("en", "fr")]
    if all(file.is_file() for file in news):
        return news
    return sorted(_DEMONSTRATION.glob("*.jsonl"))


def articles(count: int) -> list[Article]:
    """At most so many articles, as many of each file as of any other."""
    files = article_files()
    share = -(-count // len(files))
    read = (islice(read_file(file, ""), share) for file in files)
    return [one for items in read for one in items if isinstance(one, Article)][:count]


def texts(count: int) -> list[str]:
    """What is encoded of each passage of some articles."""
    return [
        passage_for_search(article, passage)
        for article in articles(count)
        for passage in cut_passages(article.text)
    ]


def write_articles(path: Path, count: int) -> Path:
    """A file of articles to ingest."""
    fields = ("id", "title", "text", "language")
    lines = [json.dumps({name: getattr(one, name) for name in fields}) for one in articles(count)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def generated(passages: int, dimension: int) -> Iterator[Prepared]:
    """Articles with generated vectors, half French, half English, and no two of them alike.

    Sentences are real ones with their words shuffled: they share words as news does, and no runs.
    """
    real = articles(10**6)
    dice, noise = random.Random(1), np.random.default_rng(1)
    topics = _unit(noise.normal(size=(_TOPICS, dimension)))
    spoken = {language: _sentences(real, language) for language in ("en", "fr")}
    number = made = 0
    while made < passages:
        language = ("en", "fr")[number % 2]
        chosen = dice.choices(spoken[language], k=_SENTENCES)
        text = " ".join(_shuffled(sentence, dice) for sentence in chosen)
        cut = cut_passages(text)[: passages - made]
        article = Article(f"generated-{number}", text, text[:60], language=language)
        yield Prepared(article, tuple(cut), tuple(vectors_near(topics, len(cut), noise)))
        made, number = made + len(cut), number + 1


def _shuffled(sentence: str, dice: random.Random) -> str:
    words = re.findall(r"[\w’'-]+", sentence)
    return " ".join(dice.sample(words, len(words))).capitalize() + "."


def vectors_near(topics: NDArray[np.float64], count: int, noise: np.random.Generator) -> Vectors:
    """Vectors of length 1, each in the neighbourhood of a topic."""
    chosen = topics[noise.integers(0, len(topics), count)]
    around = _unit(noise.normal(size=chosen.shape)) * _SPREAD
    return _unit(chosen + around).astype(np.float16)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    unit: NDArray[np.float64] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _sentences(real: Sequence[Article], language: str) -> list[str]:
    usual = [article.text for article in real if article.language == language]
    return [text[start:end] for text in usual for start, end in split_sentences(text)]
