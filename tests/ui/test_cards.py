from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Searched, Sentence
from ingest.articles import Article
from ingest.dates import NewsDate
from ui.cards import render_card, render_evidence, render_quote, stressed_span, surroundings
from ui.markup import safe_address

TEXT = (
    "The talks began on Monday. Both sides sent experts.\n\n"
    "The commission will examine three factors. No date was given."
)
HOSTILE = "<img src=x onerror=alert(1)>\"'</mark></article><script>alert(1)</script>&lt;b&gt;"

pieces = st.sampled_from((HOSTILE, "<b>", "&amp;", "</mark>", "One day. ", "Deux jours ! ", "\n\n"))
strangers_text = st.lists(pieces | st.text(max_size=20), max_size=8).map("".join)


class Reading(HTMLParser):
    """The elements of a piece of HTML, its text, and the text inside <mark> and <strong>."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.text = self.marked = self.stressed = ""
        self._open: set[str] = set()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._open.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._open.discard(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if "mark" in self._open else ""
        self.stressed += data if "strong" in self._open else ""


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """A citation of any words of any text, with or without an answer inside them."""
    text = draw(strangers_text.filter(bool))
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    start, first, last, end = places
    answer = (first, last) if draw(st.booleans()) else None
    return Citation(1, Article("a", text, title=draw(strangers_text)), start, end, answer)


def quoting(**fields: str) -> Citation:
    article = Article("a", TEXT, title="Talks begin", published=NewsDate("2024-01"), **fields)  # type: ignore[arg-type]
    start = TEXT.index("The commission")
    return Citation(1, article, start, TEXT.index(" No date"))


@given(citations())
def test_a_rendered_quote_is_the_article_word_for_word(citation: Citation) -> None:
    text = citation.article.text
    before, after = surroundings(text, citation.start, citation.end)
    read = Reading(render_quote(citation))
    words = read.text.removeprefix("…\u00a0" if before else "")
    words = words.removesuffix("\u00a0…" if after < len(text) else "")
    assert words == text[before:after]
    assert set(read.elements) - {"strong"} == {"span", "mark"}


@given(citations())
def test_the_quote_is_marked_and_the_answering_words_are_stressed_in_it(
    citation: Citation,
) -> None:
    first, last = stressed_span(citation)
    read = Reading(render_quote(citation))
    assert read.marked == citation.quote
    assert read.stressed == citation.article.text[first:last]


def test_an_answer_that_is_not_within_its_quote_is_not_believed() -> None:
    quote = quoting()
    outside = Citation(1, quote.article, quote.start, quote.end, (0, 9))
    first, last = stressed_span(outside)
    assert first == last


@given(citations())
def test_a_quote_stands_among_its_neighbours(citation: Citation) -> None:
    before, after = surroundings(citation.article.text, citation.start, citation.end)
    assert before <= citation.start <= citation.end <= after


def test_a_whole_sentence_goes_before_a_quote_and_one_after() -> None:
    citation = quoting()
    assert surroundings(TEXT, citation.start, citation.end) == (0, len(TEXT))


def test_a_far_neighbour_is_left_out() -> None:
    text = "Far away. " + "Word " * 80 + "end. The quote. After."
    start = text.index("The quote.")
    assert surroundings(text, start, start + len("The quote.")) == (start, len(text))


@pytest.mark.parametrize("field", ["outlet", "url", "byline", "language", "kind", "status"])
def test_strangers_text_is_never_markup(field: str) -> None:
    usual = Reading(render_card(quoting(), 1, "en")).elements
    assert Reading(render_card(quoting(**{field: HOSTILE}), 1, "en")).elements == usual


def test_a_hostile_question_stays_text() -> None:
    answer = Answer("en", "answered", (Sentence("A.", (1,)),), (quoting(),), Searched(1, (), None))
    read = Reading(render_evidence(answer, HOSTILE, 1, "en"))
    assert HOSTILE in read.text
    assert {"img", "script"}.isdisjoint(read.elements)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=c&d", "http://[::1]:8000/", "HTTPS://example.org"],
)
def test_an_articles_own_address_is_linked(url: str) -> None:
    assert Reading(render_card(quoting(url=url), 1, "en")).attributes["href"][0] == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://example.org",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://good.example@evil.example/",
        "https:\\\\evil.example",
        "http://[broken",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_address_is_not(url: str) -> None:
    assert safe_address(url) is None


def test_a_card_says_who_printed_it_when_and_as_what() -> None:
    card = Reading(
        render_card(quoting(outlet="Le Monde", kind="opinion", status="corrected"), 1, "fr")
    )
    assert "Le Mondejanvier 2024opinioncorrigé" in card.text
    assert card.attributes["datetime"] == ["2024-01"]


def test_a_card_says_what_was_corrected_in_the_articles_own_words() -> None:
    quote = quoting(status="corrected", note="The commission has three members.", language="fr")
    card = Reading(render_card(quote, 1, "en"))
    assert "Correction: The commission has three members." in card.text
    assert card.attributes["lang"].count("fr") == 3  # its title, its quote, its note
    assert "Rectificatif\u00a0: The commission" in Reading(render_card(quote, 1, "fr")).text


@pytest.mark.parametrize("field", ["note", "remarks"])
def test_a_hostile_note_stays_text(field: str) -> None:
    card = Reading(render_card(quoting(**{field: HOSTILE}), 1, "en"))
    assert HOSTILE in card.text
    assert {"img", "script"}.isdisjoint(card.elements)
