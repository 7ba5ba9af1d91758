"""Cut an article into passages that know where they stand in its text."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.articles import Article
from ingest.sentences import Span, split_sentences

SENTENCES = 3  # in a passage
STEP = 1  # sentences from one passage to the next: each sentence opens one
LONGEST = 1200  # characters of a passage; a sentence longer than that is cut at white space


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences of an article: `article.text[start:end]`."""

    start: int
    end: int


def cut_passages(text: str) -> list[Passage]:
    """Passages of a text in order; together they cover every sentence."""
    spans = [piece for span in split_sentences(text) for piece in _shorten(text, span)]
    starts = range(0, max(1, len(spans) - (SENTENCES - STEP)), STEP)
    windows = (spans[start : start + SENTENCES] for start in starts if spans)
    return [passage for window in windows for passage in _join(window)]


def _join(window: list[Span]) -> Iterator[Passage]:
    """One passage, or several where three sentences are longer than a passage may be."""
    start, end = window[0]
    for span in window[1:]:
        if span[1] - start > LONGEST:
            yield Passage(start, end)
            start = span[0]
        end = span[1]
    yield Passage(start, end)


def _shorten(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > start else start + LONGEST
        yield start, cut
        start = cut + 1 if space > start else cut
    if start < end:
        yield start, end


def passage_for_search(article: Article, passage: Passage) -> str:
    """What is encoded and indexed: the title gives a passage its subject."""
    words = article.text[passage.start : passage.end]
    return f"{article.title}. {words}" if article.title_printed else words
