"""What a chat model is asked: the question, and as much evidence as it can hold, as data."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from assistant.evidence import Evidence
from assistant.frames import source_line
from assistant.query import Language, Query
from prompts import read_prompt

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

REFUSAL = "NO ANSWER"
LANGUAGES: Final[dict[Language, str]] = {"en": "English", "fr": "French"}
_TOKEN = 2.5  # bytes of text; most tokens hold more, so that estimates err on the safe side
_KEPT_FREE = 1000  # tokens for the instructions and the answer


def mark_evidence(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    """Evidence by opaque marks: a number would invite the model to count on."""
    return {mark_of(one.article.id, one.passage.start): one for one in evidence}


def mark_of(article: str, start: int) -> str:
    """What words of an article are called before a model."""
    return hashlib.sha256(f"{article}:{start}".encode()).hexdigest()[:5]


def fit_evidence(evidence: Sequence[Evidence], context: int) -> list[Evidence]:
    """The best of the evidence, as much as a context of so many tokens holds; at least one."""
    room = (context - _KEPT_FREE) * _TOKEN
    sizes = accumulate(len(_as_data("00000", one).encode()) for one in evidence)
    return [one for one, size in zip(evidence, sizes, strict=True) if size <= room] or [
        *evidence[:1]
    ]


def compose_messages(query: Query, marks: Mapping[str, Evidence]) -> "list[BaseMessage]":
    """The messages that ask for an answer from marked evidence: instructions first."""
    from langchain_core.prompts import ChatPromptTemplate

    prompt = ChatPromptTemplate(
        [("system", read_prompt("answer.system")), ("human", read_prompt("answer.user"))]
    )
    return prompt.format_messages(
        language=LANGUAGES[query.language],
        example=next(iter(marks), "00000"),
        refusal=REFUSAL,
        today=query.today.isoformat(),
        passages="\n\n".join(_as_data(mark, one) for mark, one in marks.items()),
        question=query.text,
    )


def _as_data(mark: str, evidence: Evidence) -> str:
    """A passage fenced and labelled, so that its words stay data."""
    source = escape(f"{source_line(evidence.article, 'en')}: {evidence.article.title}")
    words = escape(evidence.text, quote=False)
    return f'<passage mark="{mark}" source="{source}">\n{words}\n</passage>'
