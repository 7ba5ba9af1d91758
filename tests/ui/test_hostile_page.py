"""What articles, models and readers write is text: in the page, on a terminal, as Markdown."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation, Searched, Sentence
from ingest.articles import Article
from tests.assistant.payloads import ACTIVE, NAUGHTY, UNSEEN
from ui.cards import render_evidence
from ui.conversation import Exchange, copy_text, render_exchange
from ui.markup import escape_markdown, safe_address
from ui.terminal import show_answer

FIELDS = ("title", "outlet", "byline", "url", "text", "model", "question")
ELEMENTS = frozenset(
    "section h2 h3 div p span a button article time blockquote mark details summary ul li".split()
)
PAYLOADS = [*ACTIVE, *NAUGHTY, *UNSEEN[:-1]]  # the last is half a character: no file holds it


class Effects(HTMLParser):
    """The elements of a page that are not ours, and the addresses it leads to."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.addresses: set[str] = set()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        acts = {name for name in names if name.startswith("on")} | names & {
            "src",
            "style",
            "srcset",
        }
        self.strange += [*acts, *({tag} - ELEMENTS)]
        self.addresses |= {value or "" for name, value in attrs if name == "href"}


def answered(field: str, payload: str) -> tuple[Answer, str]:
    """An answer with a payload in a field, and the question it answers."""
    given = {each: payload if field == each else "Rain" for each in FIELDS}
    text = f"It rained. {payload} fell." if field == "text" else "It rained."
    article = Article(
        "a",
        text,
        title=given["title"],
        outlet=given["outlet"],
        byline=given["byline"],
        url=given["url"],
    )
    citation = Citation(1, article, 0, len(text))
    model = f"m {payload}" if field == "model" else None
    answer = Answer(
        "en", "answered", (Sentence(text, (1,)),), (citation,), Searched(1, ("en",), "2024"), model
    )
    return answer, payload if field == "question" else "Why?"


@pytest.mark.parametrize("field", FIELDS)
def test_nothing_that_is_sent_to_a_browser_acts(field: str) -> None:
    for payload in PAYLOADS:
        answer, question = answered(field, payload)
        page = render_exchange(Exchange(question, answer, "done"), 1, "en")
        sent = Effects(page + render_evidence(answer, question, 1, "en"))
        assert sent.strange == [], payload
        ours = {"#source-1-1", "#mark-1-1", safe_address(answer.citations[0].article.url)}
        assert sent.addresses <= ours, payload


@pytest.mark.parametrize("field", FIELDS)
def test_nothing_that_is_printed_commands_a_terminal(
    field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for payload in PAYLOADS:
        answer, _ = answered(field, payload)
        show_answer([answer], as_json=False)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", capsys.readouterr().out), payload


def active(markdown: str) -> list[str]:
    """What a program that shows Markdown would make of some words besides text."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    every = [*tokens, *(child for token in tokens for child in token.children or ())]
    kinds = ("image", "link_open", "html_inline", "html_block")
    return [token.type for token in every if token.type in kinds]


_bits = st.lists(
    st.sampled_from(["[", "]", "(", ")", "!", "<", ">", "\\", ":", "`", "\n", " ", "a", "//e.x"])
    | st.sampled_from(ACTIVE)
).map("".join)


@given(_bits)
@example("![x](http://e.x)")
@example("\\![x\\](http://e.x)")
@example("[x]: http://e.x\n\n[x]")
def test_words_escaped_for_markdown_hold_no_image_link_or_html(text: str) -> None:
    assert active(escape_markdown(text)) == []


def test_ordinary_words_need_no_escape() -> None:
    said = "He said “5 < 6” [sic] on Monday. [1] [2]\n\n[1] The Quay, 2024. Talks (two)"
    assert escape_markdown(said) == said


@pytest.mark.parametrize("field", ("title", "outlet", "text"))
def test_a_copied_answer_can_be_told_as_markdown(field: str) -> None:
    for payload in PAYLOADS:
        copied = copy_text(answered(field, payload)[0])
        assert active(escape_markdown(copied)) == [], payload


def test_the_payloads_would_act_where_nothing_is_escaped() -> None:
    assert sum(bool(Effects(payload).strange) for payload in ACTIVE) > 20
    assert sum(bool(active(payload)) for payload in ACTIVE) > 30
    assert json.loads(json.dumps(PAYLOADS)) == PAYLOADS
