"""An answer grows by one written sentence, tied to the spans it rests on."""

import logging
import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.answer import Answer, Citation, Sentence
from assistant.checks import Checked, Checker, check_sentence
from assistant.evidence import Evidence

log = logging.getLogger(__name__)

_MARK = re.compile(r"\[\s*([0-9a-f]{5}(?:[\s,;]+[0-9a-f]{5})*)\s*\]")


def tie_sentence(
    answer: Answer, written: str, marks: Mapping[str, Evidence], checker: Checker
) -> Answer:
    """The answer with one sentence more, or one left out where no source supports it."""
    named = [mark for group in _MARK.findall(written) for mark in re.findall(r"[0-9a-f]{5}", group)]
    text = " ".join(re.sub(r"\[[^\]]*\]", "", written).split())
    rests_on = [marks[mark] for mark in dict.fromkeys(named) if mark in marks]
    if not text:
        return answer
    checked = check_sentence(text, answer.language, rests_on, checker) if rests_on else None
    if checked is None or checked.faults:
        log.info("left out for %s", checked.faults if checked else "want of a source")
        log.debug("left out: %r", text)  # INFO holds none of what readers are told
        return replace(answer, left_out=answer.left_out + 1)
    return _add(answer, text, checked)


def _add(answer: Answer, text: str, checked: Checked) -> Answer:
    """The answer with a checked sentence, its spans cited once each."""
    citations, numbers = list(answer.citations), []
    for one, span in ((support.evidence, support.span) for support in checked.supports):
        same = [c for c in citations if c.article.id == one.article.id and (c.start, c.end) == span]
        if not same:
            citations.append(Citation(len(citations) + 1, one.article, *span, copies=one.copies))
        numbers.append(same[0].number if same else len(citations))
    sentence = Sentence(text, tuple(dict.fromkeys(numbers)), checked.weak)
    return replace(answer, sentences=(*answer.sentences, sentence), citations=tuple(citations))
