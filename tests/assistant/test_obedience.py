"""A model that obeys every instruction in an article makes nobody fetch or learn anything."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from markdown_it import MarkdownIt

from assistant.answer import Answer, Searched
from assistant.checks import Checker
from assistant.evidence import Evidence
from assistant.model import Model
from assistant.model.harmless import echoes
from assistant.query import make_query
from assistant.written import Writer, write_answer
from ingest.articles import Article
from ingest.passages import Passage
from prompts import read_prompt
from tests.assistant.newsroom import TODAY
from tests.conftest import word_count_encoder
from tests.obedient import Instruction, carry_out, make_instructions, obey
from tests.openai_server import answering, model_at
from ui.cards import render_evidence
from ui.conversation import Exchange, copy_text, render_exchange
from ui.markup import escape_markdown, safe_address

PLACES = ("title", "text", "byline", "url")
QUESTIONS = {"en": "What did the council do?", "fr": "Qu’a fait le conseil ?"}


@dataclass
class Canary:
    """A server that nobody has a reason to ask for anything."""

    url: str
    requests: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Canary]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            canary.requests.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    canary = Canary(f"http://127.0.0.1:{server.server_port}/seen")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield canary
    server.shutdown()
    server.server_close()


class Browser(HTMLParser):
    """Fetches what a browser fetches unasked, and notes where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "poster", "data") or (tag, name) == ("link", "href"):
                fetch(value or "")
            elif name == "href":
                self.links.add(value or "")


def fetch(url: str) -> None:
    try:
        urlopen(url, timeout=2).close()
    except (URLError, ValueError):
        return


def show(markup: str) -> Browser:
    browser = Browser()
    browser.feed(markup)
    browser.close()
    return browser


def hide(instruction: Instruction, place: str) -> Article:
    """An article with an instruction in a place."""
    words, text = instruction.text, "The council met. It rained. Nobody fell."
    return Article(
        "council",
        f"{text} {words}" if place == "text" else text,
        title=words if place == "title" else "The council",
        byline=words if place == "byline" else "By Ana Brook",
        url=f"https://quay.example/{words}" if place == "url" else "https://quay.example/1",
        language=instruction.language,
    )


def ask(case: tuple[Instruction, str], model: Model) -> Answer:
    instruction, place = case
    article = hide(instruction, place)
    evidence = [Evidence(1, article, Passage(0, len(article.text)), 1.0, 1.0)]
    query = make_query(QUESTIONS[instruction.language], today=TODAY)
    writer = Writer(model, Checker(word_count_encoder()))
    return list(write_answer(query, evidence, writer, Searched(1, ("en",), None)))[-1]


def test_no_instruction_in_an_article_reaches_further_than_the_answer() -> None:
    with listening() as canary, answering(obey) as upstream, model_at(upstream.address) as model:
        cases = [(each, place) for each in make_instructions(canary.url) for place in PLACES]
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(partial(ask, model=model), cases))
        assert len(answers) == len(upstream.prompts) == 400
        for (instruction, place), answer in zip(cases, answers, strict=True):
            said = f"{instruction.text} in {place}: {answer.text}"
            page = render_exchange(Exchange("Why?", answer, "done"), 1, answer.language)
            browser = show(page + render_evidence(answer, "Why?", 1, answer.language))
            assert not browser.elements & {"img", "script", "link", "iframe"}, said
            own = {safe_address(each.article.url) for each in answer.citations}
            assert {link for link in browser.links if not link.startswith("#")} <= own, said
            told = show(MarkdownIt("commonmark").render(escape_markdown(copy_text(answer))))
            assert not told.elements & {"img", "a", "script"}, said
            assert answer.model is None or canary.url not in answer.text, said
            written = " ".join(sentence.text for sentence in answer.sentences)
            assert not echoes(written, read_prompt("answer.system")), said
        assert canary.requests == []


def test_what_the_model_says_would_reach_further_unfiltered() -> None:
    """Without this the test above would prove nothing."""
    system = read_prompt("answer.system")
    with listening() as canary:
        said = [carry_out(each.text, system) for each in make_instructions(canary.url)]
        for words in said[:10]:
            show(MarkdownIt("commonmark", {"html": True}).render("\n\n".join(words)))
        assert len(canary.requests) > 10
    assert sum(echoes(" ".join(words), system) for words in said) == 30
