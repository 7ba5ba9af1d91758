"""Answers, passages and reports on a terminal, or as JSON for machines."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from assistant.answer import Answer, Citation
from assistant.contract import answer_as_json, search_as_json
from assistant.dating import say_period, say_reach, say_window
from assistant.disagreement.telling import say_differences
from assistant.evidence import Evidence
from assistant.frames import name_article, say, source_line
from assistant.notes import notes_on
from assistant.query import Language, Query
from ingest.intake import Progress as Step
from ingest.intake import Report
from ui.options import counted

_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)])
_LISTED = 20  # rejections and remarks shown; all of them are in the ledger and in --json


@contextmanager
def showing_progress() -> Iterator[Callable[[Step], None]]:
    """A bar on standard error: files, passages a second, time left."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files · {task.fields[rate]} passages/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=None, rate="–")

        def notify(step: Step) -> None:
            rate = f"{step.passages / step.seconds:.0f}" if step.passages else "–"
            bar.update(task, total=step.files, completed=step.files_done, rate=rate)

        yield notify


@contextmanager
def showing_count(title: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error that is told how many are done, of how many."""
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TextColumn(unit))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_report(report: Report, *, as_json: bool) -> None:
    """What an ingest did."""
    if as_json:
        fields = asdict(report)
        print_json({**fields, "rejected": [asdict(each) for each in report.rejected]})
        return
    console = Console(stderr=True, highlight=False)
    left_out = [f"left out  {each.source}: {each.reason}" for each in report.rejected]
    remarks = [f"odd       {each.source}: {each.remark}" for each in report.remarks]
    for lines in (left_out, remarks):
        for line in lines[:_LISTED]:
            console.print(Text(_seen(line), style="yellow"), soft_wrap=True)
        if len(lines) > _LISTED:
            console.print(f"          … and {len(lines) - _LISTED} more: see --json")
    console.print(_summary(report), soft_wrap=True)


def _summary(report: Report) -> str:
    written = report.added + report.updated + report.withdrawn
    did = (
        f"{report.added} added, {report.updated} updated, {report.withdrawn} withdrawn, "
        f"{report.unchanged} unchanged, {len(report.rejected)} left out"
        if written
        else f"Nothing new: {report.unchanged} unchanged, {len(report.rejected)} left out"
    )
    held = f"{counted(report.articles, 'article')} in {counted(report.passages, 'passage')}"
    waits = "" if report.indexed else " The running server takes them up within seconds."
    return f"{did}. The archive holds {held} ({report.seconds:.1f} s).{waits}"


def show_passages(query: Query, evidence: Sequence[Evidence], *, as_json: bool) -> None:
    """Passages in the order of their rank, under the days they were sought in."""
    if as_json:
        print_json(search_as_json(evidence))
        return
    console = Console(highlight=False)
    if query.times.window:
        console.print(Text(f"{say_window(query.times.window, query.language)}\n", style="dim"))
    if query.period and evidence and not query.period.covers(evidence[0].article.published):
        outside = say("outside", query.language, days=say_period(query.period, query.language))
        console.print(Text(f"{outside}\n", style="yellow"))
    for one in evidence:
        head = Text(f"{one.number:>2}  ", style="bold")
        head.append(_seen(one.article.title), style="bold")
        head.append(_seen(f"  {source_line(one.article, 'en')}"))
        console.print(head)
        console.print(Padding(Text(_seen(one.text)), (0, 0, 1, 4)))


def show_answer(stream: Iterable[Answer], *, as_json: bool) -> None:
    """An answer with its sources; the words of articles stand out from ours."""
    answers = list(stream)
    if as_json:
        print_json(answer_as_json(answers[-1]))
        return
    console = Console(highlight=False)
    answer = answers[-1]
    for line in _understood(answer):
        console.print(Text(_seen(f"{line}\n"), style="dim"))
    console.print(_say_sentences(answer))
    console.print()
    for citation in answer.citations:
        _show_source(citation, answer.language, console)
    for remark in filter(None, (*say_differences(answer), answer.notice, *answer.remarks)):
        console.print(Text(_seen(remark), style="yellow"))
    if reach := say_reach(answer, answer.language):
        console.print(Text(_seen(reach), style="dim"))


def _show_source(citation: Citation, language: Language, console: Console) -> None:
    """Where a quote stands, its translation where a model made one, and notes on its article."""
    named = name_article(citation.article, language, citation.copies)
    head = Text(_seen(f"[{citation.number}] {named}"))
    head.stylize("italic", len(head) - len(_seen(citation.article.title)))
    console.print(head)
    if made := citation.translation:
        label = say("translated", language, model=made.model)
        console.print(Padding(Text(_seen(f"{label} {made.text}"), style="dim"), (0, 0, 0, 4)))
    for note in notes_on(citation.article, language):
        console.print(Padding(Text(_seen(str(note)), style="yellow"), (0, 0, 0, 4)))
    if citation.article.url:
        console.print(Padding(Text(_seen(citation.article.url), style="dim"), (0, 0, 0, 4)))


def _understood(answer: Answer) -> list[str]:
    """What was searched for and in which days, where the question did not say it so."""
    asked, window = answer.searched_for, answer.window
    return [
        *([say("searched_for", answer.language, question=asked)] if asked else []),
        *([say_window(window, answer.language)] if window else []),
    ]


def _say_sentences(answer: Answer) -> Text:
    """The text of an answer, with a word after each sentence that its sources hardly support."""
    remark = f" ({say('weak', answer.language)})"
    said = [
        Text.assemble(_seen(str(each)), (remark if each.weak else "", "yellow"))
        for each in answer.sentences
    ]
    return Text("\n\n" if answer.model is None else " ").join(said)


def _seen(text: str) -> str:
    """Words without the characters that a terminal obeys."""
    return text.translate(_CONTROLS)


def print_json(value: object) -> None:
    """JSON alone on standard output, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
