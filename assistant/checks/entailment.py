"""Whether the cited words entail a sentence, by any cross-encoder that was trained to tell."""

from collections.abc import Callable, Mapping
from typing import Literal

Verdict = Literal["entailment", "neutral", "contradiction"]
Entailment = Callable[[str, str], Verdict]  # premise and hypothesis


class EntailmentUnavailableError(Exception):
    """The entailment model that the settings name cannot be opened."""


def open_entailment(name: str) -> Entailment:
    """Open a model by the name of a hub model or a folder."""
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, device="cpu", trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise EntailmentUnavailableError(
            f"cannot open the entailment model {name!r}: {error}"
        ) from error
    verdicts = read_labels(model.config.id2label)

    def judge(premise: str, hypothesis: str) -> Verdict:
        scores = model.predict([(premise, hypothesis)], show_progress_bar=False)[0]
        return verdicts[int(scores.argmax())]

    return judge


def read_labels(labels: Mapping[int, str]) -> dict[int, Verdict]:
    """What each output of a model means, by the labels of its own configuration."""
    read: dict[int, Verdict] = {}
    for place, label in labels.items():
        for verdict in ("entailment", "neutral", "contradiction"):
            if label.lower().startswith(verdict[:6]):
                read[place] = verdict
    if len(labels) != len(read) or not {"entailment", "contradiction"} <= set(read.values()):
        raise EntailmentUnavailableError(
            f"the entailment model names its outputs {list(labels.values())}: "
            "it must tell entailment and contradiction"
        )
    return read
