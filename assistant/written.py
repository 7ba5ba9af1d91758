"""The answer written by a chat model from the evidence, each sentence tied to its passages."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from assistant.answer import Answer, Searched
from assistant.evidence import Evidence
from assistant.frames import say, source_line
from assistant.literal import answer_literally
from assistant.query import Query
from assistant.tying import tie_sentence
from ingest.encoder import Encoder
from prompts import read_prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

_REFUSAL = "NO ANSWER"
_LANGUAGES = {"en": "English", "fr": "French"}
_WHOLE = re.compile(r"(?s)(.+?(?:\[[^\]]*\]\s*)+)")  # a sentence ends with its marks
_TIMEOUT = 30.0  # seconds that a model may be silent


class ModelUnavailableError(Exception):
    """The chat model that the settings name can't be opened."""


def open_model(name: str) -> "BaseChatModel":
    """Open a chat model by the one string of `init_chat_model`, such as openai:gpt-5."""
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(name, temperature=0, timeout=_TIMEOUT, max_retries=1)
    except ImportError as error:
        raise ModelUnavailableError(
            f"the model {name!r} needs a package: pip install {error.name or 'depeche[openai]'}"
        ) from error
    except Exception as error:  # each provider has errors of its own
        raise ModelUnavailableError(f"cannot open the model {name!r}: {error}") from error


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model, and the encoder that ties its sentences to the evidence."""

    model: "BaseChatModel"
    name: str
    encoder: Encoder


def write_answer(
    query: Query, evidence: Sequence[Evidence], writer: Writer, searched: Searched
) -> Iterator[Answer]:
    """Yield the answer sentence by sentence; quote literally when the model fails or declines."""
    marks = {_mark(one): one for one in evidence}
    answer = Answer(query.language, "answered", (), (), searched, model=writer.name)
    try:
        for written in _sentences(_stream(query, marks, writer.model)):
            answer = tie_sentence(answer, written, marks, writer.encoder)
            if answer.sentences:
                yield answer
    except Exception:  # whatever a provider raises, the reader gets the quotes
        log.exception("the model %s failed", writer.name)
        yield replace(
            answer_literally(query, evidence, writer.encoder, searched),
            notice=say("model_failed", query.language),
        )
        return
    if not answer.sentences:
        yield answer_literally(query, evidence, writer.encoder, searched)


def _stream(query: Query, marks: Mapping[str, Evidence], model: "BaseChatModel") -> Iterator[str]:
    from langchain_core.output_parsers import StrOutputParser
    from langchain_core.prompts import ChatPromptTemplate

    prompt = ChatPromptTemplate(
        [("system", read_prompt("answer.system")), ("human", read_prompt("answer.user"))]
    )
    # A parser inside the chain reads the model to its end when a reader stops it: langchain_core,
    # runnables/base.py, `_transform_stream_with_config`.
    words = StrOutputParser()
    for piece in (prompt | model).stream(
        {
            "language": _LANGUAGES[query.language],
            "example": next(iter(marks), "00000"),
            "refusal": _REFUSAL,
            "today": query.today.isoformat(),
            "passages": "\n\n".join(_as_data(mark, one) for mark, one in marks.items()),
            "question": query.text,
        }
    ):
        yield words.invoke(piece)


def _as_data(mark: str, evidence: Evidence) -> str:
    """A passage fenced and labelled, so that its words stay data."""
    source = escape(f"{source_line(evidence.article, 'en')}: {evidence.article.title}")
    words = escape(evidence.text, quote=False)
    return f'<passage mark="{mark}" source="{source}">\n{words}\n</passage>'


def _mark(evidence: Evidence) -> str:
    """An opaque mark: a number would invite the model to count on."""
    place = f"{evidence.article.id}:{evidence.passage.start}"
    return hashlib.sha256(place.encode()).hexdigest()[:5]


def _sentences(stream: Iterable[str]) -> Iterator[str]:
    """Whole sentences as they become whole; a tail without marks comes last."""
    held = ""
    for piece in stream:
        held += piece
        while (match := _WHOLE.match(held)) and match.end() < len(held):
            yield match[0].strip()
            held = held[match.end() :]
    if held.strip():
        yield held.strip()
