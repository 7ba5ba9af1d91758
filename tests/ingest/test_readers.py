"""Every format is told by its content and read to the same article."""

import gzip
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.articles import Article, Rejection
from ingest.readers import ReadingOptions, read_file
from ingest.readers.pdf import join_lines
from tests.ingest.written import write_pdf, write_warc

SAMPLES = Path(__file__).parents[1] / "samples"


def read(path: Path, **fields: str) -> list[Article | Rejection]:
    return list(read_file(path, "An outlet", ReadingOptions(fields)))


def articles_of(path: Path, **fields: str) -> list[Article]:
    return [each for each in read(path, **fields) if isinstance(each, Article)]


def test_a_header_in_french_states_what_the_article_is() -> None:
    [article] = articles_of(SAMPLES / "story.txt")
    assert article.title == "Le pont de Malvèze rouvre après huit mois"
    assert str(article.published) == "2024-01-27T14:05:00+01:00"
    assert (article.outlet, article.byline) == ("Le Courrier d’essai", "Inès Vautrin")
    assert (article.section, article.agency, article.language) == ("Région", "AFP", "fr")
    assert article.text.startswith("MALVÈZE (AFP) – Le pont")


def test_a_date_in_front_of_the_text_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("date 2024-01 Le ministre est venu.")
    [article] = articles_of(tmp_path / "a.txt")
    assert (str(article.published), article.text) == ("2024-01", "Le ministre est venu.")


def test_a_colon_in_a_first_sentence_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bilan : deux morts.\nL’enquête commence.")
    [article] = articles_of(tmp_path / "a.txt")
    assert article.text == "Bilan : deux morts.\nL’enquête commence."


def test_front_matter_states_and_markup_leaves_the_words() -> None:
    [article] = articles_of(SAMPLES / "story.md")
    assert article.text == (
        "The ferry returned to the harbour on Saturday, the port said.\n\n"
        "It had been out of service since May, when a cable broke."
    )
    assert (article.byline, article.kind) == ("Ned Tallow; Ria Quill", "opinion")
    assert (str(article.published), article.keywords) == ("2024-01-27", "harbour; ferry")


def test_a_page_is_what_it_states_in_json_ld_before_opengraph() -> None:
    [article] = articles_of(SAMPLES / "story.html")
    assert article.title == "Le pont de Malvèze rouvre après huit mois"
    assert str(article.published) == "2024-01-27T14:05:00+01:00"
    assert str(article.updated) == "2024-01-27T15:00:00+01:00"
    assert (article.section, article.byline) == ("Région", "Inès Vautrin")
    assert article.status == "corrected"
    assert article.note == "Une première version donnait un coût de 3,1 millions d’euros."
    assert article.url == "https://courrier.example/pont-de-malveze"


def test_a_page_keeps_its_story_and_not_its_menus() -> None:
    [article] = articles_of(SAMPLES / "story.html")
    assert len(article.text.split("\n\n")) == 3
    assert article.text.startswith("Le pont de Malvèze a rouvert samedi")
    assert not any(word in article.text for word in ("Accueil", "cookies", "@graph"))


def test_a_page_in_an_older_encoding_is_read_as_it_declares(tmp_path: Path) -> None:
    page = (SAMPLES / "story.html").read_text("utf-8").replace('"utf-8"', '"windows-1252"')
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    [article] = articles_of(tmp_path / "a.html")
    assert article.text == articles_of(SAMPLES / "story.html")[0].text


def test_a_feed_gives_its_entries_and_names_the_one_without_text() -> None:
    full, summary, rejected = read(SAMPLES / "feed.rss")
    assert isinstance(full, Article)
    assert full.text == (
        "The ferry returned to the harbour on Saturday.\n\nIt had been out of service since May."
    )
    assert (full.id, full.byline, full.outlet) == ("post-ferry-1", "Ned Tallow", "The Sample Post")
    assert str(full.published) == "2024-01-27T14:05:00+00:00"
    assert isinstance(summary, Article)
    assert summary.title == "Council to vote on tolls"
    assert (summary.published, summary.remarks) == (None, "its feed gives a summary only")
    assert isinstance(rejected, Rejection)
    assert rejected.source.endswith("feed.rss#3")


