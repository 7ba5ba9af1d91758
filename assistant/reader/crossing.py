"""Any cross-encoder in the reader's place: it orders and judges passages, and marks no words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.reader import Caution, Page, Reader, ReaderUnavailableError, Reading
from ingest.encoder.cores import share_out

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_BATCH = 16
_ENOUGH: dict[Caution, float] = {"bold": -2.0, "balanced": 0.0, "careful": 2.0}  # logits


@dataclass(frozen=True, slots=True)
class Crossing:
    """A cross-encoder of sentence-transformers, open."""

    name: str
    enough: float  # the least logit that counts as an answer
    _model: "CrossEncoder" = field(repr=False)

    def read(self, question: str, pages: Sequence[Page]) -> list[Reading]:
        """Score pages for a question: one reading each, in order, without words."""
        import torch

        def score(pairs: list[tuple[str, str]]) -> list[float]:
            logits: list[float] = self._model.predict(
                pairs,
                batch_size=_BATCH,
                show_progress_bar=False,
                activation_fn=torch.nn.Identity(),
                convert_to_numpy=True,
            ).tolist()
            return logits

        pairs = [(question, f"{page.title}\n{page.text}") for page in pages]
        logits = share_out(score, pairs, lambda pair: len(pair[1]))
        return [Reading(float(logit), self.enough) for logit in logits]


def open_cross_encoder(name: str, caution: Caution) -> Reader:
    """Open a hub model or a folder with one score a pair, such as BAAI/bge-reranker-v2-m3."""
    import os

    if Path(name).is_dir():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the libraries are imported
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise ReaderUnavailableError(f"cannot open the reader {name!r}: {error}") from error
    if model.num_labels != 1:
        raise ReaderUnavailableError(
            f"the reader {name!r} gives {model.num_labels} scores a passage and not one"
        )
    return Crossing(name, _ENOUGH[caution], model)
