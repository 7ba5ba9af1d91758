import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.contract import answer_as_json
from assistant.notes import notes_on
from ingest.archive import opened_archive
from ingest.articles import Article
from ingest.readers import read_file
from tests.assistant.test_independence import NOON
from tests.conftest import Ingest, word_count_encoder
from ui.terminal import show_answer

TODAY = date(2024, 7, 1)
FEED = (
    "<rss><channel><item><title>Ferry</title><description>It returned.</description></item>"
    "</channel></rss>"
)
QUESTION = "Who heads the tunnel company of Orlemont?"
CORRECTED = {
    "id": "a1",
    "text": "Irma Dolle heads the tunnel company of Orlemont.",
    "status": "corrected",
    "note": "An earlier version misspelt the name of Irma Dolle.",
    "published": "soon",
    "outlet": "The Quay",
}


@pytest.mark.parametrize(
    ("name", "content", "english", "french"),
    [
        (
            "a.jsonl",
            b'{"text": "Words.", "published": "soon", "updated": "32 May"}',
            "Remark: published: 'soon' is no date such as 2024-01-27; "
            "updated: '32 May' is no date such as 2024-01-27",
            "Remarque\u00a0: date de parution illisible\u00a0: soon; "
            "date de mise à jour illisible\u00a0: 32 May",
        ),
        (
            "a.jsonl",
            b'{"text": "Words.", "published": "2999-01-01"}',
            "Remark: its date lies in the future: 2999-01-01",
            "Remarque\u00a0: sa date est dans le futur\u00a0: 2999-01-01",
        ),
        (
            "a.jsonl",
            '{"text": "Le prÃ©sident est venu."}'.encode(),
            "Remark: letters decoded by a wrong table were repaired",
            "Remarque\u00a0: des lettres mal décodées ont été rétablies",
        ),
        (
            "a.rss",
            FEED.encode(),
            "Remark: its feed gives a summary only",
            "Remarque\u00a0: son flux n’en donne qu’un résumé",
        ),
        (
            "a.txt",
            "L’été à Brême, « déjà ». ".encode() + b"\xe9t\xe9",
            "Remark: 2 bytes that are not UTF-8 were read as cp1252",
            "Remarque\u00a0: 2 octets étrangers à UTF-8 ont été lus comme cp1252",
        ),
        (
            "a.txt",
            "Ελλάδα και Κύπρος υπέγραψαν συμφωνία για το λιμάνι.".encode("cp1253"),
            "Remark: read as cp1253, the likeliest encoding",
            "Remarque\u00a0: lu comme cp1253, l’encodage le plus probable",
        ),
    ],
    ids="dates future letters feed bytes guess".split(),
)
def test_what_reading_found_odd_is_said_in_both_languages(
    tmp_path: Path, name: str, content: bytes, english: str, french: str
) -> None:
    (tmp_path / name).write_bytes(content)
    [article] = read_file(tmp_path / name, "")
    assert isinstance(article, Article)
    assert list(map(str, notes_on(article, "en"))) == [english]
    assert list(map(str, notes_on(article, "fr"))) == [french]


def test_a_correction_is_told_from_another_note() -> None:
    article = Article("a", "Words.", "T", note="Second reference added.")
    assert [each.label for each in notes_on(article, "en")] == ["Editors’ note: "]
    corrected = replace(article, status="corrected")
    assert [each.label for each in notes_on(corrected, "fr")] == ["Rectificatif\u00a0: "]


def test_a_corrected_article_is_quoted_with_its_note(
    tmp_path: Path, folder: Path, ingest: Ingest, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(CORRECTED))
    ingest(tmp_path / "a.jsonl")
    with opened_archive(folder, word_count_encoder) as archive:
        answers = list(Assistant(archive).ask(QUESTION, today=TODAY))
    [citation] = json.loads(json.dumps(answer_as_json(answers[-1])))["citations"]
    assert citation["note"] == CORRECTED["note"]
    show_answer(answers, as_json=False)
    told = " ".join(capsys.readouterr().out.split())
    assert "The Quay, undated (corrected): “Irma Dolle heads" in told
    assert f"Correction: {CORRECTED['note']}" in told
    assert "Remark: published: 'soon' is no date such as 2024-01-27" in told


def test_a_citation_without_a_note_has_no_such_key(
    tmp_path: Path, folder: Path, ingest: Ingest
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(CORRECTED | {"note": "", "status": "usual"}))
    ingest(tmp_path / "a.jsonl")
    with opened_archive(folder, word_count_encoder) as archive:
        answer = list(Assistant(archive).ask(QUESTION, today=TODAY))[-1]
    [citation] = json.loads(json.dumps(answer_as_json(answer)))["citations"]
    assert "note" not in citation


def test_what_may_not_be_quoted_is_not_counted_as_searched(
    tmp_path: Path, folder: Path, ingest: Ingest
) -> None:
    fields = (
        {"id": "a", "text": "The ferry returned.", "published": "2024-01-01", "language": "en"},
        {"id": "b", "text": "Le bac est là.", "published": "2024-03-01", "language": "fr",
         "embargo": "2024-06-02"},
        {"id": "c", "text": "It sank.", "published": "2024-04-01", "status": "withdrawn"},
    )  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, fields)))
    ingest(tmp_path / "a.jsonl")
    with opened_archive(folder, word_count_encoder) as archive:
        early = Assistant(replace(archive, clock=lambda: NOON)).searched()
        assert (early.articles, early.languages, early.newest) == (1, ("en",), "2024-01-01")
        late = Assistant(replace(archive, clock=lambda: NOON.replace(day=4))).searched()
        assert (late.articles, late.languages, late.newest) == (2, ("en", "fr"), "2024-03-01")
        assert archive.ledger.holdings().articles == 2
