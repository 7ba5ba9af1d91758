"""New rows for the English model: 20,000 French tokens that start near their translations.

The idea is WECHSEL: Minixhofer, Paischer, Rekabsaz, NAACL 2022.
"""

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingest.encoder.training.table import Table, train_wordpiece
from ingest.encoder.training.teacher import english_model_path

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NEW_TOKENS = 20_000
NEAREST = 4  # English words that a French one is blended from
LIKE = 0.5  # cosine under which a neighbour is none
TEMPERATURE = 0.05
ROWS = "embeddings.word_embeddings.weight"
ENGLISH_ROWS = 30_522
ABOUT_THE_ENGLISH = shutil.ignore_patterns("README.md", "data_config.json", ".git*")

Rows = npt.NDArray[np.float32]


def choose_tokens(french: Sequence[str], known: dict[str, int]) -> list[str]:
    """The commonest French tokens that the model lacks."""
    tokenizer = train_wordpiece(french, 2 * NEW_TOKENS)
    counts: Counter[str] = Counter()
    for encoded in tokenizer.encode_batch(french):
        counts.update(encoded.tokens)
    return [token for token, _ in counts.most_common() if token not in known][:NEW_TOKENS]


def start_rows(tokens: Sequence[str], table: Table, tokenizer: "Tokenizer", rows: Rows) -> Rows:
    """A first row for each new token: a blend of translations, or the mean of its old pieces."""
    known = tokenizer.get_vocab()
    english = [word for word in table.tokens if word.isalpha() and word in known]
    english_vectors = table.vectors[[table.tokens[word] for word in english]]
    english_rows = rows[[known[word] for word in english]]
    started = np.stack([old_pieces(token, tokenizer, rows) for token in tokens])
    whole = [place for place, token in enumerate(tokens) if token in table.tokens]
    for part in np.array_split([p for p in whole if not tokens[p].startswith("##")], 64):
        likeness = table.vectors[[table.tokens[tokens[p]] for p in part]] @ english_vectors.T
        nearest = np.argpartition(-likeness, NEAREST, axis=1)[:, :NEAREST]
        for place, own, near in zip(part, likeness, nearest, strict=True):
            if own[near].max() > LIKE:
                started[place] = blend(own[near], english_rows[near])
    return started


def blend(likeness: Rows, rows: Rows) -> Rows:
    """The softmax-weighted mean of the rows that are like enough."""
    weights = np.exp((likeness - likeness.max()) / TEMPERATURE) * (likeness > LIKE)
    blended: Rows = weights @ rows / weights.sum()
    return blended


def old_pieces(token: str, tokenizer: "Tokenizer", rows: Rows) -> Rows:
    """The mean of the old tokens that a new one replaces."""
    ids = tokenizer.encode(token.removeprefix("##"), add_special_tokens=False).ids
    mean: Rows = rows[ids].mean(axis=0)
    return mean


def widen_model(folder: Path, tokens: Sequence[str], new_rows: Rows) -> None:
    """Write the English model with more tokens and rows into a folder."""
    import torch
    from safetensors.torch import load_file, save_file

    shutil.copytree(english_model_path(), folder, dirs_exist_ok=True, ignore=ABOUT_THE_ENGLISH)
    weights = load_file(folder / "model.safetensors")
    weights[ROWS] = torch.cat([weights[ROWS], torch.from_numpy(new_rows)])
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    edit_json(folder / "config.json", vocab_size=len(weights[ROWS]))
    widen_tokenizer(folder, tokens)


def widen_tokenizer(folder: Path, tokens: Sequence[str]) -> None:
    """Add tokens to a tokenizer's vocabulary, which then finds them by longest match."""
    path = folder / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    vocabulary |= {token: len(vocabulary) + place for place, token in enumerate(tokens)}
    path.write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")


def edit_json(path: Path, **values: object) -> None:
    """Change values at the top of a JSON file."""
    content = json.loads(path.read_text(encoding="utf-8")) | values
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
