"""The network of the reader: the encoder's body with three small heads."""

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import nn
from transformers import BertConfig, BertModel

if TYPE_CHECKING:
    from torch import Tensor

ROWS = "embeddings.word_embeddings.weight"  # shared with the encoder in the box


class ReaderNetwork(nn.Module):
    """Reads a question and a passage together.

    Tokens of shape (batch, tokens) become one logit each for "this passage answers it", of shape
    (batch,), and a logit for each token to open and to close the answer, of shape
    (batch, tokens, 2); the first token stands for "no answer". See Devlin et al., NAACL 2019.
    """

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.body = BertModel(config, add_pooling_layer=False)
        self.judgement = nn.Sequential(
            nn.Linear(config.hidden_size, config.hidden_size),
            nn.Tanh(),
            nn.Linear(config.hidden_size, 1),
        )
        self.edges = nn.Linear(config.hidden_size, 2)

    def forward(self, ids: "Tensor", mask: "Tensor", segments: "Tensor") -> "tuple[Tensor, Tensor]":
        """The logits of a batch; what is padded or the question's can't be part of an answer."""
        states = self.body(input_ids=ids, attention_mask=mask, token_type_ids=segments)[0]
        answers = self.judgement(states[:, 0]).squeeze(-1)
        edges = self.edges(states).float()
        closed = (segments * mask) == 0
        closed[:, 0] = False
        return answers.float(), edges.masked_fill(closed.unsqueeze(-1), float("-inf"))


def make_network(encoder: Path) -> ReaderNetwork:
    """A network whose body is a sentence encoder's, its heads untrained."""
    from safetensors.torch import load_file

    config = BertConfig.from_pretrained(encoder)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    network = ReaderNetwork(config)
    weights = load_file(encoder / "model.safetensors")
    known = network.body.state_dict()
    network.body.load_state_dict(
        {name: value.float() for name, value in weights.items() if name in known}, strict=False
    )
    network.body.get_parameter(ROWS).requires_grad_(False)
    return network


def write_network(network: ReaderNetwork, path: Path) -> None:
    """Write the weights in half precision, without the token rows."""
    from safetensors.torch import save_file

    halves = {
        name: value.detach().to("cpu", torch.float16).contiguous()
        for name, value in network.state_dict().items()
        if name != f"body.{ROWS}" and value.is_floating_point()
    }
    save_file(halves, path, metadata={"format": "pt"})


def load_network(weights: Path, encoder: Path) -> ReaderNetwork:
    """A network from its weights and the token rows of the encoder it was trained with."""
    from safetensors.torch import load_file

    network = make_network(encoder)
    known = {name: value.float() for name, value in load_file(weights).items()}
    missing, unknown = network.load_state_dict(known, strict=False)
    rows = {f"body.{ROWS}"}
    if unknown or set(missing) - rows:
        raise ValueError(f"{weights} is not a reader: {sorted(unknown)[:3]} {sorted(missing)[:3]}")
    return network
