"""How the student moves: fast rows, a slow body, rates that rise and then fall to nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.encoder.training.student import Student, rows_of
from ingest.encoder.training.vocabulary import ENGLISH_ROWS, ROWS

if TYPE_CHECKING:
    import torch

ROWS_FASTER = 3.0
BODY_SLOWER = 0.25
WARM_STEPS = 100


@dataclass(frozen=True, slots=True)
class Mover:
    """Two optimizers with their schedules, over one student."""

    student: Student
    rows: "torch.optim.Optimizer"
    body: "torch.optim.Optimizer"
    schedules: tuple["torch.optim.lr_scheduler.LRScheduler", ...]

    def move(self) -> None:
        """Follow the gradients; the English rows go a third as far as the new ones."""
        import torch

        torch.nn.utils.clip_grad_norm_(self.body.param_groups[0]["params"], 1.0)
        english = rows_of(self.student).data[:ENGLISH_ROWS]
        before = english.clone()
        self.rows.step()
        english.lerp_(before, 1 - 1 / ROWS_FASTER)
        self.body.step()
        for schedule in self.schedules:
            schedule.step()
        self.student.model.zero_grad()

    def save(self, path: Path, done: int) -> None:
        """Write all that the training needs to go on; what carries the name is whole."""
        import torch

        draft = path.with_suffix(".draft")
        states = [part.state_dict() for part in self._parts]
        torch.save({"done": done, "states": states}, draft)
        draft.replace(path)

    def take_up(self, path: Path) -> int:
        """Go back to what was saved, if anything was; the steps that had been done."""
        import torch

        if not path.exists():
            return 0
        saved = torch.load(path, weights_only=True)
        for part, state in zip(self._parts, saved["states"], strict=True):
            part.load_state_dict(state)
        done: int = saved["done"]
        return done

    @property
    def _parts(
        self,
    ) -> (
        "tuple[torch.nn.Module | torch.optim.Optimizer | torch.optim.lr_scheduler.LRScheduler, ...]"
    ):
        return self.student.model, self.rows, self.body, *self.schedules


def make_mover(student: Student, rate: float, steps: int) -> Mover:
    """Adam for the body, and for the rows an Adam that moves only those a batch has read."""
    import torch

    named = dict(student.model.named_parameters())
    rows = torch.optim.SparseAdam([named.pop(ROWS)], lr=rate * ROWS_FASTER)
    body = torch.optim.Adam(list(named.values()), lr=rate * BODY_SLOWER)
    schedules = tuple(
        torch.optim.lr_scheduler.LambdaLR(optimizer, rise_and_fall(steps))
        for optimizer in (rows, body)
    )
    return Mover(student, rows, body, schedules)


def rise_and_fall(steps: int) -> Callable[[int], float]:
    """The share of the full rate at each step."""
    warm = min(WARM_STEPS, steps // 10 + 1)
    return lambda step: min((step + 1) / warm, max(steps - step, 0) / steps)
