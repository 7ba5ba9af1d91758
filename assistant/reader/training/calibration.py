"""What the network says as one logit whose sigmoid is the share of passages that do answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.reader import Caution
from assistant.reader.box import Calibration
from assistant.reader.training.examples import Example
from assistant.reader.training.learn import make_lesson

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerBase

    from assistant.reader.network import ReaderNetwork

_BATCH = 32
_ROUNDS = 60
_REFUSED: dict[Caution, float] = {"bold": 0.03, "balanced": 0.1, "careful": 0.25}  # of the answered


def calibrate(
    network: "ReaderNetwork",
    tokenizer: "PreTrainedTokenizerBase",
    examples: Sequence[Example],
    device: str,
) -> Calibration:
    """Fit a logistic regression on examples that nothing was taught on (Platt 1999)."""
    import torch

    features, truth = _features(network, tokenizer, examples, device)
    weights = torch.tensor([1.0, 0.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=_ROUNDS)

    def loss() -> float:
        optimizer.zero_grad()
        logits = features @ weights[:2] + weights[2]
        entropy = torch.nn.functional.binary_cross_entropy_with_logits(logits, truth)
        entropy.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return float(entropy)

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    judgement, words, offset = (round(weight, 4) for weight in weights.tolist())
    sure = (features @ weights[:2] + weights[2]).detach()[truth > 0]
    enough = {name: round(float(sure.quantile(share)), 2) for name, share in _REFUSED.items()}
    return Calibration(judgement, words, offset, enough)


def _features(
    network: "ReaderNetwork",
    tokenizer: "PreTrainedTokenizerBase",
    examples: Sequence[Example],
    device: str,
) -> "tuple[torch.Tensor, torch.Tensor]":
    """Judgement and words of each example, of shape (examples, 2), and whether it answers."""
    import torch

    ordered = sorted(examples, key=lambda one: one.length)
    features: list[list[float]] = []
    truth: list[float] = []
    for start in range(0, len(ordered), _BATCH):
        lesson = make_lesson(ordered[start : start + _BATCH], tokenizer)
        inputs = (part.to(device) for part in (lesson.ids, lesson.mask, lesson.segments))
        with torch.inference_mode():
            judged, edges = network(*inputs)
        words = edges[:, 1:].max(dim=1).values.sum(-1)
        features += torch.stack([judged, words], dim=1).tolist()
        truth += lesson.answers.tolist()
    return torch.tensor(features), torch.tensor(truth)
