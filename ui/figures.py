"""Figures for whoever watches the server, in the form Prometheus reads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted; no name of a reader and no word of a question."""

    registry: "CollectorRegistry"
    requests: "Counter"
    questions: "Counter"
    seconds: "Histogram"
    first_words: "Histogram"
    running: "Gauge"
    articles: "Gauge"

    def printed(self) -> bytes:
        """All of them as text."""
        from prometheus_client import generate_latest

        return generate_latest(self.registry)


def open_figures() -> Figures:
    """Figures of one server, all at zero."""
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

    registry = CollectorRegistry()

    def histogram(name: str, said: str) -> Histogram:
        return Histogram(name, said, ["door"], registry=registry, buckets=_SECONDS)

    return Figures(
        registry,
        requests=Counter("depeche_requests", "Requests.", ["method", "status"], registry=registry),
        questions=Counter("depeche_questions", "Questions.", ["door", "status"], registry=registry),
        seconds=histogram("depeche_answer_seconds", "From a question to its whole answer."),
        first_words=histogram("depeche_first_words_seconds", "From a question to first words."),
        running=Gauge("depeche_answers_running", "Answers that grow just now.", registry=registry),
        articles=Gauge("depeche_articles", "Articles that may be quoted.", registry=registry),
    )
