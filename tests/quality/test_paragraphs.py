import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.evaluation import Question, read_questions
from tests.quality.paragraphs import Asked, evidence_of, main

TEXT = "Le pont date de 1912. Il mesure 40 m. Il fut rouvert en 1912 après la crue."


@pytest.mark.parametrize(
    ("asked", "sentences"),
    [
        (Asked("a", "?", "40 m"), ["Il mesure 40 m."]),
        (Asked("b", "?", "1912", start=55), ["Il fut rouvert en 1912 après la crue."]),
        (Asked("c", "?", "1912. Il mesure"), []),
        (Asked("d", "?", "1913"), []),
        (Asked("e", "?", ""), []),
    ],
    ids=["in one sentence", "the nearest of two", "across two", "elsewhere", "no answer"],
)
def test_evidence_is_the_sentence_that_holds_the_answer(asked: Asked, sentences: list[str]) -> None:
    assert evidence_of(TEXT, asked) == sentences


def test_paragraphs_and_their_questions_become_an_archive_and_its_evaluation(
    tmp_path: Path,
) -> None:
    asked = [
        {"q": "How old?", "answers": ["1912"], "impossible": False},
        {"q": "How high?", "answers": [], "impossible": True},
    ]
    record = {"title": "Old_Bridge", "context": "It dates from 1912.", "qas": asked}
    source = tmp_path / "squad.jsonl.gz"
    source.write_bytes(gzip.compress(json.dumps(record).encode()))
    done = CliRunner().invoke(main, ["questions", str(source), str(tmp_path), "--unanswerable=1"])
    assert done.output == "1 articles, 2 questions\n"
    article = json.loads((tmp_path / "articles.jsonl").read_text())
    assert (article["title"], article["text"]) == ("Old Bridge", "It dates from 1912.")
    assert list(read_questions(tmp_path / "eval.jsonl")) == [
        Question("squad-0-0", "How old?", "en", "squad-0", "1912", ("It dates from 1912.",)),
        Question("squad-0-1", "How high?", "en"),
    ]
