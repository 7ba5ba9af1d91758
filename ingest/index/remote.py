"""A Chroma server as our index speaks to it: own vectors only, and a deadline on every call."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.site import ChromaAddress

if TYPE_CHECKING:
    from chromadb.api import ServerAPI
    from chromadb.api.models.Collection import Collection

_CONNECTS = 3.0  # seconds
_LISTED = 100  # collections in one answer


@dataclass(frozen=True, slots=True)
class Remote:
    """What `Meaning` asks of a client, over HTTP; it sees the collections of one prefix."""

    server: "ServerAPI"
    where: dict[str, Any]  # tenant and database
    prefix: str
    known: "dict[str, Collection]" = field(default_factory=dict)  # asked for once

    def get_or_create_collection(
        self, name: str, *, embedding_function: None, configuration: Any
    ) -> "Collection":
        """A collection by its name, made where there is none."""
        from chromadb.api.models.Collection import Collection

        if name not in self.known:
            model = self.server.get_or_create_collection(
                name, configuration=configuration, **self.where
            )
            self.known[name] = Collection(self.server, model, embedding_function)
        return self.known[name]

    def list_collections(self) -> "list[Collection]":
        """The collections of the prefix."""
        from chromadb.api.models.Collection import Collection

        return [
            Collection(self.server, model, None)
            for model in self._models()
            if model.name.startswith(self.prefix)
        ]

    def delete_collection(self, name: str) -> None:
        """Delete one."""
        self.known.pop(name, None)
        self.server.delete_collection(name, **self.where)

    def read_note(self, name: str) -> dict[str, Any] | None:
        """What was noted under a name; None where nothing was."""
        from chromadb.errors import NotFoundError

        try:
            return dict(self.server.get_collection(name, **self.where).metadata or {})
        except NotFoundError:
            return None

    def write_note(self, name: str, note: dict[str, Any]) -> None:
        """Note something under a name, in the place of what stood there."""
        model = self.server.get_or_create_collection(name, metadata=note, **self.where)
        self.server._modify(model.id, new_metadata=note, **self.where)

    def forget_known(self) -> None:
        """Ask for every collection again: another server may stand at the address."""
        self.known.clear()

    def close(self) -> None:
        """Nothing of a server's is held open."""

    def _models(self) -> Iterator[Any]:
        start = 0
        while page := self.server.list_collections(_LISTED, start, **self.where):
            yield from page
            start += len(page)


def open_remote(address: ChromaAddress, prefix: str, answers: float) -> Remote:
    """Speak to a server that may take so many seconds for an answer; nothing is asked yet."""
    import httpx
    from chromadb.api import ServerAPI
    from chromadb.config import Settings, System

    parts = urlsplit(address.url)
    settings = Settings(
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=parts.hostname,
        chroma_server_http_port=parts.port or (443 if parts.scheme == "https" else 80),
        chroma_server_ssl_enabled=parts.scheme == "https",
        chroma_server_ssl_verify=address.certificates or parts.scheme == "https",
        chroma_server_headers=dict(address.headers),
        anonymized_telemetry=False,
    )
    # Not by `HttpClient`: it asks the server several things, and none has a deadline.
    kind: Any = ServerAPI
    server: Any = System(settings).instance(kind)
    server._session.timeout = httpx.Timeout(answers, connect=_CONNECTS)
    return Remote(server, {"tenant": address.tenant, "database": address.database}, prefix)
