"""A chat model under limits: opened, listened to, cut off, left alone when it fails."""

from assistant.model.breaker import Breaker
from assistant.model.failure import ModelFailedError
from assistant.model.limits import Limits
from assistant.model.listening import Model
from assistant.model.opening import ModelUnavailableError, opened_model

__all__ = [
    "Breaker",
    "Limits",
    "Model",
    "ModelFailedError",
    "ModelUnavailableError",
    "opened_model",
]
