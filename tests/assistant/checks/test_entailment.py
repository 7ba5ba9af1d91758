from pathlib import Path

import pytest

from assistant.checks.entailment import EntailmentUnavailableError, open_entailment, read_labels

LABELS = {0: "CONTRADICTION", 1: "entailment", 2: "Neutral"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny cross-encoder with random weights and labels in an order of its own."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    path = tmp_path_factory.mktemp("entailment")
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] nobody was hurt".split()
    (path / "vocab.txt").write_text("\n".join(words))
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, max_position_embeddings=32, id2label=LABELS,
        label2id={label: place for place, label in LABELS.items()},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(path)
    BertTokenizer(str(path / "vocab.txt")).save_pretrained(path)
    return path


def test_a_folder_with_a_cross_encoder_gives_verdicts(folder: Path) -> None:
    judge = open_entailment(str(folder))
    assert judge("nobody was hurt", "nobody was hurt") in ("entailment", "neutral", "contradiction")


def test_a_folder_without_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(EntailmentUnavailableError, match="cannot open the entailment model"):
        open_entailment(str(tmp_path))


def test_labels_are_read_in_the_models_own_order() -> None:
    assert read_labels(LABELS) == {0: "contradiction", 1: "entailment", 2: "neutral"}


def test_a_model_with_other_labels_is_refused() -> None:
    with pytest.raises(EntailmentUnavailableError, match="LABEL_0"):
        read_labels({0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})
