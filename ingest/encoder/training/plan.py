"""What the training does on the machine it finds: how many pairs, how large the batches."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The sizes of one training; the method is the same on every machine."""

    device: str
    shares: tuple[tuple[str, int], ...]  # most pairs taken from a source; questions count apart
    joined: int  # passages made of two or three Tatoeba sentences
    wrapped: int  # sentences put into a question's frame
    glossed: int  # English questions translated by rules
    words: int  # dictionary entries
    english: int  # English texts that keep the model's English
    rounds: int  # times every pair is seen
    batch: int
    most_batches: int  # of the distillation, whatever the texts would give
    contrast_steps: int
    align_steps: int

    def __str__(self) -> str:
        pairs = sum(count for _, count in self.shares)
        return (
            f"{self.device}: up to {pairs:,} pairs {self.rounds} time(s), {self.english:,} English "
            f"texts, at most {self.most_batches:,} batches of {self.batch}; then "
            f"{self.contrast_steps:,} batches of questions and {self.align_steps:,} of look-alikes"
        )


CPU = Plan(
    device="cpu",
    shares=(
        ("europarl", 190_000),
        ("tatoeba", 80_000),
        ("canada-laws", 12_000),
        ("python-docs", 3_000),
        ("php-docs", 3_000),
    ),
    joined=30_000,
    wrapped=20_000,
    glossed=40_000,
    words=40_000,
    english=45_000,
    rounds=1,
    batch=256,
    most_batches=900,
    contrast_steps=280,
    align_steps=380,
)

GPU = Plan(
    device="cuda",
    shares=(
        ("europarl", 420_000),
        ("tatoeba", 166_252),
        ("canada-laws", 80_000),
        ("python-docs", 12_000),
        ("php-docs", 12_000),
    ),
    joined=50_000,
    wrapped=50_000,
    glossed=80_000,
    words=69_000,
    english=150_000,
    rounds=6,
    batch=1024,
    most_batches=20_000,
    contrast_steps=3_000,
    align_steps=3_000,
)


def plan_for(device: str) -> Plan:
    """The plan for a kind of machine."""
    return GPU if device == "cuda" else CPU
