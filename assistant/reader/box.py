"""The reader in the box: the passages of a question, shared out among the cores."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.reader import BOX, Caution, Page, Reading
from ingest.encoder import fastest
from ingest.encoder.cores import share_out
from ingest.sentences import Span

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from assistant.reader.network import ReaderNetwork

_TOKENS = 192  # of question and passage together
_ASKED = 96  # tokens of a question; the rest of a longer one is not read
_LONGEST = 24  # tokens of an answer
_KEPT = 64  # questions whose readings are kept, should they come again

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights that make one logit of what the network says; docs/answers.md has the measures."""

    judgement: float
    words: float  # of the likeliest words, as they score among all
    offset: float
    enough: Mapping[Caution, float]  # the least logit that counts as an answer; docs/answers.md


@dataclass(frozen=True, slots=True)
class Network:
    """The network with what it needs to read."""

    network: "ReaderNetwork"
    # Two, as a tokenizer keeps the bounds that it was called with last, by whatever thread.
    asked: "PreTrainedTokenizerBase"
    paired: "PreTrainedTokenizerBase"
    calibration: Calibration
    enough: float
    device: str


@dataclass(frozen=True, slots=True)
class BoxReader:
    """The reader in the box, open."""

    name: str
    _read: Callable[[str, tuple[Page, ...]], list[Reading]] = field(repr=False)

    def read(self, question: str, pages: Sequence[Page]) -> list[Reading]:
        """Read pages for a question: one reading each, in order."""
        return self._read(question, tuple(pages))


def open_box(caution: Caution, folder: Path = BOX) -> BoxReader:
    """Open the reader that lies in a folder: weights, shape, tokenizer, calibration."""
    import torch
    from transformers import AutoTokenizer

    from assistant.reader.network import load_network

    device, kind = fastest()
    network = load_network(folder)
    network.to(device, getattr(torch, kind)).eval()
    if kind == "bfloat16":  # where matrices are multiplied faster than the fused attention works
        network.body.set_attn_implementation("eager")
    calibration = Calibration(**json.loads((folder / "calibration.json").read_text("utf-8")))
    asked, paired = (AutoTokenizer.from_pretrained(folder) for _ in range(2))
    opened = Network(network, asked, paired, calibration, calibration.enough[caution], device)
    return BoxReader("box", lru_cache(_KEPT)(partial(read_pages, opened)))


def read_pages(opened: Network, question: str, pages: tuple[Page, ...]) -> list[Reading]:
    """One reading a page, in order."""
    question = _shorten(opened, question)
    read = partial(_read_batch, opened, question)
    if opened.device != "cpu":
        return read(pages)
    return share_out(read, pages, lambda page: len(page.text))


def _shorten(opened: Network, question: str) -> str:
    """A question as far as it is read, so that there is room for a passage beside it."""
    offsets = opened.asked(
        question, add_special_tokens=False, return_offsets_mapping=True, truncation=True,
        max_length=_ASKED,
    )["offset_mapping"]  # fmt: skip
    return question[: offsets[-1][1]] if len(offsets) == _ASKED else question


def _read_batch(opened: Network, question: str, pages: Sequence[Page]) -> list[Reading]:
    import torch

    read: Any = opened.paired(
        [question] * len(pages), [f"{page.title}\n{page.text}" for page in pages],
        truncation="only_second", max_length=_TOKENS, padding=True,
        return_tensors="pt", return_offsets_mapping=True,
    )  # fmt: skip
    inputs = (
        read[name].to(opened.device) for name in ("input_ids", "attention_mask", "token_type_ids")
    )
    with torch.inference_mode():
        judged, edges = opened.network(*inputs)
    return [
        _make_reading(opened, float(one), sides, offsets, page)
        for one, sides, offsets, page in zip(
            judged.cpu().numpy(), edges.cpu().numpy(), read["offset_mapping"].numpy(), pages,
            strict=True,
        )
    ]  # fmt: skip


def _make_reading(
    opened: Network, judged: float, edges: Floats, offsets: NDArray[np.int64], page: Page
) -> Reading:
    """One logit of the judgement and of the likeliest words that lie within the passage."""
    weights = opened.calibration
    before = len(page.title) + 1
    within = np.where(offsets[:, 1:] > before, edges, -np.inf)
    first, last, score = best_words(within[:, 0], within[:, 1])
    if not np.isfinite(score):
        return Reading(weights.judgement * judged + weights.offset, opened.enough)
    logit = weights.judgement * judged + weights.words * score + weights.offset
    start, end = int(offsets[first, 0]) - before, int(offsets[last, 1]) - before
    return Reading(logit, opened.enough, whole_words(page.text, max(start, 0), end))


def whole_words(text: str, start: int, end: int) -> Span | None:
    """A span as whole words, without what a tokenizer counts as theirs: a space, a year's stop."""
    words = re.sub(r"(?<=\d)[.,]$", "", text[start:end].rstrip())
    start, end = start + len(words) - len(words.lstrip()), start + len(words)
    if start >= end:
        return None
    while start and text[start - 1 : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1 : end + 1].isalnum():
        end += 1
    return start, end


def best_words(starts: Floats, ends: Floats) -> tuple[int, int, float]:
    """The likeliest first and last token of an answer of bounded length, and their score."""
    scores = starts[:, None] + ends[None, :]
    place = np.arange(len(starts))
    length = place[None, :] - place[:, None]
    allowed = np.where((length >= 0) & (length < _LONGEST), scores, -np.inf)
    first, last = np.unravel_index(int(allowed.argmax()), allowed.shape)
    return int(first), int(last), float(allowed[first, last])
