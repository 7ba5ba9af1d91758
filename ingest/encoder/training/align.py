"""Sentences find their translation among look-alikes, while questions go on finding answers."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.encoder.cores import one_thread_a_core
from ingest.encoder.training.contrast import Library, ask_portion, learn_questions
from ingest.encoder.training.distil import distil_loss
from ingest.encoder.training.optimizer import make_mover
from ingest.encoder.training.plan import Plan
from ingest.encoder.training.student import Student
from ingest.encoder.training.texts import Pair, read_pairs

if TYPE_CHECKING:
    import torch

log = logging.getLogger(__name__)

RATE = 1.5e-4
SCALE = 30.0
PAIRS = 60_000  # short sentences of Tatoeba among which look-alikes are found
FEWEST_WORDS, MOST_WORDS = 3, 23
PORTION = 192  # pairs that are told apart
ALIKE = 8  # of them look alike: one and seven of its nearest
NEAR = 24  # nearest that look-alikes are chosen from
SAME = 0.9  # cosine from which two English sentences may share a translation
STAY = 2.0  # weight of the distance to where the English side stood before
KEPT = 24  # parliament's sentences beside a portion's questions
SAVED = 100


@dataclass(frozen=True, slots=True)
class Phrases:
    """Pairs of sentences with where the English ones stood, of shape (pairs, dimension)."""

    pairs: Sequence[Pair]
    stood: "torch.Tensor"


def choose_phrases(path: Path, source: str, count: int, chance: random.Random) -> list[Pair]:
    """Some pairs of one source, neither curt nor long."""
    pairs = [
        pair
        for name, pair in read_pairs(path)
        if name == source and FEWEST_WORDS <= len(pair.english.split()) <= MOST_WORDS
    ]
    return chance.sample(pairs, min(count, len(pairs)))


def look_alikes(phrases: Phrases, chance: random.Random) -> Iterator[Phrases]:
    """Portions without end, each of groups that look alike in English."""
    import torch

    while True:
        seeds = torch.tensor(chance.sample(range(len(phrases.pairs)), PORTION // ALIKE))
        nearest = (phrases.stood[seeds] @ phrases.stood.T).topk(2 * NEAR, dim=1)
        chosen = seeds.tolist()
        for cosines, places in zip(nearest.values.tolist(), nearest.indices.tolist(), strict=True):
            others = [place for cosine, place in zip(cosines, places, strict=True) if cosine < SAME]
            chosen += chance.sample(others[:NEAR], min(ALIKE - 1, len(others[:NEAR])))
        portion = list(dict.fromkeys(chosen))
        yield Phrases([phrases.pairs[place] for place in portion], phrases.stood[portion])


def learn_phrases(student: Student, phrases: Phrases) -> float:
    """Leave the gradients of a portion in the student; the loss of its translations."""
    import torch

    stood = phrases.stood.to(student.device)
    english = student.vectors(student.read([pair.english for pair in phrases.pairs]))
    french = student.vectors(student.read([pair.french for pair in phrases.pairs]))
    own = torch.arange(len(stood), device=student.device)
    shared = (stood @ stood.T > SAME) & ~torch.eye(len(stood), dtype=torch.bool).to(own.device)
    likeness = (SCALE * english @ french.T).masked_fill(shared, -1e4)
    entropy = torch.nn.functional.cross_entropy
    found = (entropy(likeness, own) + entropy(likeness.T, own)) / 2
    moved = 2 - (english * stood).sum(-1).mean() - (french * stood).sum(-1).mean()
    loss = found + STAY * moved
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return found.item()


def learn_kept(student: Student, phrases: Phrases) -> None:
    """Leave the gradients of sentences in the student that are to stand where they stood."""
    stood = phrases.stood.to(student.device)
    french = student.vectors(student.read([pair.french for pair in phrases.pairs]))
    english = student.vectors(student.read([pair.english for pair in phrases.pairs]))
    moved = 4 * (1 - (english * stood).sum(-1).mean())
    loss = 0.5 * (distil_loss(french, stood, 0) + moved)
    loss.backward()  # type: ignore[no-untyped-call]


def stand(student: Student, pairs: Sequence[Pair]) -> Phrases:
    """Pairs with where the student puts their English side."""
    import torch

    texts = student.read([pair.english for pair in pairs])
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    portions = [order[start : start + PORTION] for start in range(0, len(order), PORTION)]
    stood = torch.empty(len(texts), student.model.config.hidden_size)

    def encode(portion: Sequence[int]) -> None:
        with torch.inference_mode():
            stood[portion] = student.vectors([texts[place] for place in portion]).cpu()

    with one_thread_a_core(student.device) as pool:
        list(pool.map(encode, portions))
    return Phrases(pairs, stood)


def align(student: Student, library: Library, data: Path, plan: Plan, checkpoint: Path) -> None:
    """Teach translations and questions together, going on from the checkpoint if there is one."""
    chance = random.Random(29)
    path = data / "train" / "parallel.en-fr.tsv.xz"
    phrases = stand(student, choose_phrases(path, "tatoeba", PAIRS, chance))
    speeches = stand(student, choose_phrases(path, "europarl", PAIRS, chance))
    portions = look_alikes(phrases, chance)
    mover = make_mover(student, RATE, plan.align_steps)
    first = mover.take_up(checkpoint)
    begun = time.monotonic()
    with one_thread_a_core(student.device) as pool:
        for done in range(first + 1, plan.align_steps + 1):
            kept = chance.sample(range(len(speeches.pairs)), KEPT)
            speech = Phrases([speeches.pairs[place] for place in kept], speeches.stood[kept])
            asked = ask_portion(library, chance)
            work: list[Callable[[], object]] = [
                lambda: learn_phrases(student, next(portions)),
                lambda: learn_questions(student, asked),  # noqa: B023  # within the step
                lambda: learn_kept(student, speech),  # noqa: B023
            ]
            list(pool.map(lambda part: part(), work))
            mover.move()
            if done % 20 == 0:
                left = (time.monotonic() - begun) / (done - first) * (plan.align_steps - done)
                log.info("align: %d of %d, %d s left", done, plan.align_steps, left)
            if done % SAVED == 0 or done == plan.align_steps:
                mover.save(checkpoint, done)
