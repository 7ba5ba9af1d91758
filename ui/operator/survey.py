"""Everything that the operator's page tells of the archive, at one moment."""

from dataclasses import dataclass
from datetime import date

from assistant.assistant import Assistant
from ingest.condition import Condition, condition_of
from ingest.coverage import Holding, Issue, holdings_by_outlet, issues_between
from ingest.rejected import Rejected, rejected_sources
from ingest.repeated import Copying, count_copying
from ingest.runs import Run, last_run
from ui.operator.period import Period, choose_period, newest_day
from ui.operator.questions import Unanswered, Verdicts, find_unanswered, read_verdicts
from ui.settings import ServerSettings

_STORIES = 5
_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class Minds:
    """What answers: each by its name."""

    model: str | None
    resting: float  # seconds for which the model is left alone after failures
    encoder: str
    runs_as: str
    reader: str | None


@dataclass(frozen=True, slots=True)
class Survey:
    """How the archive is, and how it serves its readers."""

    period: Period
    newest: date
    held: tuple[Holding, ...]
    issues: tuple[Issue, ...]  # of the period, and of one before it that tells what is usual
    run: Run | None
    rejected: tuple[Rejected, ...]  # the last first
    copying: Copying
    unanswered: tuple[Unanswered, ...] | None  # None: the settings keep them from operators
    verdicts: Verdicts
    condition: Condition
    minds: Minds


def take_survey(
    assistant: Assistant,
    settings: ServerSettings,
    drafts: str,
    asked: tuple[int, date | None],
    today: date,
) -> Survey:
    """Look at everything now."""
    archive, ledger = assistant.archive, assistant.archive.ledger
    held = tuple(holdings_by_outlet(ledger))
    newest = newest_day(held, today)
    period = choose_period(*asked, newest)
    shows = settings.show_questions
    return Survey(
        period=period,
        newest=newest,
        held=held,
        issues=tuple(issues_between(ledger, period.moved(-1).first, period.last)),
        run=last_run(ledger),
        rejected=tuple(reversed(rejected_sources(ledger))),
        copying=count_copying(ledger, _STORIES),
        unanswered=tuple(find_unanswered(ledger, _QUESTIONS)) if shows else None,
        verdicts=read_verdicts(drafts, _QUESTIONS if shows else 0),
        condition=condition_of(archive, settings.archive),
        minds=_minds_of(assistant),
    )


def _minds_of(assistant: Assistant) -> Minds:
    model, encoder = assistant.model, assistant.archive.encoder
    return Minds(
        model.name if model else None,
        model.breaker.resting if model else 0.0,
        encoder.name,
        encoder.runs_as,
        assistant.reader.name if assistant.reader else None,
    )
