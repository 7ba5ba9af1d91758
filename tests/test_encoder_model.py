"""The encoder in the box opens anywhere and puts a sentence beside its translation."""

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from ingest.encoder import BOX, open_encoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "ingest" / "encoder" / "model"
SHARED = Path(os.environ.get("DEPECHE_SHARED", ROOT.parent / "shared"))
NTREX = SHARED / "data" / "ntrex"

ENGLISH = (
    "The council postponed the vote on the new tramway.",
    "Two climbers were found alive after a night in the snow.",
    "The bakery burnt down while its owner was on holiday.",
    "Why did the minister resign on Tuesday?",
    "Milk prices have doubled in three years.",
    "The goalkeeper missed the final because of a broken finger.",
)
FRENCH = (
    "Le conseil a reporté le vote sur le nouveau tramway.",
    "Deux alpinistes ont été retrouvés vivants après une nuit dans la neige.",
    "La boulangerie a brûlé pendant les vacances de son propriétaire.",
    "Pourquoi le ministre a-t-il démissionné mardi ?",
    "Le prix du lait a doublé en trois ans.",
    "Le gardien de but a manqué la finale à cause d'un doigt cassé.",
)


@pytest.fixture(scope="module")
def encoder() -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(MODEL), device="cpu", local_files_only=True)


def nearest(
    encoder: "SentenceTransformer", texts: Sequence[str], others: Sequence[str]
) -> npt.NDArray[np.int64]:
    vectors, places = encoder.encode(list(texts)), encoder.encode(list(others))
    found: npt.NDArray[np.int64] = np.asarray(vectors @ places.T).argmax(axis=1)
    return found


def read_sentences(language: str, count: int) -> list[str]:
    lines = (NTREX / f"articles.{language}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"].split("\n") for line in lines]
    return [sentence for sentences in texts for sentence in sentences][:count]


def test_the_folder_weighs_at_most_seventy_megabytes() -> None:
    assert sum(file.stat().st_size for file in MODEL.rglob("*") if file.is_file()) <= 70_000_000


def test_a_vector_has_384_numbers_and_length_one(encoder: "SentenceTransformer") -> None:
    vectors = encoder.encode(list(FRENCH))
    assert vectors.shape == (len(FRENCH), 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_a_sentence_is_nearest_to_its_own_translation(encoder: "SentenceTransformer") -> None:
    assert list(nearest(encoder, ENGLISH, FRENCH)) == list(range(len(ENGLISH)))
    assert list(nearest(encoder, FRENCH, ENGLISH)) == list(range(len(FRENCH)))


def test_french_words_are_not_torn_into_english_pieces(encoder: "SentenceTransformer") -> None:
    assert encoder.tokenizer.tokenize("Les députés européens") == ["les", "deputes", "europeens"]


@pytest.mark.skipif(not NTREX.exists(), reason="the news articles for measuring are not here")
def test_news_sentences_find_their_translations(encoder: "SentenceTransformer") -> None:
    english, french = read_sentences("en", 500), read_sentences("fr", 500)
    own = nearest(encoder, english, french) == np.arange(len(english))
    assert own.mean() >= 0.95


def test_a_model_of_the_e5_family_gets_the_prompts_it_was_trained_with(tmp_path: Path) -> None:
    shutil.copytree(BOX, tmp_path / "small-e5")
    plain, prompted = open_encoder(""), open_encoder(str(tmp_path / "small-e5"))
    alike = prompted.encode_questions(["Who won?"]) @ plain.encode_questions(["query: Who won?"]).T
    assert alike[0, 0] > 0.999
    assert prompted.fingerprint != plain.fingerprint
