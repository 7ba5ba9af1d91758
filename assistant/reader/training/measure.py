"""What a reader scores on questions that it was not trained on.

python -m assistant.reader.training.measure --data DIR [--reader DIR] [--questions N]
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.marking import normalise
from assistant.evaluation.scores import area_under_curve
from assistant.reader import BOX, Page, Reader
from assistant.reader.box import open_box
from assistant.reader.training.examples import WINDOW
from assistant.reader.training.paragraphs import Asked, Paragraph, halve, read_piaf, read_squad
from assistant.reader.training.written import KEPT, read_written

SEED = 5


@dataclass(frozen=True, slots=True)
class Scored:
    """The surest window of a paragraph: its logit, and how well its words match the answer."""

    logit: float
    exact: float
    overlap: float  # F1 over tokens, as SQuAD's own script computes it


def score(reader: Reader, paragraph: Paragraph, asked: Asked) -> Scored:
    """Read the windows of a paragraph for one of its questions."""
    pages = [Page(paragraph.title, text) for text in windows(paragraph)]
    readings = reader.read(asked.question, pages)
    page, best = max(zip(pages, readings, strict=True), key=lambda pair: pair[1].logit)
    words = page.text[slice(*best.words)] if best.words else ""
    return Scored(
        best.logit,
        max((same(words, answer) for answer in asked.answers), default=0.0),
        max((token_f1(words, answer) for answer in asked.answers), default=0.0),
    )


def windows(paragraph: Paragraph) -> list[str]:
    """Windows that overlap by one sentence."""
    last = max(1, len(paragraph.sentences) - 1)
    return [
        " ".join(paragraph.sentences[start : start + WINDOW])
        for start in range(0, last, WINDOW - 1)
    ]


def same(words: str, answer: str) -> float:
    """Whether two answers are the same, articles and punctuation aside."""
    return float(normalise(words) == normalise(answer))


def token_f1(words: str, answer: str) -> float:
    """How far two answers share their words (Rajpurkar et al., EMNLP 2016)."""
    given, wanted = Counter(normalise(words).split()), Counter(normalise(answer).split())
    shared = (given & wanted).total()
    return 2 * shared / (given.total() + wanted.total()) if shared else 0.0


def measure(reader: Reader, paragraphs: Sequence[Paragraph], count: int) -> dict[str, float]:
    """Scores over some of the questions of paragraphs, always the same."""
    every = [(one, asked) for one in paragraphs for asked in one.asked]
    chosen = random.Random(SEED).sample(every, min(count, len(every)))
    scored = [(asked, score(reader, one, asked)) for one, asked in chosen]
    answered = [one for asked, one in scored if asked.answer]
    unanswered = [one.logit for asked, one in scored if not asked.answer]
    scores = {
        "questions": len(scored),
        "exact": sum(one.exact for one in answered) / len(answered),
        "f1": sum(one.overlap for one in answered) / len(answered),
    }
    area = area_under_curve([one.logit for one in answered], unanswered)
    return scores | ({"area": area} if area is not None else {})


def written_news(language: str) -> list[Paragraph]:
    """The invented news that no reader was taught, with what was asked of it in a language."""
    return [
        Paragraph(
            one.passage.title, language, (one.passage.text,),
            (Asked(one.text, (one.answer,) if one.answer else ()),),
        )
        for one in read_written(KEPT, {})
        if one.language == language
    ]  # fmt: skip


def main() -> None:
    """Print the scores of a reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", type=Path, default=BOX)
    parser.add_argument("--questions", type=int, default=1000)
    arguments = parser.parse_args()
    reader = open_box("balanced", arguments.reader)
    _, kept = halve(list(read_squad(arguments.data / "dev" / "squad-dev-v2.0.jsonl.gz")))
    french = list(read_piaf(arguments.data / "dev" / "piaf-dev.json.gz"))
    for name, paragraphs in (
        ("SQuAD 2.0, kept half", kept),
        ("PIAF", french),
        ("written news, English questions", written_news("en")),
        ("written news, French questions", written_news("fr")),
    ):
        scores = measure(reader, paragraphs, arguments.questions)
        print(name, " ".join(f"{key} {value:.3f}" for key, value in scores.items()))


if __name__ == "__main__":
    main()
