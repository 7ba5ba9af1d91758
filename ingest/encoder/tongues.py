"""Whether an encoder reads a language, or only finds its names and figures."""

import numpy as np

from ingest.encoder import Encoder

_NEAR = 0.5  # mean cosine of translations: .05 by an English-only model

# Everyday words without a name or a figure in common: what only a reader of both can match.
_PAIRS = {
    "fr": (
        ("The snow has closed the road to the village.", "La neige a coupé le chemin du bourg."),
        ("Her brother bakes bread every morning.", "Son frère cuit du pain tous les matins."),
        ("The jury acquitted the baker.", "Le boulanger a été blanchi par les jurés."),
        ("Teachers want higher wages.", "Les enseignants réclament de meilleurs salaires."),
        ("The well has been dry since summer.", "Le puits est à sec depuis l’été."),
        ("The mayor denies having lied.", "Le maire nie avoir menti."),
    )
}


def reads(encoder: Encoder, language: str) -> bool:
    """Whether sentences of a language lie near their English translations; True where untried."""
    if language not in _PAIRS:
        return True
    english, other = (
        encoder.encode_passages(side).astype(np.float32)
        for side in zip(*_PAIRS[language], strict=True)
    )
    return float((english * other).sum(axis=1).mean()) >= _NEAR
