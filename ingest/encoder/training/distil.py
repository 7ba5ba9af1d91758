"""Distillation: the French sentence learns to stand where the English model puts its translation.

The method is Reimers and Gurevych, EMNLP 2020.
"""

import logging
import random
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.encoder.cores import one_thread_a_core
from ingest.encoder.training.optimizer import make_mover
from ingest.encoder.training.plan import Plan
from ingest.encoder.training.student import Student
from ingest.encoder.training.teacher import Vectors

if TYPE_CHECKING:
    import torch

log = logging.getLogger(__name__)

RATE = 2e-4
SCALE = 25.0  # of the contrast between a text's target and the others in its batch
CLOSE = 4.0  # weight of the distance to the target beside the contrast
SORTED = 32  # batches sorted by length together
PORTION = 64  # texts that a core reads at once
SAVED = 150  # steps between two checkpoints


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts that were read, and where each should stand."""

    texts: Sequence[Sequence[int]]
    targets: Vectors

    def goal(self, batch: Sequence[int]) -> "torch.Tensor":
        """Where the texts of a batch should stand."""
        import torch

        targets = torch.from_numpy(self.targets[batch].astype(np.float32))
        return torch.nn.functional.normalize(targets, dim=-1)


def make_batches(lesson: Lesson, size: int, chance: random.Random) -> list[list[int]]:
    """Every text once, in batches of like length, in a random order."""
    order = list(range(len(lesson.texts)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), size * SORTED):
        part = sorted(order[start : start + size * SORTED], key=lambda n: len(lesson.texts[n]))
        batches += [part[place : place + size] for place in range(0, len(part), size)]
    chance.shuffle(batches)
    return batches


def plan_steps(lessons: Sequence[Lesson], plan: Plan) -> list[tuple[Lesson, list[int]]]:
    """All batches of the training, those of every lesson spread among the others'."""
    chance = random.Random(7)
    steps: list[tuple[Lesson, list[int]]] = []
    for _ in range(plan.rounds):
        found = [(one, batch) for one in lessons for batch in make_batches(one, plan.batch, chance)]
        chance.shuffle(found)
        steps += found
    return steps[: plan.most_batches]


def distil_loss(vectors: "torch.Tensor", goal: "torch.Tensor", start: int) -> "torch.Tensor":
    """How far texts are from their goals, the first of them at `start`, and from others' goals."""
    import torch

    own = torch.arange(start, start + len(vectors), device=vectors.device)
    away = 1 - (vectors * goal[own]).sum(-1).mean()
    return torch.nn.functional.cross_entropy(SCALE * vectors @ goal.T, own) + CLOSE * away


def learn_batch(student: Student, lesson: Lesson, batch: Sequence[int], pool: Executor) -> float:
    """Leave the gradients of a batch in the student, read in portions; the loss."""
    goal = lesson.goal(batch).to(student.device)

    def learn_portion(start: int) -> float:
        part = [lesson.texts[number] for number in batch[start : start + PORTION]]
        loss = distil_loss(student.vectors(part), goal, start) * len(part) / len(batch)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return loss.item()

    return sum(pool.map(learn_portion, range(0, len(batch), PORTION)))


def distil(student: Student, lessons: Sequence[Lesson], plan: Plan, checkpoint: Path) -> None:
    """Teach the student every batch, going on from the checkpoint if there is one."""
    steps = plan_steps(lessons, plan)
    mover = make_mover(student, RATE, len(steps))
    first = mover.take_up(checkpoint)
    begun = time.monotonic()
    with one_thread_a_core(student.device) as pool:
        for done, (lesson, batch) in enumerate(steps[first:], start=first + 1):
            loss = learn_batch(student, lesson, batch, pool)
            mover.move()
            if done % 25 == 0:
                left = (time.monotonic() - begun) / (done - first) * (len(steps) - done)
                log.info("distil: %d of %d, loss %.3f, %d s left", done, len(steps), loss, left)
            if done % SAVED == 0 or done == len(steps):
                mover.save(checkpoint, done)
