"""How long a model is waited for, and how much it is asked to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the settings allow a chat model."""

    silence: float  # seconds that it may say nothing, before its first word and after
    whole: float  # seconds that an answer may take in all
    failures: int  # in a row, after which it is left alone
    rest: float  # seconds that it is then left alone
    context: int  # tokens that it holds at once
