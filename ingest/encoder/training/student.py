"""The model that learns French: reading texts, vectors with a gradient, writing it down."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.encoder.training.precision import short_numbers
from ingest.encoder.training.teacher import TOKENS
from ingest.encoder.training.vocabulary import ROWS, edit_json

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


@dataclass(frozen=True, slots=True)
class Student:
    """The model and its tokenizer."""

    model: "PreTrainedModel"
    tokenizer: "PreTrainedTokenizerBase"
    device: str

    def read(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, no more than the model reads."""
        encoded = self.tokenizer(list(texts), truncation=True, max_length=TOKENS)
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def vectors(self, texts: Sequence[Sequence[int]]) -> "torch.Tensor":
        """The vectors of texts that were read, of length one, with their gradient."""
        import torch

        longest = max(len(ids) for ids in texts)
        padded = torch.tensor([[*ids, *([0] * (longest - len(ids)))] for ids in texts])
        mask = torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids in texts])
        padded, mask = padded.to(self.device), mask.to(self.device)
        with short_numbers(self.device):
            states = self.model(input_ids=padded, attention_mask=mask)[0].float()
        weights = mask.unsqueeze(-1).float()
        return torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=-1)


def open_student(folder: Path, device: str) -> Student:
    """Open a model folder for training, without dropout: the target is exact, not noisy."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa")
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    model.pooler = None  # the vector is the mean of the states; nothing reads this layer
    model.get_input_embeddings().sparse = True  # a batch touches few of 50,000 rows
    return Student(model.to(device), AutoTokenizer.from_pretrained(folder), device)


def write_student(student: Student, start: Path, folder: Path) -> None:
    """Write what SentenceTransformer opens: the starting folder with the learnt weights."""
    import torch
    from safetensors.torch import load_file, save_file

    shutil.copytree(start, folder, dirs_exist_ok=True)
    weights = load_file(start / "model.safetensors") | student.model.state_dict()
    halves = {
        name: value.detach().to("cpu", torch.float16).contiguous()
        for name, value in weights.items()
        if value.is_floating_point()
    }
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
    # Kept in half precision, computed in full: few processors multiply halves.
    edit_json(folder / "config.json", dtype="float32")


def rows_of(student: Student) -> "torch.nn.Parameter":
    """The token rows of a student."""
    return student.model.get_parameter(ROWS)
