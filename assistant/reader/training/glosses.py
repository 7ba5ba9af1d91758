"""English examples in French words, by Apertium's rules: clumsy, but the answer stays marked."""

import json
import logging
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import escape, unescape
from pathlib import Path

from assistant.reader.training.examples import Example
from ingest.encoder.training.glosses import AUXILIARY, TO_FRENCH, mend

log = logging.getLogger(__name__)

_BREAK = "<hr>"  # between texts; tags go through the rules untouched
_ANSWER = re.compile(r"<b>(.*?)</b>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def gloss_examples(examples: Sequence[Example], path: Path) -> list[Example | None]:
    """Each example with question, title and passage in French; None where the answer was lost.

    Kept in a file; nothing but None without Apertium.
    """
    if not path.exists():
        if shutil.which("apertium") is None:
            log.warning("apertium is not installed: the reader sees no glossed passages")
            return [None] * len(examples)
        path.write_text(json.dumps(_translate(examples)), encoding="utf-8")
    texts: list[str] = json.loads(path.read_text(encoding="utf-8"))
    parts = zip(texts[::3], texts[1::3], texts[2::3], examples, strict=True)
    return [_read(question, title, passage, one) for question, title, passage, one in parts]


def _translate(examples: Sequence[Example]) -> list[str]:
    texts = [
        text
        for one in examples
        for text in (
            escape(AUXILIARY.sub("", one.question, count=1)),
            escape(one.title),
            _marked(one),
        )
    ]
    lines = f"{_BREAK}\n".join(text.replace("\n", " ") for text in texts)
    for step in TO_FRENCH:
        command = ["apertium", "-f", "html-noent", "-u", step]
        lines = subprocess.run(  # noqa: S603  # a fixed command; the texts are its input alone
            command, input=lines, capture_output=True, encoding="utf-8", check=True
        ).stdout
    return lines.split(_BREAK)


def _marked(example: Example) -> str:
    if example.answer is None:
        return escape(example.passage)
    start, end = example.answer
    before, answer, after = (
        escape(part)
        for part in (example.passage[:start], example.passage[start:end], example.passage[end:])
    )
    return f"{before}<b>{answer}</b>{after}"


def _read(question: str, title: str, passage: str, example: Example) -> Example | None:
    texts = [" ".join(unescape(_TAG.sub("", part)).split()) for part in (question, title)]
    folded = " ".join(passage.split())
    plain = unescape(_TAG.sub("", folded))
    if example.answer is None:
        return Example(mend(texts[0]), texts[1], plain, None)
    marked = _ANSWER.search(folded)
    if marked is None or not marked[1].strip():
        return None
    answer = unescape(_TAG.sub("", marked[1])).strip()
    start = plain.find(answer, max(0, len(unescape(_TAG.sub("", folded[: marked.start()]))) - 1))
    if start < 0:
        return None
    return Example(mend(texts[0]), texts[1], plain, (start, start + len(answer)))
