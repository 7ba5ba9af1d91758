"""The mean of two readers' weights, which often scores better than either.

    python -m assistant.reader.training.mean FIRST SECOND OUT --share 0.8

Both must have learnt from the same body (Wortsman et al., ICML 2022). Tokeniser and calibration
are the first one's: measure, and choose the thresholds again.
"""

import argparse
import shutil
from pathlib import Path

from assistant.reader.network import load_network, write_network


def write_mean(first: Path, second: Path, out: Path, share: float) -> None:
    """Write a reader that has a share of the first one's weights and the rest of the second's."""
    import torch

    network, other = load_network(first), load_network(second)
    with torch.no_grad():
        for mine, its in zip(network.parameters(), other.parameters(), strict=True):
            mine.lerp_(its, 1 - share)
    shutil.copytree(first, out, dirs_exist_ok=True)
    write_network(network, out)


def main() -> None:
    """Read the command line and write the mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("first", type=Path, help="folder of a reader")
    parser.add_argument("second", type=Path, help="folder of another with the same body")
    parser.add_argument("out", type=Path, help="folder of the mean")
    parser.add_argument("--share", type=float, default=0.5, help="of the first one's weights")
    arguments = parser.parse_args()
    write_mean(arguments.first, arguments.second, arguments.out, arguments.share)


if __name__ == "__main__":
    main()
