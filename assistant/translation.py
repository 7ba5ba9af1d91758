"""A model's translation beside a foreign quote: marked as its own, and held to the quote."""

import logging
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Translation
from assistant.checks import Checker, check_sentence
from assistant.checks.facts import lacks, read_facts
from assistant.evidence import Evidence
from assistant.language import question_language
from assistant.model import Model, ModelFailedError
from assistant.model.harmless import echoes, tidy
from assistant.prompting import LANGUAGES, mark_of
from assistant.query import Language
from ingest.copies import share_held
from ingest.passages import Passage
from prompts import read_prompt

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

log = logging.getLogger(__name__)

_LINE = re.compile(r"\s*(?:[-*•]\s*)?\[\s*(?P<mark>[0-9a-f]{5})\s*\]\s*:?\s*(?P<words>\S.*)")
_LONGEST = 2000  # characters of a line, for a model that goes in circles
_COPIED = 0.8  # of its words, from which a translation only repeats the quote


@dataclass(frozen=True, slots=True)
class Translator:
    """A chat model, and what its translations are checked with."""

    model: Model
    checker: Checker


def translate_quotes(growing: Iterable[Answer], translator: Translator) -> Generator[Answer]:
    """An answer as it grows, and once whole with its foreign quotes translated, one by one.

    Where the model has failed already it is not asked again; a quote whose translation does not
    hold to it stays as printed.
    """
    answer = None
    for answer in growing:
        yield answer
    if answer is None or answer.broken:
        return
    foreign = [one for one in answer.citations if one.article.language != answer.language]
    if foreign:
        yield from _translate(answer, foreign, translator)


def _translate(
    answer: Answer, foreign: Iterable[Citation], translator: Translator
) -> Iterator[Answer]:
    quotes = {mark_of(one.article.id, one.start): one for one in foreign}
    messages = _compose(quotes, answer.language)
    instructions = str(messages[0].content)
    try:
        with closing(translator.model.stream(messages)) as pieces:
            for line in _lines(pieces):
                answer = _add(answer, line, quotes, translator, instructions)
                yield answer
    except ModelFailedError as failure:
        log.warning("the model %s did not translate: %s", translator.model.name, failure)


def _compose(quotes: Mapping[str, Citation], language: Language) -> "list[BaseMessage]":
    from langchain_core.prompts import ChatPromptTemplate

    prompt = ChatPromptTemplate(
        [("system", read_prompt("translate.system")), ("human", read_prompt("translate.user"))]
    )
    return prompt.format_messages(
        language=LANGUAGES[language],
        example=next(iter(quotes)),
        quotations="\n".join(
            f'<quotation mark="{mark}">{escape(" ".join(one.quote.split()), quote=False)}'
            "</quotation>"
            for mark, one in quotes.items()
        ),
    )


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """Whole lines of what a model says, and "" while none is whole."""
    held = ""
    for piece in pieces:
        *whole, held = (held + piece).split("\n")
        yield from whole or [""]
        if len(held) > _LONGEST:
            raise ModelFailedError("cut", "a line does not end")
    yield held


def _add(
    answer: Answer,
    line: str,
    quotes: Mapping[str, Citation],
    translator: Translator,
    instructions: str,
) -> Answer:
    """The answer with the translation that a line holds, if it is one."""
    said = _LINE.fullmatch(line)
    citation = quotes.get(said["mark"]) if said else None
    if said is None or citation is None:
        return answer
    words = tidy(said["words"])
    if not words or echoes(words, instructions) or not _holds(words, citation, answer, translator):
        log.info("no translation of citation %d: %r", citation.number, words)
        return answer
    translated = replace(
        citation, translation=Translation(words, answer.language, translator.model.name)
    )
    citations = [translated if one.number == citation.number else one for one in answer.citations]
    return replace(answer, citations=tuple(citations))


def _holds(words: str, citation: Citation, answer: Answer, translator: Translator) -> bool:
    """Whether words say what a quote says, in the reader's language: no figure, date or name
    more, no figure or date less, and near to it in meaning."""
    language, article = answer.language, citation.article
    if question_language(words, "en" if language == "fr" else "fr") != language:
        return False
    if share_held(words, citation.quote) >= _COPIED:
        return False
    place = Passage(citation.start, citation.end)
    quoted = Evidence(1, article, place, 1.0, 1.0, citation.copies)
    checked = check_sentence(words, language, [quoted], translator.checker)
    told = read_facts(words, language, article.published)
    kept = not lacks(read_facts(citation.quote, article.language), told)
    return kept and not checked.faults and not checked.weak