def test_an_atom_feed_in_xhtml_keeps_its_paragraphs() -> None:
    [article] = articles_of(SAMPLES / "feed.atom")
    assert article.text == "Le pont de Malvèze a rouvert samedi.\n\nLe chantier a duré huit mois."
    assert (article.language, article.byline) == ("fr", "Inès Vautrin")
    assert str(article.updated) == "2024-01-27T15:00:00+01:00"


def test_newsml_brings_its_embargo_its_correction_and_its_terms() -> None:
    ferry, toll = articles_of(SAMPLES / "item.newsml.xml")
    assert ferry.id == "urn:newsml:agency.example:20240127:ferry"
    assert (ferry.status, ferry.note) == ("corrected", "Corrects the month in paragraph 2.")
    assert str(ferry.embargo) == "2024-01-28T06:00:00+01:00"
    assert ferry.usage == "For use in print until 1 March 2024."
    assert (ferry.keywords, ferry.section) == ("ferry; harbour", "transport")
    assert (ferry.byline, ferry.agency) == ("Ned Tallow", "Sample Agency")
    assert ferry.text.endswith("It had been out of service since May.")
    assert (toll.status, toll.text, toll.quotable) == ("withdrawn", "", False)


def test_nitf_brings_its_release_and_its_correction() -> None:
    [article] = articles_of(SAMPLES / "story.nitf.xml")
    assert article.id == "agence-2024-0127-pont"
    assert str(article.published) == "2024-01-27T14:05:00+01:00"
    assert str(article.embargo) == "2024-01-28T06:00:00+01:00"
    assert (article.status, article.note) == ("corrected", "Rectifie le coût du chantier.")
    assert (article.byline, article.agency) == ("Inès Vautrin", "AFP")
    assert article.text == "Le pont de Malvèze a rouvert samedi.\n\nLe chantier a duré huit mois."


def test_ninjs_held_back_is_not_quotable() -> None:
    [article] = articles_of(SAMPLES / "item.ninjs.json")
    assert (article.status, article.quotable) == ("withdrawn", False)
    assert str(article.embargo) == "2024-01-28T05:00:00+00:00"
    assert (article.byline, article.agency) == ("Ned Tallow", "Sample Agency")
    assert article.title == "Harbour ferry returns to service"


def test_an_embargo_that_cannot_be_read_lets_nothing_through(tmp_path: Path) -> None:
    item = (SAMPLES / "item.ninjs.json").read_text("utf-8").replace("2024-01-28T05", "soonT05")
    (tmp_path / "a.json").write_text(item, "utf-8")
    [rejection] = read(tmp_path / "a.json")
    assert isinstance(rejection, Rejection) and rejection.reason.startswith("embargo: ")


def test_a_list_in_json_is_read_by_the_names_others_use() -> None:
    article, rejection = read(SAMPLES / "articles.json")
    assert isinstance(article, Article)
    assert (article.id, article.byline) == ("ferry", "Ned Tallow; Ria Quill")
    assert (str(article.published), article.outlet) == ("2024-01", "An outlet")
    assert isinstance(rejection, Rejection)
    assert (rejection.source[-2:], rejection.reason) == ("#2", "text: Field required")


def test_a_table_is_read_with_its_own_delimiter_and_its_rows_are_numbered() -> None:
    article, rejection = read(SAMPLES / "articles.csv")
    assert isinstance(article, Article)
    assert article.text.endswith("la foule l’a traversé.\n\nLes travaux ont duré huit mois.")
    assert (str(article.published), article.outlet) == ("2024-01-27", "Le Courrier d’essai")
    assert isinstance(rejection, Rejection) and rejection.source.endswith("articles.csv:3")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "Kopf,Inhalt\nEin Titel,Ein Text.\n"),
        ("a.json", '[{"Kopf": "Ein Titel", "Inhalt": "Ein Text."}]'),
        ("a.jsonl", '{"Kopf": "Ein Titel", "Inhalt": "Ein Text."}\n'),
        ("a.md", "---\nKopf: Ein Titel\n---\nEin Text."),
        ("a.txt", "Kopf: Ein Titel\n\nEin Text."),
    ],
)
def test_a_field_map_names_the_fields_of_a_stranger(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)
    [article] = articles_of(tmp_path / name, title="Kopf", text="Inhalt")
    assert (article.title, article.text) == ("Ein Titel", "Ein Text.")


