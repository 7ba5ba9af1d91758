"""Why a model gave no whole answer."""

from typing import Literal

Failure = Literal["failed", "slow", "cut", "too_long", "resting"]

_TOO_LONG = (
    400,
    413,
)  # a context that overflows is a bad request, and no two servers word it alike


class ModelFailedError(Exception):
    """A model gave no whole answer: what kind of failure it was, and the errors behind it."""

    def __init__(self, kind: Failure, causes: str = "") -> None:
        super().__init__(f"{kind} ({causes})" if causes else kind)
        self.kind = kind


def explain_failure(error: BaseException) -> ModelFailedError:
    """A provider's error by its classes alone: its message may hold a key or the prompt."""
    status = getattr(error, "status_code", None)
    kind: Failure = "too_long" if status in _TOO_LONG else "failed"
    named = [type(each).__name__ for each in _causes(error)]
    return ModelFailedError(kind, " < ".join([*named, *([f"HTTP {status}"] if status else [])]))


def _causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes
