"""The training of the reader: judge passages and find the answers' words."""

import copy
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.reader.training.examples import Example
from assistant.reader.training.plan import Plan
from ingest.encoder import fastest
from ingest.encoder.cores import one_thread_a_core
from ingest.encoder.training.optimizer import rise_and_fall

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerBase

    from assistant.reader.network import ReaderNetwork

log = logging.getLogger(__name__)

LONGEST = 192  # tokens of question and passage
BODY_RATE = 9e-5
HEADS_RATE = 1e-3
EDGES = 0.5  # weight of the answer's start and end beside the judgement
SORTED = 40  # batches sorted by length together
SAVED = 200


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs as tokens: ids, mask, segments; whether they answer; start and end tokens."""

    ids: "torch.Tensor"
    mask: "torch.Tensor"
    segments: "torch.Tensor"
    answers: "torch.Tensor"
    starts: "torch.Tensor"
    ends: "torch.Tensor"


def make_lesson(examples: Sequence[Example], tokenizer: "PreTrainedTokenizerBase") -> Lesson:
    """Tokenise examples; an answer beyond the last token read is none."""
    import torch

    read = tokenizer(
        [one.question for one in examples],
        [f"{one.title}\n{one.passage}" if one.title else one.passage for one in examples],
        truncation="only_second", max_length=LONGEST, padding=True,
        return_tensors="pt", return_offsets_mapping=True,
    )  # fmt: skip
    edges = [
        _edges(one, offsets, segments)
        for one, offsets, segments in zip(
            examples, read["offset_mapping"].tolist(), read["token_type_ids"].tolist(), strict=True
        )
    ]
    starts, ends = (torch.tensor(side) for side in zip(*edges, strict=True))
    return Lesson(
        read["input_ids"], read["attention_mask"], read["token_type_ids"],
        (starts > 0).float(), starts, ends,
    )  # fmt: skip


def _edges(
    example: Example, offsets: Sequence[Sequence[int]], segments: Sequence[int]
) -> tuple[int, int]:
    """The first and the last token of the answer, or of "no answer"."""
    if example.answer is None:
        return 0, 0
    before = len(example.title) + 1 if example.title else 0
    start, end = (place + before for place in example.answer)
    within = [
        token
        for token, ((first, last), segment) in enumerate(zip(offsets, segments, strict=True))
        if segment and last > start and first < end and last > first
    ]
    return (within[0], within[-1]) if within else (0, 0)


def loss_of(network: "ReaderNetwork", lesson: Lesson) -> "torch.Tensor":
    """How far the judgement and the edges are from the truth."""
    from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

    answers, edges = network(lesson.ids, lesson.mask, lesson.segments)
    judged = binary_cross_entropy_with_logits(answers, lesson.answers)
    first = cross_entropy(edges[..., 0], lesson.starts)
    last = cross_entropy(edges[..., 1], lesson.ends)
    return judged + EDGES * (first + last) / 2


def plan_batches(
    examples: Sequence[Example], plan: Plan, chance: random.Random
) -> list[list[Example]]:
    """Every example once, in batches of like length, in a random order."""
    order = list(examples)
    chance.shuffle(order)
    batches: list[list[Example]] = []
    for start in range(0, len(order), plan.batch * SORTED):
        part = sorted(order[start : start + plan.batch * SORTED], key=lambda one: one.length)
        some = [part[place : place + plan.batch] for place in range(0, len(part), plan.batch)]
        chance.shuffle(some)
        batches += some
    return batches


def plan_rounds(examples: Sequence[Example], plan: Plan) -> list[list[Example]]:
    """The batches of all rounds, as many as the plan has time for."""
    chance = random.Random(plan.seed)
    rounds = [plan_batches(examples, plan, chance) for _ in range(plan.rounds)]
    return [batch for one in rounds for batch in one][: plan.most_batches]


def learn(
    network: "ReaderNetwork",
    tokenizer: "PreTrainedTokenizerBase",
    examples: Sequence[Example],
    plan: Plan,
    checkpoint: Path,
) -> None:
    """Teach the network every batch, going on from the checkpoint if there is one."""
    import torch

    batches = plan_rounds(examples, plan)
    optimizer, schedule = make_mover(network, len(batches))
    first = take_up(checkpoint, network, optimizer, schedule)
    kind = torch.float32 if fastest()[1] == "float32" else torch.bfloat16
    short = copy.deepcopy(network).to(kind)
    begun = time.monotonic()
    with one_thread_a_core(plan.device) as pool:
        for done, batch in enumerate(batches[first:], start=first + 1):
            halves = [half for half in (batch[::2], batch[1::2]) if half]
            part = partial(learn_part, short, tokenizer, plan.device, 1 / len(halves))
            loss = sum(pool.map(part, halves))
            take_over(network, short)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            hand_back(network, short)
            if done % 25 == 0:
                left = (time.monotonic() - begun) / (done - first) * (len(batches) - done)
                log.info("reader: %d of %d, loss %.3f, %d s left", done, len(batches), loss, left)
            if done % SAVED == 0 or done == len(batches):
                save(checkpoint, done, network, optimizer, schedule)


def take_over(network: "ReaderNetwork", short: "ReaderNetwork") -> None:
    """Give the network the gradient that its copy in short numbers has found.

    Small steps would be lost in short numbers (Micikevicius et al., ICLR 2018).
    """
    for exact, rough in zip(network.parameters(), short.parameters(), strict=True):
        exact.grad = None if rough.grad is None else rough.grad.to(exact.dtype)
        rough.grad = None


def hand_back(network: "ReaderNetwork", short: "ReaderNetwork") -> None:
    """Give the copy in short numbers what the network has become."""
    for exact, rough in zip(network.parameters(), short.parameters(), strict=True):
        rough.data.copy_(exact.data)


def learn_part(
    network: "ReaderNetwork",
    tokenizer: "PreTrainedTokenizerBase",
    device: str,
    share: float,
    examples: Sequence[Example],
) -> float:
    """Add the gradient of a share of a batch; the loss that it adds."""
    lesson = _on(device, make_lesson(examples, tokenizer))
    loss = loss_of(network, lesson) * share
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return loss.item()


def make_mover(
    network: "ReaderNetwork", steps: int
) -> "tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]":
    """AdamW with a slow body and fast heads, their rates rising and then falling to nothing."""
    import torch

    body = [part for part in network.body.parameters() if part.requires_grad]
    heads = [*network.judgement.parameters(), *network.edges.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": BODY_RATE}, {"params": heads, "lr": HEADS_RATE}], weight_decay=0.01
    )
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rise_and_fall(steps))


def save(
    path: Path,
    done: int,
    network: "ReaderNetwork",
    *movers: "torch.optim.Optimizer | torch.optim.lr_scheduler.LRScheduler",
) -> None:
    """Write all that the training needs to go on; what carries the name is whole."""
    import torch

    draft = path.with_suffix(".draft")
    states = [part.state_dict() for part in (network, *movers)]
    torch.save({"done": done, "states": states}, draft)
    draft.replace(path)


def take_up(
    path: Path,
    network: "ReaderNetwork",
    *movers: "torch.optim.Optimizer | torch.optim.lr_scheduler.LRScheduler",
) -> int:
    """Go back to what was saved, if anything was; the batches that had been learnt."""
    import torch

    if not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    for part, state in zip((network, *movers), saved["states"], strict=True):
        part.load_state_dict(state)
    done: int = saved["done"]
    return done


def _on(device: str, lesson: Lesson) -> Lesson:
    return Lesson(*(getattr(lesson, name).to(device) for name in Lesson.__slots__))
