"""Spans: what took how long, for a profile of an archive or a collector of traces.

No span carries words of a question, of an article or of an error.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from urllib.parse import urlsplit

from opentelemetry import trace
from opentelemetry.trace import Span, StatusCode

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider

_PATIENCE = 2.0  # seconds that a collector may take for a batch: nobody waits longer at an end

_tracer = trace.get_tracer("depeche")  # does nothing until somebody listens

Fact = str | int | float
Given = ParamSpec("Given")
Item = TypeVar("Item")


class TracesUnavailableError(Exception):
    """Spans can't be sent, with what to do about it."""


@contextmanager
def span(name: str, **facts: Fact) -> Iterator[None]:
    """A span of the block, or of a function that it decorates."""
    started = _tracer.start_as_current_span(
        name, attributes=facts, record_exception=False, set_status_on_exception=False
    )
    with started as opened, _naming_failure(opened):
        yield


def spanning(
    name: str, steps: Generator[Item, None, None], **facts: Fact
) -> Generator[Item, None, None]:
    """Steps as they come, in one span from the first to the last.

    Several threads may take them, one after the other: the span is current within each step alone.
    """
    opened = _tracer.start_span(name, attributes=facts)
    try:
        with closing(steps), _naming_failure(opened):
            while True:
                with trace.use_span(opened, record_exception=False, set_status_on_exception=False):
                    try:
                        step = next(steps)
                    except StopIteration:
                        return
                yield step
    finally:
        opened.end()


def spanned(
    name: str,
) -> Callable[
    [Callable[Given, Generator[Item, None, None]]], Callable[Given, Generator[Item, None, None]]
]:
    """Make what a generator function yields the steps of a span."""

    def decorate(
        make: Callable[Given, Generator[Item, None, None]],
    ) -> Callable[Given, Generator[Item, None, None]]:
        @wraps(make)
        def made(*values: Given.args, **named: Given.kwargs) -> Generator[Item, None, None]:
            return spanning(name, make(*values, **named))

        return made

    return decorate


def note(**facts: Fact) -> None:
    """Add facts to the span that is current."""
    trace.get_current_span().set_attributes(facts)


@contextmanager
def listening(hear: "Callable[[ReadableSpan], None]") -> Iterator[None]:
    """Hear every span that ends in this process while the block lasts."""
    from opentelemetry.sdk.trace import SpanProcessor

    class Listener(SpanProcessor):
        attends = True

        def on_end(self, span: "ReadableSpan") -> None:
            if self.attends:
                hear(span)

        def shutdown(self) -> None:
            self.attends = False

    with _processing(Listener()):
        yield


@contextmanager
def sending(address: str) -> Iterator[None]:
    """Send spans to a collector by OTLP over HTTP while the block lasts; "" sends none.

    What OpenTelemetry's own variables say holds: OTEL_EXPORTER_OTLP_HEADERS for a token, say.
    """
    if not address:
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ModuleNotFoundError as error:
        raise TracesUnavailableError(
            "the setting traces needs its exporter: pip install 'depeche[traces]'"
        ) from error
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    exporter = OTLPSpanExporter(f"{address.rstrip('/')}/v1/traces", timeout=_PATIENCE)
    with _processing(BatchSpanProcessor(exporter)):
        yield


def check_collector(said: str) -> str:
    """A collector's address as it is; ValueError where it is none."""
    parts = urlsplit(said)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{said!r} is no collector: name one such as http://collector:4318")
    return said


@contextmanager
def _processing(processor: "SpanProcessor") -> Iterator[None]:
    _provider().add_span_processor(processor)
    try:
        yield
    finally:
        processor.shutdown()


def _provider() -> "TracerProvider":
    """What makes the spans of this process: OpenTelemetry lets it be set but once."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    held = trace.get_tracer_provider()
    if not isinstance(held, TracerProvider):
        held = TracerProvider(resource=Resource.create({"service.name": "depeche"}))
        trace.set_tracer_provider(held)
    return held


@contextmanager
def _naming_failure(opened: Span) -> Iterator[None]:
    """Mark a span as failed by the name of the error: its words may be a reader's."""
    try:
        yield
    except Exception as error:
        opened.set_status(StatusCode.ERROR, type(error).__name__)
        raise
