"""The answer written by a chat model from the evidence, each sentence tied to its passages."""

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from assistant.answer import Answer, Searched
from assistant.checks import Checker
from assistant.evidence import Evidence
from assistant.frames import say, say_left_out
from assistant.literal import answer_literally
from assistant.model import Model, ModelFailedError
from assistant.model.speech import hear_sentences
from assistant.prompting import REFUSAL, compose_messages, fit_evidence, mark_evidence
from assistant.query import Query
from assistant.tying import tie_sentence
from ingest.tracing import spanned

log = logging.getLogger(__name__)

_BEAT = 0.2  # seconds after which the same answer is yielded again


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model, and what ties its sentences to the evidence."""

    model: Model
    checker: Checker


@spanned("write")
def write_answer(
    query: Query, evidence: Sequence[Evidence], writer: Writer, searched: Searched
) -> Generator[Answer]:
    """Yield the answer as it grows; quote literally when the model fails or declines.

    While the model says nothing the same answer is yielded now and then, without a sentence at
    first: so that its reader can stop it at any time.
    """
    marks = mark_evidence(fit_evidence(evidence, writer.model.limits.context))
    answer = Answer(query.language, "answered", (), (), searched, model=writer.model.name)
    notice, broken = "", False
    shown = monotonic()
    try:
        for sentence in _sentences(query, marks, writer.model):
            before = answer
            answer = tie_sentence(answer, sentence, marks, writer.checker) if sentence else answer
            if answer is not before or monotonic() - shown > _BEAT:
                yield answer
                shown = monotonic()
    except ModelFailedError as failure:
        log.warning("the model %s: %s", writer.model.name, failure)
        notice, broken = say(_notice(failure, answer), query.language), True
    notice = " ".join(filter(None, (notice, _say_left_out(answer))))
    if not answer.sentences:
        answer = answer_literally(query, evidence, writer.checker.encoder, searched)
    if notice or answer.model is None:
        yield replace(answer, notice=notice, broken=broken)


def _notice(failure: ModelFailedError, answer: Answer) -> str:
    """What to say of a failure: only an answer that has begun can break off."""
    if answer.sentences:
        return "model_cut"
    return "model_failed" if failure.kind == "cut" else f"model_{failure.kind}"


def _say_left_out(answer: Answer) -> str:
    if not answer.left_out:
        return ""
    if not answer.sentences:
        return say("left_all_out", answer.language)
    return say_left_out(answer.left_out, answer.language)


def _sentences(query: Query, marks: Mapping[str, Evidence], model: Model) -> Iterator[str]:
    """What the model says to all of the evidence, or to the better half where that is too long."""
    try:
        yield from _hear(query, marks, model)
    except ModelFailedError as failure:
        if failure.kind != "too_long" or len(marks) == 1:
            raise
        yield from _hear(query, dict([*marks.items()][: len(marks) // 2]), model)


def _hear(query: Query, marks: Mapping[str, Evidence], model: Model) -> Iterator[str]:
    messages = compose_messages(query, marks)
    instructions = str(messages[0].content)
    for sentence in hear_sentences(model.stream(messages), instructions):
        yield "" if sentence.startswith(REFUSAL) else sentence
