"""The differences among an answer's citations, each told once, the newest value first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Difference, Value
from assistant.disagreement.claims import pair_claims
from assistant.disagreement.differing import find_difference
from assistant.query import Language
from ingest.encoder import Encoder
from ingest.tracing import span


@span("compare")
def find_differences(
    citations: Sequence[Citation], encoder: Encoder, language: Language, question: str = ""
) -> tuple[Difference, ...]:
    """On what independent citations differ, in the reader's language."""
    pairs = pair_claims(citations, encoder, question)
    found = (find_difference(pair, language) for pair in pairs)
    dates = {each.number: str(each.article.published or "") for each in citations}
    return tuple(_newest_first(each, dates) for each in _merge(filter(None, found)))


def tell_differences(
    growing: Iterable[Answer], encoder: Encoder, question: str
) -> Iterator[Answer]:
    """An answer as it grows, and once whole with the differences among its sources, if any."""
    answer = None
    for answer in growing:
        yield answer
    if answer is None or answer.status != "answered" or len(answer.citations) < 2:
        return
    if found := find_differences(answer.citations, encoder, answer.language, question):
        yield replace(answer, differences=found)


def _merge(found: Iterable[Difference]) -> list[Difference]:
    """Differences that have a value in common, as one."""
    merged: list[Difference] = []
    for each in found:
        same = next((one for one in merged if set(one.values) & set(each.values)), None)
        if same is None:
            merged.append(each)
            continue
        values = tuple(dict.fromkeys((*same.values, *each.values)))
        is_update = same.is_update and each.is_update
        merged[merged.index(same)] = Difference(values, is_update)
    return merged


def _newest_first(difference: Difference, dates: dict[int, str]) -> Difference:
    def date_of(value: Value) -> str:
        return dates[value.citation]

    return replace(difference, values=tuple(sorted(difference.values, key=date_of, reverse=True)))
