"""What a model says, as whole sentences with the marks of what they rest on."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.model.failure import ModelFailedError
from assistant.model.harmless import echoes, tidy
from ingest.sentences import split_sentences

TAKEN_OUT = "…"  # stands for a sentence that is not fit to be shown

_MARK = r"\[\s{0,3}[0-9a-f]{5}(?:[\s,;]{1,3}[0-9a-f]{5})*\s{0,3}\]"
_MARKS = re.compile(rf"\s*((?:{_MARK}\s*)+)")
_STOP = r"[.!?…]{1,3}[\s\u00a0\u202f]{0,2}[»”\"’')*]{0,4}"
# Words up to marks that end a sentence: behind its stop, before it, or at the end of a line. What
# follows must have begun, or more marks might come. Repeats are bounded to bound the time.
_RUN = re.compile(
    rf"(?s).+?(?:{_STOP}(?:\s{{0,3}}{_MARK})+(?:\s?{_STOP})?"
    rf"|(?:\s{{0,3}}{_MARK})+(?:\s?{_STOP}|[ \t]{{0,3}}\n))\s{{0,9}}(?=[^\s\[.!?…»”]|!\[)"
)
_REACH = 40  # characters that may lie between the last mark of a run and what follows it
_THOUGHT = re.compile(r"(?s).*</think(?:ing)?>\s*")
_LONGEST = 2000  # characters of a run; a longer one is no sentence but a loop
_AGAIN = 3  # times that a model may say the same before it is cut off


def hear_sentences(words: Iterable[str], prompt: str) -> Iterator[str]:
    """Yield sentences, each with its marks behind it, and "" while none is whole.

    A sentence that could do more than be read, or that repeats the prompt, is TAKEN_OUT.
    """
    said: Counter[str] = Counter()
    for run in _runs(words):
        before = " ".join(said)[-_REACH:]
        for text, marks in _split(run):
            if not text or echoes(f"{before} {text}", prompt):
                yield TAKEN_OUT
            elif said[text] == 0:
                yield f"{text} {marks}".strip()
            said[text] += bool(text)
            if said[text] > _AGAIN:
                raise ModelFailedError("cut", "it says the same again and again")
        if not run:
            yield ""


def _runs(words: Iterable[str]) -> Iterator[str]:
    """Stretches that end with marks, and "" between; how the words come in pieces is the same."""
    held = ""
    try:
        for piece in words:
            for letter in piece:
                run, held = _take_run(held + letter)
                if run:
                    yield run
            yield ""
    except ModelFailedError:
        if run := _take_run(f"{held}A")[0]:  # as if the next sentence began
            yield run
        raise
    if _thinks(held):
        raise ModelFailedError("failed", "its thoughts have no end")
    yield held


def _take_run(held: str) -> tuple[str, str]:
    """The run that has become whole, or nothing, and what is held further on."""
    if held.endswith(">"):
        held = _THOUGHT.sub("", held)
    if _thinks(held):
        return "", held
    if "]" in held[-_REACH:] and (run := _RUN.match(held)):
        return run[0], held[run.end() :]
    if len(held) > _LONGEST:
        raise ModelFailedError("cut", "a sentence does not end")
    return "", held


def _thinks(held: str) -> bool:
    return held[:_REACH].lstrip().startswith("<think")


def _split(run: str) -> Iterator[tuple[str, str]]:
    """The sentences of a run, tidy, with the marks that stand in or behind each."""
    plain, marked = _take_marks(run)
    spans = split_sentences(plain)
    for number, (start, end) in enumerate(spans, start=1):
        until = spans[number][0] if number < len(spans) else len(plain)
        marks = " ".join(marks for place, marks in marked if start < place <= until)
        if marks or re.search(r"[^\W\d_]", plain[start:end]):  # "1." is the head of a list
            yield tidy(plain[start:end]), marks


def _take_marks(run: str) -> tuple[str, list[tuple[int, str]]]:
    """The words of a run without marks, and each group of marks with its place in them."""
    plain, marked = "", []
    parts = _MARKS.split(run)
    for words, marks in zip(parts[::2], [*parts[1::2], ""], strict=True):
        plain += words if not plain or re.match(r"(?!!\[)[.,;:!?…»”)]", words) else f" {words}"
        if marks:
            marked.append((len(plain), " ".join(marks.split())))
    return plain, marked
