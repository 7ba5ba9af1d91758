"""A bilingual table of word vectors, learnt from parallel sentences: a dictionary for new rows."""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingest.encoder.training.teacher import DIMENSIONS, Vectors
from ingest.encoder.training.texts import Pair

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)

VOCABULARY = 48_000
UNKNOWN = "[UNK]"
RATE = 0.02
SCALE = 20.0  # of the contrast between a sentence and the others in its batch
BATCH = 2048
EPOCHS = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The tokens of both languages and a vector for each, of length one."""

    tokens: dict[str, int]
    vectors: npt.NDArray[np.float32]


def train_wordpiece(texts: Iterable[str], size: int) -> "Tokenizer":
    """A WordPiece tokenizer with the English model's normaliser: lower case, no accents."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, special_tokens=[UNKNOWN], show_progress=False, limit_alphabet=400
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def train_table(pairs: Sequence[Pair], targets: Vectors) -> Table:
    """Learn token vectors whose mean is the English model's vector, in either language."""
    import torch

    sides = [pair.english for pair in pairs], [pair.french for pair in pairs]
    tokenizer = train_wordpiece((text for side in sides for text in side), VOCABULARY)
    english, french = ([read.ids for read in tokenizer.encode_batch(side)] for side in sides)
    table = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), DIMENSIONS, mode="mean")
    torch.nn.init.normal_(table.weight, std=0.05)
    steps = EPOCHS * (len(pairs) // BATCH)
    optimizer = torch.optim.Adam(table.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.01, steps)
    order, begun = np.random.default_rng(1), time.monotonic()
    for step in range(steps):
        chosen = order.choice(len(pairs), BATCH, replace=False)
        target = torch.from_numpy(targets[chosen].astype(np.float32))
        loss = table_loss(
            read_bags(table, english, chosen), read_bags(table, french, chosen), target
        )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            left = (time.monotonic() - begun) / (step + 1) * (steps - step - 1)
            log.info("table: step %d of %d, loss %.3f, %d s left", step, steps, loss.item(), left)
    vectors = torch.nn.functional.normalize(table.weight.detach(), dim=-1).numpy()
    return Table(tokenizer.get_vocab(), vectors)


def read_bags(
    table: "torch.nn.EmbeddingBag", bags: Sequence[Sequence[int]], chosen: npt.NDArray[np.int64]
) -> "torch.Tensor":
    """The vectors of the chosen sentences: the mean of their tokens, of length one."""
    import torch

    parts = [torch.tensor(bags[number], dtype=torch.long) for number in chosen]
    starts = torch.tensor([0, *(len(part) for part in parts[:-1])]).cumsum(0)
    means: torch.Tensor = table(torch.cat(parts), starts)
    return torch.nn.functional.normalize(means, dim=-1)


def table_loss(
    english: "torch.Tensor", french: "torch.Tensor", target: "torch.Tensor"
) -> "torch.Tensor":
    """How far both sides are from the target and from each other."""
    import torch

    apart = 2 - (english * target).sum(-1) - (french * target).sum(-1)
    likeness = SCALE * french @ english.T
    own = torch.arange(len(target))
    contrast = torch.nn.functional.cross_entropy
    return apart.mean() + (contrast(likeness, own) + contrast(likeness.T, own)) / 2
