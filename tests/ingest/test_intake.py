import json
import os
import shutil
from pathlib import Path

import pytest

from ingest.archive import existing_ledger, opened_archive
from ingest.ledger import Ledger
from ingest.site import Site, Where
from tests.conftest import Ingest, passages_held, word_count_encoder


def write_lines(path: Path, *articles: object) -> Path:
    path.write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    return path


def ledger_of(site: Where) -> Ledger:
    return existing_ledger(site)


def texts_found(site: Where, words: str) -> list[str]:
    """Passages that both indexes hold for some words, in any language."""
    with opened_archive(site, word_count_encoder) as archive:
        vector = archive.encoder.encode_questions([words])[0]
        numbers = set()
        for language in ("en", "fr", "und"):
            near = archive.meaning.nearest(vector, language, 50, None)
            worded = archive.words.nearest(words, language, 50, None)
            numbers |= {number for number, _ in near} & {number for number, _ in worded}
        kept = archive.ledger.passages(numbers).values()
        articles = archive.ledger.articles({each.article for each in kept})
        return sorted(
            articles[each.article].text[each.passage.start : each.passage.end] for each in kept
        )


@pytest.mark.everywhere
def test_a_text_file_is_an_article_with_the_month_of_its_first_words(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(" date 2024-01 Le ministre est venu. Il est reparti.\n\nFin de la visite.")
    assert ingest(file).added == 1
    article = ledger_of(site).articles([1])[1]
    assert article.text == "Le ministre est venu. Il est reparti.\n\nFin de la visite."
    assert article.published is not None
    assert (str(article.published), article.published.precision) == ("2024-01", "month")
    assert (article.title, article.title_printed) == ("Le ministre est venu.", False)
    assert article.language == "fr"


@pytest.mark.everywhere
def test_the_same_sources_again_write_nothing(tmp_path: Path, site: Site, ingest: Ingest) -> None:
    lines = write_lines(tmp_path / "a.jsonl", {"id": "a", "text": "One."}, {"text": "Two."})
    ingest(lines)
    _, end = ledger_of(site).changes_after(0)
    again = ingest(lines)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert ledger_of(site).changes_after(end) == ([], end)


@pytest.mark.everywhere
def test_a_changed_article_leaves_no_passage_behind(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    path = tmp_path / "a.jsonl"
    ingest(write_lines(path, {"id": "a", "text": "Red apples fell. Blue plums rose. Red end."}))
    report = ingest(write_lines(path, {"id": "a", "text": "Red pears only."}))
    assert (report.updated, report.articles, report.passages) == (1, 1, 1)
    assert texts_found(site, "red apples pears") == ["Red pears only."]


@pytest.mark.everywhere
def test_a_withdrawn_article_is_found_no_more(tmp_path: Path, site: Site, ingest: Ingest) -> None:
    path = tmp_path / "a.jsonl"
    ingest(write_lines(path, {"id": "a", "text": "Red apples fell."}))
    report = ingest(write_lines(path, {"id": "a", "text": "Red apples.", "status": "withdrawn"}))
    assert (report.withdrawn, report.passages) == (1, 0)
    assert texts_found(site, "red apples") == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON"),
        ('{"title": "no text"}', "text: Field required"),
        ('{"text": 3}', "text: Input should be a valid string"),
        ('{"text": " "}', "text: is empty"),
        ('{"text": "a", "embargo": "soon"}', "embargo: 'soon' is no date"),
        ('{"text": "a", "status": "gone"}', "status: "),
        ('{"text": NaN}', "NaN is no JSON value"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "line: "),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_stops_nothing(
    tmp_path: Path, ingest: Ingest, line: str, reason: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "Before."}}\n{line}\n\n{{"text": "After."}}\n')
    report = ingest(path)
    assert report.added == 2
    assert [each.source for each in report.rejected] == [f"{path}:2"]
    assert reason in report.rejected[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "is not text: it holds NUL bytes or no words"),
        (b"a\x00b", "is not text: it holds NUL bytes"),
    ],
)
def test_a_file_that_is_no_article_is_named_with_its_reason(
    tmp_path: Path, ingest: Ingest, content: bytes, reason: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    [rejection] = ingest(file).rejected
    assert (rejection.source, reason in rejection.reason) == (str(file), True)


@pytest.mark.parametrize(
    ("name", "content", "stated"),
    [
        ("a.jsonl", '{"text": "Words.", "published": "soon"}', "published: 'soon'"),
        ("a.json", '[{"text": "Words.", "updated": "32 May"}]', "updated: '32 May'"),
        ("a.csv", "text,date\nWords.,0000-00-00\n", "published: '0000-00-00'"),
        ("a.txt", "date 2024-13 Words.", "published: '2024-13'"),
    ],
)
def test_a_date_that_cannot_be_read_costs_the_date_and_not_the_article(
    tmp_path: Path, site: Site, ingest: Ingest, name: str, content: str, stated: str
) -> None:
    (tmp_path / name).write_text(content)
    report = ingest(tmp_path / name)
    [remark] = report.remarks
    assert remark.remark == f"{stated} is no date such as 2024-01-27"
    assert remark.source.startswith(str(tmp_path / name))
    article = ledger_of(site).articles([1])[1]
    assert (report.added, article.published, article.updated) == (1, None, None)
    assert (article.text, article.remarks) == ("Words.", remark.remark)
    assert ingest(tmp_path / name).remarks == ()  # what is held already was remarked upon


def test_a_date_may_be_a_number(tmp_path: Path, site: Site, ingest: Ingest) -> None:
    lines = ({"text": f"Words {n}.", "published": n} for n in (20240127, 1706313600000))
    ingest(write_lines(tmp_path / "a.jsonl", *lines))
    dates = [each.published for each in ledger_of(site).articles([1, 2]).values()]
    assert list(map(str, dates)) == ["2024-01-27", "2024-01-27T00:00:00+00:00"]


def test_a_folder_without_articles_and_a_missing_path_are_named(
    tmp_path: Path, ingest: Ingest
) -> None:
    (tmp_path / "empty").mkdir()
    rejected = ingest(tmp_path / "empty", tmp_path / "nowhere").rejected
    assert [each.reason.split()[0] for each in rejected] == ["holds", "does"]


@pytest.mark.everywhere
def test_another_process_hands_its_articles_over_through_the_ledger(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    ingest(write_lines(tmp_path / "a.jsonl", {"id": "a", "text": "Red apples fell."}))
    with opened_archive(site, word_count_encoder) as owner:
        assert owner.index is not None
        report = ingest(write_lines(tmp_path / "b.jsonl", {"id": "b", "text": "Red pears rose."}))
        assert report.indexed is False
        assert owner.follow() == 1
        assert passages_held(owner) == {2}
        with opened_archive(site, word_count_encoder) as guest:
            assert guest.index is None
            vector = guest.encoder.encode_questions(["red pears"])[0]
            near = guest.meaning.nearest(vector, "en", 5, None)
            assert [number for number, _ in near] == [
                number for number, _ in owner.meaning.nearest(vector, "en", 5, None)
            ]
            assert guest.words.nearest("pears", "en", 5, None)
    assert texts_found(site, "red") == ["Red apples fell.", "Red pears rose."]


@pytest.mark.everywhere
def test_an_owner_takes_in_a_change_without_building_anew(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    path = tmp_path / "a.jsonl"
    ingest(write_lines(path, {"id": "a", "text": "Red apples fell."}))
    with opened_archive(site, word_count_encoder) as owner:
        assert owner.index is not None
        ingest(write_lines(path, {"id": "a", "text": "Green pears rose."}))
        assert (owner.follow(), owner.follow()) == (1, 0)
        assert passages_held(owner) == {1}
        assert owner.words.nearest("apples", "en", 5, None) == []
        [(number, score)] = owner.words.nearest("pears", "en", 5, None)
        assert number in owner.ledger.passages([number])
        assert score > 0


@pytest.mark.everywhere
def test_indexes_that_were_lost_are_built_again_from_the_ledger(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    ingest(write_lines(tmp_path / "a.jsonl", {"id": "a", "text": "Red apples fell."}))
    shutil.rmtree(site.folder / "index")
    assert texts_found(site, "red apples") == ["Red apples fell."]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, ingest: Ingest) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Words.")
    file.chmod(0)
    assert "Permission denied" in ingest(file).rejected[0].reason
