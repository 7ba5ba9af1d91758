"""depeche doctor --profile: where the time of answers goes, and what memory and disk they take."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from typing import TYPE_CHECKING

from assistant.assistant import Assistant, opened_assistant
from assistant.settings import Settings
from assistant.times import today_in
from ingest.dates import utc_now
from ingest.footprint import disk_by_part, held_memory
from ingest.latest import latest_articles
from ingest.tracing import listening
from ui.opening import open_page
from ui.options import counted

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

_ASKED = 8  # questions of its own at most
_ROOT = "answer"
_OPENS = "open "  # what spans begin with that bring something into memory


@dataclass(frozen=True, slots=True)
class Stage:
    """What a part of answering takes of a question, without the parts within it."""

    name: str
    milliseconds: float
    share: float  # of the whole answer


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in memory once something was done."""

    after: str
    memory: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Where answers leave time, memory and disk; stages are means over all but the first answer."""

    questions: tuple[str, ...]
    first: float  # milliseconds: what opens with the first question is in it
    median: float
    slowest: float
    stages: tuple[Stage, ...]  # the longest first
    memory: tuple[Held, ...]
    disk: dict[str, int]  # bytes by part, of what is in the folder

    @property
    def lines(self) -> list[str]:
        """The same for people, as a table."""
        asked = counted(len(self.questions), "question")
        times = f"{self.median:.0f} ms in the middle, {self.slowest:.0f} at most"
        before = (0, *(each.memory for each in self.memory))
        stages = (
            f"{one.name:<22}{one.milliseconds:>9.1f} ms{one.share:>7.0%}" for one in self.stages
        )
        return [
            f"answers   {asked}: {times}; the first took {self.first:.0f} ms",
            *_labelled("time", stages),
            *_labelled("memory", map(_say_held, self.memory, before)),
            *_labelled(
                "takes", (f"{name:<22}{_mb(size):>9} MB" for name, size in self.disk.items())
            ),
        ]


def profile_alone(settings: Settings, questions: Sequence[str]) -> Profile:
    """Profile in a process of its own, whose memory holds nothing else."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(profile, settings, tuple(questions)).result()


def profile(settings: Settings, questions: Sequence[str] = ()) -> Profile:
    """Answer questions, those given or some about the archive's own articles, and watch."""
    spans: list[ReadableSpan] = []
    memory = [Held("libraries", held_memory())]

    def hear(span: "ReadableSpan") -> None:
        spans.append(span)
        if span.name.startswith(_OPENS):
            memory.append(Held(span.name.removeprefix(_OPENS), held_memory()))

    with listening(hear), opened_assistant(settings) as assistant:
        asked = tuple(questions) or starters(assistant)
        today = today_in(settings.timezone, utc_now())
        for number, question in enumerate(asked, start=1):
            deque(assistant.ask(question, today=today), maxlen=0)
            if number in (1, len(asked)):
                memory.append(Held(counted(number, "answer"), held_memory()))
        disk = disk_by_part(settings.site, assistant.archive.ledger)
    return _profile_of(asked, list(_answers(spans)), memory, disk)


def _labelled(label: str, lines: Iterable[str]) -> list[str]:
    return [f"{label if place == 0 else '':<10}{line}" for place, line in enumerate(lines)]


def _say_held(held: Held, before: int) -> str:
    return f"{held.after:<22}{_mb(held.memory):>9} MB{_mb(held.memory - before):>9} more"


def _mb(size: int) -> str:
    return f"{size / 2**20:,.1f}"


def starters(assistant: Assistant) -> tuple[str, ...]:
    """Questions that the page begins with, or titles where it has none."""
    pages = (open_page(assistant, language).questions for language in ("en", "fr"))
    suggested = [question for questions in pages for question in questions]
    ledger = assistant.archive.ledger
    latest = latest_articles(ledger, _ASKED, assistant.archive.clock())
    held = latest or list(ledger.articles(ledger.article_numbers()[:_ASKED]).values())
    titles = (article.title or article.text[:80] for article in held)
    return tuple(dict.fromkeys(suggested or titles))[:_ASKED]


def _answers(spans: Iterable["ReadableSpan"]) -> Iterator[list["ReadableSpan"]]:
    """The spans of each answer, in the order in which the answers were whole."""
    traces: dict[int, list[ReadableSpan]] = defaultdict(list)
    for span in spans:
        traces[span.context.trace_id].append(span)
        if span.name == _ROOT:
            yield traces.pop(span.context.trace_id)


def _profile_of(
    asked: Sequence[str],
    answers: Sequence[Sequence["ReadableSpan"]],
    memory: Sequence[Held],
    disk: dict[str, int],
) -> Profile:
    whole = [_milliseconds(spans[-1]) for spans in answers]
    usual = answers[1:] or answers
    taken = sum((own_times(spans) for spans in usual), Counter[str]())
    stages = [
        Stage(name, time / len(usual), time / taken.total()) for name, time in taken.most_common()
    ]
    times = whole[1:] or whole
    return Profile(
        tuple(asked), whole[0], median(times), max(times), tuple(stages), tuple(memory), disk
    )


def own_times(spans: Sequence["ReadableSpan"]) -> Counter[str]:
    """Milliseconds of each stage of an answer, without the stages within it."""
    times = {span.context.span_id: _milliseconds(span) for span in spans}
    own = dict(times)
    for span in spans:
        if span.parent and span.parent.span_id in times:
            own[span.parent.span_id] -= times[span.context.span_id]
    found: Counter[str] = Counter()
    for span in spans:
        language = (span.attributes or {}).get("language", "")
        name = "everything else" if span.name == _ROOT else f"{span.name} {language}".strip()
        found[name] += own[span.context.span_id]
    return found


def _milliseconds(span: "ReadableSpan") -> float:
    return ((span.end_time or 0) - (span.start_time or 0)) / 1e6
