"""Train the reader in the box: gather examples, teach the network, calibrate what it says.

    python -m assistant.reader.training --data DIR --out DIR

It starts from the small multilingual E5, whose token rows stay as they are, or with `--start` from
a reader that learnt before; another `--seed` then shows it other questions. On two CPU cores it
takes about an hour and a half; it goes on where it stopped, as long as `--out` is the same. The
result is `model` in the folder of `--out`.
"""

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from assistant.reader.network import load_network, make_network, write_network
from assistant.reader.training.body import write_body
from assistant.reader.training.calibration import calibrate
from assistant.reader.training.curriculum import Sources, gather
from assistant.reader.training.learn import learn
from assistant.reader.training.paragraphs import Paragraph, halve, read_piaf, read_squad
from assistant.reader.training.plan import Plan, plan_for
from ingest.encoder import open_encoder
from ingest.encoder.training.texts import read_pairs

log = logging.getLogger(__name__)


def train(data: Path, out: Path, plan: Plan, start: Path | None) -> None:
    """Every stage that has not left its result in the folder yet."""
    from transformers import AutoTokenizer

    impossible, _ = halve(list(read_squad(data / "dev" / "squad-dev-v2.0.jsonl.gz")))
    sources = Sources(
        list(read_squad(data / "train" / "squad-train-v1.1.jsonl.gz")),
        list(read_piaf(data / "train" / "piaf-train.json.gz")),
        impossible,
    )
    examples = gather(sources, open_encoder(""), plan, out)
    body = start or out / "body"
    if not body.exists():
        write_body(body, read_texts(data, sources.english))
    network = load_network(body) if start else make_network(body)
    network.body.set_attn_implementation("eager")  # a quarter faster than the fused one's gradient
    for layer in network.body.encoder.layer[: plan.still]:
        layer.requires_grad_(False)
    network.to(plan.device)
    tokenizer = AutoTokenizer.from_pretrained(body)
    learn(network, tokenizer, examples[plan.kept :], plan, out / "reader.pt")
    model = out / "model"
    model.mkdir(exist_ok=True)
    write_network(network, model)
    tokenizer.save_pretrained(model)
    calibration = calibrate(network, tokenizer, examples[: plan.kept], plan.device)
    (model / "calibration.json").write_text(json.dumps(asdict(calibration)) + "\n", "utf-8")


def read_texts(data: Path, paragraphs: Sequence[Paragraph]) -> list[str]:
    """What the reader's tokens are chosen for: sentences and paragraphs of both languages."""
    pairs = read_pairs(data / "train" / "parallel.en-fr.tsv.xz")
    sentences = [side for _, pair in pairs for side in (pair.english, pair.french)]
    return sentences + [sentence for paragraph in paragraphs for sentence in paragraph.sentences]


def main() -> None:
    """Read the command line and train."""
    import torch

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="for checkpoints and the model")
    parser.add_argument("--start", type=Path, help="folder of a reader to go on from")
    parser.add_argument("--seed", type=int, help="chooses the questions and their order")
    parser.add_argument("--still", type=int, default=0, help="lowest layers to leave as they are")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    plan = replace(plan_for(device), still=arguments.still)
    if arguments.seed:
        plan = replace(plan, seed=arguments.seed)
    log.info("%s", plan)
    arguments.out.mkdir(parents=True, exist_ok=True)
    train(arguments.data, arguments.out, plan, arguments.start)


if __name__ == "__main__":
    main()
