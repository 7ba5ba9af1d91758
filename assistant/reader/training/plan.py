"""How much of everything a training takes, on the machine it finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The sizes of one training; the method is the same on every machine."""

    device: str
    articles: int  # of SQuAD
    english: int  # questions about them
    french: int  # questions of PIAF
    french_rounds: int  # times each is seen
    glossed: int  # English examples put into French
    unanswered: float  # share of the English pairs without an answer that are taught
    impossible_rounds: int  # times SQuAD 2's half is seen
    written_rounds: int  # times those that were written for it are seen
    elsewhere: int  # questions asked of another article's passage
    rounds: int  # times everything is seen
    batch: int
    most_batches: int
    still: int = 0  # lowest layers that stay as they were
    kept: int = 2_000  # examples that calibrate and are not taught
    seed: int = 20261123


CPU = Plan(
    device="cpu",
    articles=442,
    english=30_000,
    french=10_000,
    french_rounds=2,
    glossed=20_000,
    unanswered=0.4,
    impossible_rounds=2,
    written_rounds=1,
    elsewhere=5_500,
    rounds=1,
    batch=32,
    most_batches=1_800,
)
GPU = Plan(
    device="cuda",
    articles=442,
    english=87_000,
    french=10_000,
    french_rounds=3,
    glossed=80_000,
    unanswered=0.4,
    impossible_rounds=2,
    written_rounds=2,
    elsewhere=12_000,
    rounds=3,
    batch=128,
    most_batches=12_000,
)


def plan_for(device: str) -> Plan:
    """The plan for a kind of machine."""
    return GPU if device == "cuda" else CPU
