"""Any cross-encoder that tells entailment can join the check of a written sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.checks import Checker, check_sentence
from assistant.checks.entailment import EntailmentUnavailableError, open_entailment, read_labels
from assistant.evidence import Evidence
from ingest.articles import Article
from ingest.passages import Passage
from tests.conftest import Ingest, word_count_encoder
from ui.cli import main

LABELS = {0: "CONTRADICTION", 1: "entailment", 2: "Neutral"}
TEXT = "Nobody was hurt in the fire at Selm on Monday."
EVIDENCE = Evidence(1, Article("a", TEXT, "Fire", language="en"), Passage(0, len(TEXT)), 1.0, 1.0)

Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Put a tiny cross-encoder on disk: random weights, and a leaning to one of its outputs."""

    def built(leaning: int | None = None, labels: dict[int, str] = LABELS) -> Path:
        import torch
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

        path = tmp_path / f"entailment{leaning}"
        path.mkdir()
        words = "[PAD] [UNK] [CLS] [SEP] [MASK] nobody was hurt".split()
        (path / "vocab.txt").write_text("\n".join(words))
        config = BertConfig(
            vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
            intermediate_size=8, max_position_embeddings=32, id2label=labels,
            label2id={label: place for place, label in labels.items()},
        )  # fmt: skip
        model = BertForSequenceClassification(config)
        if leaning is not None:
            with torch.no_grad():
                model.classifier.bias[leaning] = 100.0
        model.save_pretrained(path)
        BertTokenizer(str(path / "vocab.txt")).save_pretrained(path)
        return path

    return built


def test_a_folder_with_a_cross_encoder_gives_verdicts_on_any_length(build: Build) -> None:
    judge = open_entailment(str(build()))
    assert judge("nobody was hurt", "nobody was hurt") in ("entailment", "neutral", "contradiction")
    assert judge("nobody was hurt " * 99, "nobody was hurt " * 99)


@pytest.mark.parametrize(
    ("leaning", "faults", "weak"),
    [(0, ("contradiction",), False), (1, (), False), (2, (), True)],
    ids=["contradicts", "entails", "neutral"],
)
def test_its_verdict_takes_a_sentence_out_or_marks_it(
    build: Build, leaning: int, faults: tuple[str, ...], weak: bool
) -> None:
    checker = Checker(word_count_encoder(), open_entailment(str(build(leaning))))
    checked = check_sentence(TEXT, "en", [EVIDENCE], checker)
    assert (checked.faults, checked.weak) == (faults, weak)


@pytest.mark.parametrize("name", ["", "no-such/model", "not a name!", "vocab.txt"])
def test_a_name_that_opens_nothing_is_refused_with_it(tmp_path: Path, name: str) -> None:
    wanted = name if "/" in name else str(tmp_path / name)
    with pytest.raises(EntailmentUnavailableError) as refused:
        open_entailment(wanted)
    assert f"cannot open the entailment model {wanted!r}" in str(refused.value)


def test_the_command_line_says_so_in_a_sentence(
    ingest: Ingest, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Build
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT)
    ingest(article)
    monkeypatch.setenv("DEPECHE_READER", "none")
    told = []
    for name in (tmp_path / "nothing", build(labels={0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})):
        monkeypatch.setenv("DEPECHE_ENTAILMENT", str(name))
        result = CliRunner().invoke(main, ["ask", "Was anybody hurt?", "--archive", str(folder)])
        assert result.exit_code == 1
        told.append(result.output)
    assert "cannot open the entailment model" in told[0]
    assert "it must tell entailment and contradiction" in told[1]
    assert "Traceback" not in "".join(told)


def test_labels_are_read_in_the_models_own_order() -> None:
    assert read_labels(LABELS) == {0: "contradiction", 1: "entailment", 2: "neutral"}


def test_a_model_with_other_labels_is_refused() -> None:
    with pytest.raises(EntailmentUnavailableError, match="LABEL_0"):
        read_labels({0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})