def test_a_field_map_reaches_into_an_object(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"content": {"head": "T", "plain": "Some text."}}')
    [article] = articles_of(tmp_path / "a.jsonl", title="content.head", text="content.plain")
    assert (article.title, article.text) == ("T", "Some text.")


def test_a_letter_is_an_article_and_so_is_what_is_attached() -> None:
    letter, attached = articles_of(SAMPLES / "letter.eml")
    assert letter.title == "La lettre du matin : le pont de Malvèze"
    assert letter.outlet == "Le Courrier d’essai"
    assert str(letter.published) == "2024-01-27T07:00:00+01:00"
    assert letter.text == (
        "Le pont de Malvèze a rouvert samedi.\n\nIl était fermé depuis huit mois."
    )
    assert (attached.kind, attached.published) == ("opinion", None)
    assert attached.source.endswith("letter.eml!tribune.txt")


def test_a_press_review_is_an_article_for_each_entry_of_its_outline(tmp_path: Path) -> None:
    pages = [["Le pont rouvre", "Le pont a rou-", "vert samedi."], ["Le bac", "Il revient."]]
    write_pdf(tmp_path / "a.pdf", pages, ["Le pont rouvre", "Le bac"])
    bridge, ferry = articles_of(tmp_path / "a.pdf")
    assert (bridge.title, bridge.text) == ("Le pont rouvre", "Le pont a rouvert samedi.")
    assert (ferry.title, ferry.text) == ("Le bac", "Il revient.")
    assert (bridge.published, ferry.source[-7:]) == (None, "#page=2")


def test_a_scan_without_words_is_named(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", [[]], [])
    [rejection] = read(tmp_path / "a.pdf")
    assert isinstance(rejection, Rejection) and "holds no text" in rejection.reason


def test_a_word_printed_with_its_hyphen_elsewhere_keeps_it() -> None:
    printed = "Le porte-parole parle.\n\nUn porte-\nparole du gouver-\nnement se tait."
    mended = "Le porte-parole parle.\n\nUn porte-parole du gouvernement se tait."
    assert join_lines(printed) == mended


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_captures_are_read_page_by_page(tmp_path: Path, name: str) -> None:
    page = (SAMPLES / "story.html").read_bytes()
    bare = b"<p>Le bac est revenu samedi, a dit la mairie de Malv\xe8ze, apr\xe8s l'hiver.</p>" * 3
    pages = {
        "https://courrier.example/1": (page, "text/html"),
        "https://courrier.example/logo": (b"\x89PNG", "image/png"),
        "https://courrier.example/2": (bare, "text/html; charset=iso-8859-1"),
    }
    write_warc(tmp_path / name, pages)
    first, second = articles_of(tmp_path / name)
    assert first.byline == "Inès Vautrin"
    assert (second.url, "Malvèze, après" in second.text) == ("https://courrier.example/2", True)


def _zip(path: Path, files: list[Path]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, f"../../{file.name}")


def _tar(path: Path, files: list[Path]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for file in files:
            archive.add(file, f"/etc/{file.name}")


@pytest.mark.parametrize(("name", "pack"), [("a.zip", _zip), ("a.tgz", _tar)])
def test_an_archive_holds_any_of_these_and_writes_nothing(
    tmp_path: Path, name: str, pack: Callable[[Path, list[Path]], None]
) -> None:
    files = sorted(SAMPLES.iterdir())
    alone = [article.text for file in files for article in articles_of(file)]
    pack(tmp_path / name, files)
    packed = articles_of(tmp_path / name)
    assert [article.text for article in packed] == alone
    assert packed[0].source.startswith(f"{tmp_path / name}!")
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    "name", ["story.txt", "story.md", "story.html", "feed.rss", "item.ninjs.json", "letter.eml"]
)
def test_a_format_is_told_without_its_name_and_through_gzip(tmp_path: Path, name: str) -> None:
    alone = [article.text for article in articles_of(SAMPLES / name)]
    nameless, squeezed = tmp_path / "document", tmp_path / "document.gz"
    nameless.write_bytes((SAMPLES / name).read_bytes())
    squeezed.write_bytes(gzip.compress((SAMPLES / name).read_bytes()))
    assert [article.text for article in articles_of(nameless)] == alone
    assert [article.text for article in articles_of(squeezed)] == alone
