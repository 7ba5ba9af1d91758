"""Questions learn to find the sentences that answer them, among those of the same article."""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from ingest.encoder.cores import one_thread_a_core
from ingest.encoder.training.distil import Lesson, distil_loss, make_batches
from ingest.encoder.training.optimizer import make_mover
from ingest.encoder.training.plan import Plan
from ingest.encoder.training.questions import WINDOW, Paragraph, window
from ingest.encoder.training.student import Student

log = logging.getLogger(__name__)

RATE = 1e-4
SCALE = 20.0
TITLED = 0.75  # share of the windows with the title in front
GLOSSED = 0.5  # share of the questions asked in the other language, where there is a gloss
ENGLISH_ARTICLES, ENGLISH_PARAGRAPHS = 3, 8  # of SQuAD in a portion
FRENCH_ARTICLES, FRENCH_PARAGRAPHS = 5, 3  # of PIAF, which has about three to an article
PORTIONS = 2  # a batch: each with its own questions, windows and sentences to keep
KEPT = 64  # texts of the distillation beside a portion's questions
FRENCH_KEPT = 0.75
SAVED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions, each with the window that answers it; the others' windows do not."""

    questions: list[str]
    windows: list[str]


@dataclass(frozen=True, slots=True)
class Library:
    """Paragraphs by article in each language, and the questions' glosses."""

    english: list[list[Paragraph]]
    french: list[list[Paragraph]]
    glosses: Mapping[str, str]


def make_library(
    english: Sequence[Paragraph], french: Sequence[Paragraph], glosses: Mapping[str, str]
) -> Library:
    """Sort paragraphs that have questions by article."""
    return Library(by_article(english), by_article(french), glosses)


def by_article(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """The paragraphs of each article that have questions."""
    articles: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        if paragraph.questions:
            articles[paragraph.title].append(paragraph)
    return list(articles.values())


def ask_portion(library: Library, chance: random.Random) -> Asked:
    """A question from each of several paragraphs of a few articles of both languages."""
    chosen = [
        paragraph
        for articles, count, most in (
            (library.english, ENGLISH_ARTICLES, ENGLISH_PARAGRAPHS),
            (library.french, FRENCH_ARTICLES, FRENCH_PARAGRAPHS),
        )
        for article in chance.sample(articles, count)
        for paragraph in chance.sample(article, min(most, len(article)))
    ]
    asked = [ask(paragraph, library.glosses, chance) for paragraph in chosen]
    return Asked([question for question, _ in asked], [found for _, found in asked])


def ask(paragraph: Paragraph, glosses: Mapping[str, str], chance: random.Random) -> tuple[str, str]:
    """A question of a paragraph, perhaps in the other language, and a window with its answer."""
    question, place = chance.choice(paragraph.questions)
    start = min(place - chance.randrange(WINDOW), len(paragraph.sentences) - WINDOW)
    found = window(paragraph, start, titled=chance.random() < TITLED)
    other = glosses.get(question) if chance.random() < GLOSSED else None
    return other or question, found


def learn_portion(student: Student, asked: Asked, kept: tuple[Lesson, list[int]]) -> float:
    """Leave the gradients of a portion in the student; the loss of its questions."""
    found = learn_questions(student, asked)
    lesson, batch = kept
    vectors = student.vectors([lesson.texts[number] for number in batch])
    stay = distil_loss(vectors, lesson.goal(batch).to(student.device), 0)
    stay.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return found


def learn_questions(student: Student, asked: Asked) -> float:
    """Leave the gradients of questions and their windows in the student; their loss."""
    import torch

    questions = student.vectors(student.read(asked.questions))
    windows = student.vectors(student.read(asked.windows))
    likeness = SCALE * questions @ windows.T
    own = torch.arange(len(likeness), device=likeness.device)
    entropy = torch.nn.functional.cross_entropy
    found = (entropy(likeness, own) + entropy(likeness.T, own)) / 2
    found.backward()  # type: ignore[no-untyped-call]
    return found.item()


def keep_batches(
    french: Lesson, english: Lesson, chance: random.Random
) -> Iterator[tuple[Lesson, list[int]]]:
    """Batches of the distillation without end, mostly French."""
    batches: dict[int, Iterator[list[int]]] = {id(one): iter(()) for one in (french, english)}
    while True:
        lesson = french if chance.random() < FRENCH_KEPT else english
        batch = next(batches[id(lesson)], None)
        if batch is None:
            batches[id(lesson)] = iter(make_batches(lesson, KEPT, chance))
        else:
            yield lesson, batch


def learn_batch(
    student: Student, work: Sequence[tuple[Asked, tuple[Lesson, list[int]]]], pool: Executor
) -> float:
    """Leave the gradients of a batch in the student; the mean loss of its questions."""
    losses = pool.map(lambda portion: learn_portion(student, *portion), work)
    return sum(losses) / len(work)


def contrast(
    student: Student,
    library: Library,
    lessons: tuple[Lesson, Lesson],
    plan: Plan,
    checkpoint: Path,
) -> None:
    """Teach the student to find answers, going on from the checkpoint if there is one."""
    chance = random.Random(13)
    keep = keep_batches(*lessons, chance)
    mover = make_mover(student, RATE, plan.contrast_steps)
    first = mover.take_up(checkpoint)
    begun = time.monotonic()
    with one_thread_a_core(student.device) as pool:
        for done in range(first + 1, plan.contrast_steps + 1):
            work = [(ask_portion(library, chance), next(keep)) for _ in range(PORTIONS)]
            loss = learn_batch(student, work, pool)
            mover.move()
            if done % 20 == 0:
                left = (time.monotonic() - begun) / (done - first) * (plan.contrast_steps - done)
                log.info("contrast: %d, loss %.3f, %d s left", done, loss, left)
            if done % SAVED == 0 or done == plan.contrast_steps:
                mover.save(checkpoint, done)
