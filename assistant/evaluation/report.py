"""Scores for machines and for people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.contract import Fields
from assistant.evaluation.marking import MEASURES
from assistant.evaluation.run import NO_ARTICLE
from assistant.evaluation.scores import GroupScores, Rate, Scores
from ingest.articles import Rejection

if TYPE_CHECKING:
    from rich.table import Table


def scores_as_json(scores: Scores, rejected: Sequence[Rejection] = ()) -> Fields:
    """Scores as `depeche eval --json` prints them."""
    return {
        **_group_as_json(scores.total),
        "by_question_language": _groups_as_json(scores.languages),
        "by_languages": _groups_as_json(scores.pairs),
        "missing": list(scores.missing),
        "rejected": [asdict(rejection) for rejection in rejected],
    }


def as_table(scores: Scores) -> "Table":
    """Scores as a terminal shows them: a row a measure, a column a group of questions."""
    from rich import box
    from rich.table import Table

    groups = _columns(scores)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    for name in groups:
        table.add_column(name, justify="right", no_wrap=True)
    for label, cells in _rows(list(groups.values())):
        if any(cells):
            table.add_row(label, *cells)
    return table


def _rows(groups: Sequence[GroupScores]) -> Iterator[tuple[str, list[str]]]:
    yield "questions", [str(group.questions) for group in groups]
    for measure in MEASURES:
        rates = [group.rates.get(measure) for group in groups]
        label = measure.replace(".", " ").replace("_", " ")
        yield label, [_rate(rates[0], sure=True), *(_rate(one, sure=False) for one in rates[1:])]
    yield "told apart (area)", [_number(group.separation) for group in groups]
    yield "median ms", [f"{group.median:.0f}" for group in groups]
    yield "p95 ms", [f"{group.p95:.0f}" for group in groups]


def _group_as_json(group: GroupScores) -> Fields:
    sections: dict[str, Fields] = defaultdict(dict)
    for measure in MEASURES:
        section, name = measure.split(".")
        found = group.rates.get(measure)
        sections[section][name] = _rounded(found) if found else None
    return {
        "questions": group.questions,
        **sections,
        "separation": group.separation and round(group.separation, 4),
        "milliseconds": {"median": round(group.median, 2), "p95": round(group.p95, 2)},
    }


def _groups_as_json(groups: Mapping[str, GroupScores]) -> Fields:
    return {name: _group_as_json(group) for name, group in groups.items()}


def _rounded(found: Rate) -> Fields:
    return {
        "value": round(found.value, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "questions": found.questions,
    }


def _columns(scores: Scores) -> dict[str, GroupScores]:
    """All questions, then those of each language, then each pair that has an article."""
    pairs = {
        name.replace("-", "→"): group
        for name, group in scores.pairs.items()
        if not name.endswith(NO_ARTICLE)
    }
    return {"all": scores.total, **scores.languages, **pairs}


def _rate(found: Rate | None, *, sure: bool) -> str:
    if found is None:
        return ""
    interval = f" [dim]{_number(found.low)}–{_number(found.high)}[/dim]" if sure else ""
    return _number(found.value) + interval


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace("0.", ".")
