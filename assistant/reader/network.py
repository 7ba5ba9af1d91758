"""The network of the reader: the encoder's body with three small heads."""

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import nn
from transformers import BertConfig, BertModel

if TYPE_CHECKING:
    from torch import Tensor

ROWS = "embeddings.word_embeddings.weight"  # of the tokens; they stay as they were pretrained
WEIGHTS = "model.safetensors"


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


def make_network(body: Path) -> ReaderNetwork:
    """A network whose body is a BERT model's folder, its heads untrained."""
    from safetensors.torch import load_file

    network = _shape_network(body)
    weights = {name: value.float() for name, value in load_file(body / WEIGHTS).items()}
    known = network.body.state_dict()
    network.body.load_state_dict({name: weights[name] for name in known})
    network.body.get_parameter(ROWS).requires_grad_(False)
    return network


def _shape_network(folder: Path) -> ReaderNetwork:
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    return ReaderNetwork(config)


def write_network(network: ReaderNetwork, folder: Path) -> None:
    """Write the weights in half precision and the network's shape."""
    from safetensors.torch import save_file

    halves = {
        name: value.detach().to("cpu", torch.float16).contiguous()
        for name, value in network.state_dict().items()
        if value.is_floating_point()
    }
    network.body.config.save_pretrained(folder)
    save_file(halves, folder / WEIGHTS, metadata={"format": "pt"})


def load_network(folder: Path) -> ReaderNetwork:
    """A network as it was written; its token rows are not taught further."""
    from safetensors.torch import load_file

    network = _shape_network(folder)
    weights = {name: value.float() for name, value in load_file(folder / WEIGHTS).items()}
    missing, unknown = network.load_state_dict(weights, strict=False)
    if unknown or missing:
        raise ValueError(f"{folder} is not a reader: {sorted(unknown)[:3]} {sorted(missing)[:3]}")
    network.body.get_parameter(ROWS).requires_grad_(False)
    return network
