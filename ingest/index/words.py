"""The index of words: passages that hold the words of a question, by language, in tantivy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.index.meaning import Entry, Hit
from ingest.passages import passage_for_search
from ingest.periods import days_of
from ingest.scope import EVERYTHING, Scope
from ingest.tracing import span

# Languages whose words are reduced to their stems, by the name tantivy gives each.
_STEMMED = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_PLAIN = "plain"
_MEMORY = 64 * 2**20  # bytes that a writer may hold before it writes a segment
_LONGEST_WORD = 60  # characters; longer ones are addresses and noise


@dataclass(frozen=True, slots=True)
class Words:
    """An open lexical index; one process writes, any number read."""

    index: Any
    analyzers: dict[str, Any]

    def replace(self, article_numbers: Sequence[int], entries: Sequence[Entry]) -> None:
        """Take out every passage of some articles and add new ones, in one commit."""
        from tantivy import Query

        schema, writer = self.index.schema, self.index.writer(heap_size=_MEMORY, num_threads=1)
        for number in article_numbers:
            # Not by term: tantivy-py takes a bare number for a signed one, which matches nothing.
            writer.delete_documents_by_query(Query.term_query(schema, "article", number))
        for entry in entries:
            writer.add_document(_document(*entry))
        writer.commit()
        self.index.reload()  # found from here on: merging an archive's segments may take a while
        writer.wait_merging_threads()
        self.index.reload()

    def nearest(self, question: str, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Passages of one language that hold most of a question's words, with their BM25 score."""
        terms = self._terms(question, language)
        if not terms:
            return []
        query = self._query(terms, language, scope or EVERYTHING)
        searcher = self.index.searcher()
        found = searcher.search(query, count, count=False).hits
        return [(searcher.doc(address)["passage"][0], score) for score, address in found]

    def count(self) -> int:
        """Passages in all languages."""
        return int(self.index.searcher().num_docs)

    def passages(self) -> list[int]:
        """Numbers of all passages."""
        from tantivy import Query

        searcher, count = self.index.searcher(), self.count()
        found = searcher.search(Query.all_query(), max(1, count), count=False).hits
        return [searcher.doc(address)["passage"][0] for _, address in found]

    def _terms(self, question: str, language: str) -> list[str]:
        analyzer = self.analyzers[_analyzer_name(language)]
        return list(dict.fromkeys(analyzer.analyze(question)))

    def _query(self, terms: Sequence[str], language: str, scope: Scope) -> Any:
        from tantivy import Occur, Query

        schema, field = self.index.schema, "text_" + _analyzer_name(language)
        some = Query.boolean_query(
            [(Occur.Should, Query.term_query(schema, field, term)) for term in terms]
        )
        spoken = Query.term_query(schema, "language", language, "basic")
        # A field of its own holds one language; and asked for words alone tantivy skips more.
        asked = [*([] if language in _STEMMED else [spoken]), *self._held(scope)]
        held = [Query.const_score_query(each, 0) for each in asked]
        return Query.boolean_query([(Occur.Must, each) for each in (some, *held)]) if held else some

    def _held(self, scope: Scope) -> Iterator[Any]:
        """What a scope asks of passages, a query each."""
        from tantivy import FieldType, Query

        schema = self.index.schema
        if scope.period:
            first, last = scope.period.first_number, scope.period.last_number
            yield Query.range_query(schema, "last_day", FieldType.Integer, first, None)
            yield Query.range_query(schema, "first_day", FieldType.Integer, None, last)
        if scope.outlets is not None:
            yield Query.term_set_query(schema, "outlet", [*scope.outlets])
        if scope.kinds is not None:
            yield Query.term_set_query(schema, "kind", [*scope.kinds])


@span("open words")
def open_words(folder: Path) -> Words:
    """Open the lexical index in a folder, making it where none is."""
    from tantivy import Index

    folder.mkdir(parents=True, exist_ok=True)
    index = Index(_schema(), str(folder))
    analyzers = {name: _analyzer(stemmer) for name, stemmer in _analyzer_names()}
    for name, analyzer in analyzers.items():
        index.register_tokenizer(name, analyzer)
    index.reload()
    return Words(index, analyzers)


def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("passage", stored=True, indexed=True)
    builder.add_unsigned_field("article", indexed=True)
    builder.add_integer_field("first_day", indexed=True, fast=True)
    builder.add_integer_field("last_day", indexed=True, fast=True)
    for name in ("language", "outlet", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name, _ in _analyzer_names():
        builder.add_text_field("text_" + name, tokenizer_name=name, index_option="freq")
    return builder.build()


def _analyzer_names() -> list[tuple[str, str | None]]:
    return [*_STEMMED.items(), (_PLAIN, None)]


def _analyzer_name(language: str) -> str:
    return language if language in _STEMMED else _PLAIN


def _analyzer(stemmer: str | None) -> Any:
    """Words in lower case without diacritics, cut to their stem where one is known."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple())
    builder = builder.filter(Filter.remove_long(_LONGEST_WORD)).filter(Filter.lowercase())
    builder = builder.filter(Filter.ascii_fold())
    return (builder.filter(Filter.stemmer(stemmer)) if stemmer else builder).build()


def _document(*entry: Any) -> Any:
    from tantivy import Document

    passage, article, _ = entry
    first, last = days_of(article.published)
    document = Document()
    document.add_unsigned("passage", passage.number)
    document.add_unsigned("article", passage.article)
    document.add_integer("first_day", first)
    document.add_integer("last_day", last)
    document.add_text("language", article.language)
    document.add_text("outlet", article.outlet)
    document.add_text("kind", article.kind)
    field = "text_" + _analyzer_name(article.language)
    document.add_text(field, passage_for_search(article, passage.passage))
    return document
