"""The names of a sentence that no source knows, also across languages."""

import re
from collections.abc import Sequence

import numpy as np

from assistant.checks.naming import is_spelt_otherwise, names_written, words_missing
from assistant.names import fold
from ingest.encoder import Encoder

_SAME_WORD = 0.75  # cosine of a word and its translation


def find_unknown(text: str, source: str, translator: Encoder | None) -> tuple[str, ...]:
    """The words of names that a source lacks; a translator is for one in another language."""
    missing = [word for name in names_written(text) for word in words_missing(name, source)]
    if translator is None:
        return tuple(missing)
    foreign = [word for word in missing if not is_spelt_otherwise(word, source)]
    return _untranslated(foreign, source, translator) if foreign else ()


def _untranslated(words: Sequence[str], source: str, translator: Encoder) -> tuple[str, ...]:
    """The words that no word of a source translates; names are translated to themselves."""
    there = list(dict.fromkeys(re.findall(r"[^\W\d_]{3,}", fold(source))))
    vectors = translator.encode_passages([*words, *there]).astype(np.float32)
    cosines = vectors[: len(words)] @ vectors[len(words) :].T
    return tuple(word for word, row in zip(words, cosines, strict=True) if row.max() < _SAME_WORD)
