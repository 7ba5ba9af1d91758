"""A collector of traces on loopback: it takes OTLP over HTTP, as any other does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


@dataclass(frozen=True, slots=True)
class Collector:
    """Its address, and the spans it was sent."""

    address: str
    spans: list[Any] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """What the spans are called."""
        return {span.name for span in self.spans}

    @property
    def words(self) -> str:
        """Everything that the spans say."""
        return "\n".join(map(str, self.spans))


class Taking(BaseHTTPRequestHandler):
    """What takes a request."""

    spans: list[Any]

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        known = self.path == "/v1/traces" and self.headers["Content-Type"] in _PROTOBUF
        if known:
            sent = ExportTraceServiceRequest.FromString(content)
            self.spans += [
                span
                for process in sent.resource_spans
                for scope in process.scope_spans
                for span in scope.spans
            ]
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(ExportTraceServiceResponse().SerializeToString())

    def log_message(self, *_: object) -> None:
        pass


_PROTOBUF = ("application/x-protobuf", "application/protobuf")


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector for as long as the block lasts."""
    spans: list[Any] = []
    kind = type("Noting", (Taking,), {"spans": spans})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Collector(f"http://127.0.0.1:{server.server_address[1]}", spans)
        server.shutdown()
