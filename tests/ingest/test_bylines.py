"""The head of an article says who wrote it, where, when and in which voice."""

import pytest

from ingest.articles import Article
from ingest.bylines import (
    Head,
    find_agency,
    find_correction,
    name_author,
    read_head,
    says_withdrawn,
    tell_kind,
)
from ingest.dates import NewsDate
from ingest.readers.records import Record, make_article


@pytest.mark.parametrize(
    ("text", "agency", "published"),
    [
        ("PARIS, 12 janvier (AFP) – Le ministre", "AFP", "2024-01-12"),
        ("LONDON, Jan. 12 (Reuters) - The minister", "Reuters", "2024-01-12"),
        ("NEW YORK, Jan 12 (AP) — The minister", "AP", "2024-01-12"),
        ("BAGDAD (AFP) — Le ministre", "AFP", None),
        ("Paris, le 12 janvier 2023 (AFP) – Le ministre", "AFP", "2023-01-12"),
        ("Le ministre – celui du 12 janvier – est venu", "", None),
        ("Il est venu (AFP) à Paris.", "", None),
    ],
)
def test_a_dateline_names_its_agency_and_its_day(
    text: str, agency: str, published: str | None
) -> None:
    head = read_head(text, NewsDate("2024"), "")
    assert (head.agency, head.published and str(head.published)) == (agency, published)


@pytest.mark.parametrize(
    ("text", "byline", "agency"),
    [
        ("Par Inès Vautrin\n\nLe pont rouvre.", "Inès Vautrin", ""),
        ("PAR INÈS VAUTRIN\nLe pont rouvre.", "INÈS VAUTRIN", ""),
        ("By Ned Tallow and Ria Quill, Associated Press\nText.", "Ned Tallow and Ria Quill", "AP"),
        ("Par Marie de La Tour et Ali Ben Salah (avec AFP)\nTexte.",
         "Marie de La Tour et Ali Ben Salah", "AFP"),
        ("Par ailleurs, le pont rouvre.", "", ""),
        ("By the way\nNothing.", "", ""),
    ],
)  # fmt: skip
def test_a_byline_is_a_line_of_names(text: str, byline: str, agency: str) -> None:
    assert read_head(text, None, "") == Head(byline, agency)


def test_an_update_is_told_from_the_first_publication() -> None:
    text = "Publié le 27 janvier 2024 à 14h05. Mis à jour le 28 janvier 2024.\nLe pont rouvre."
    head = read_head(text, None, "fr")
    assert (str(head.published), str(head.updated)) == ("2024-01-27T14:05:00", "2024-01-28")


@pytest.mark.parametrize(
    ("section", "title", "agency", "byline", "kind"),
    [
        ("Opinions", "T", "", "", "opinion"),
        ("", "Tribune : rendre le pont", "", "", "opinion"),
        ("Politique", "L’éditorial qui fâche", "", "Inès Vautrin", "report"),
        ("Politique", "T", "AFP", "", "wire"),
        ("Politique", "T", "AFP", "Inès Vautrin", "report"),
        ("Politique", "T", "", "", "report"),
    ],
)
def test_a_voice_is_told_by_section_title_and_signature(
    section: str, title: str, agency: str, byline: str, kind: str
) -> None:
    told = tell_kind(section=section, title=title, agency=agency, byline=byline, outlet="A paper")
    assert told == kind


def test_an_agency_is_found_in_a_credit() -> None:
    printed = ("Le Courrier avec AFP", "Reuters", "Jane Doe/AP", "Associated Press", "Le Courrier")
    assert [find_agency(each) for each in printed] == ["AFP", "Reuters", "AP", "AP", ""]


def test_the_word_before_an_author_is_no_name() -> None:
    assert name_author("Par Inès Vautrin") == name_author("Inès Vautrin") == "Inès Vautrin"
    assert name_author("par exemple") == "par exemple"


@pytest.mark.parametrize(
    "note",
    [
        "Correction : le coût est de 3,4 millions d’euros.",
        "Clarification (27 January): the port is in Harwick.",
        "This article was amended on 28 January 2024 to name the port.",
        "Cet article a été corrigé le 28 janvier.",
    ],
)
def test_a_correction_is_kept_in_its_own_words(note: str) -> None:
    assert find_correction(f"The ferry returned.\n\n{note}\n\nThe end.") == note
    article = make_article(Record(text=f"The ferry returned.\n\n{note}"), "")
    assert isinstance(article, Article)
    assert (article.status, article.note) == ("corrected", note)


@pytest.mark.parametrize(
    "sentence", ["Correction officers went on strike.", "Corrections were made to the road."]
)
def test_a_story_about_corrections_is_not_a_corrected_one(sentence: str) -> None:
    assert find_correction(sentence) == ""


def test_a_killed_story_says_so_at_the_head_of_its_title() -> None:
    assert says_withdrawn("WITHDRAWN: Harbour ferry returns")
    assert not says_withdrawn("Troops withdrawn from the harbour")


def test_a_date_far_ahead_is_kept_and_remarked_upon() -> None:
    article = make_article(Record(text="Words.", published="2999-01-01"), "")
    assert isinstance(article, Article)
    assert article.remarks == "its date lies in the future: 2999-01-01"


def test_letters_read_by_a_wrong_table_are_repaired_and_remarked_upon() -> None:
    article = make_article(Record(text="Le prÃ©sident est venu."), "")
    assert isinstance(article, Article)
    assert article.text == "Le président est venu."
    assert article.remarks == "letters decoded by a wrong table were repaired"
