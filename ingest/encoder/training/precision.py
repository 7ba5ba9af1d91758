"""In the numbers that the machine knows."""

from typing import TYPE_CHECKING

from ingest.encoder import fastest

if TYPE_CHECKING:
    import torch


def short_numbers(device: str) -> "torch.autocast":
    """A block that computes in bfloat16, but for a processor that would only imitate it."""
    import torch

    known = fastest()[1] != "float32"
    # A weight is used once, so keeping its short form would only share it between threads.
    return torch.autocast(device, torch.bfloat16, enabled=known, cache_enabled=False)
