"""Encoding on a Ray cluster: an encoder an actor, and batches kept in the order they were read."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ingest.articles import Article
from ingest.encoder import Encoder, Vectors
from ingest.ledger import Ledger
from ingest.passages import Passage
from ingest.patience import patiently
from ingest.preparing import new_among, prepare
from ingest.versions import Named, Prepared

Encoded = list[tuple[tuple[Passage, ...], tuple[Vectors, ...]]]  # an article each

_AHEAD = 2  # batches an actor: one that it encodes, one that waits for it
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is reported to anybody
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
# Without a cluster Ray listens on loopback alone: what it listens to it runs.
_ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}


class ClusterUnusableError(Exception):
    """There is no Ray, or its encoders don't do what they should, with what to do about it."""


class Encoding:
    """An encoder in a process of the cluster."""

    def __init__(self, opener: Callable[[], Encoder]) -> None:
        self.encoder = opener()

    def encode(self, articles: Sequence[Article]) -> tuple[str, Encoded]:
        """The encoder's fingerprint, and passages and vectors of each article."""
        prepared = prepare(articles, self.encoder)
        return self.encoder.fingerprint, [(each.passages, each.vectors) for each in prepared]


@dataclass(slots=True)
class Cluster:
    """The engine of many processes; one of them that dies is started again, with its work."""

    ledger: Ledger
    encoder: Callable[[], Encoder]  # the one that is open here
    actors: list[Any]
    turn: int = 0

    @property
    def ahead(self) -> int:
        """Batches that may be begun: more would fill the memory of who reads."""
        return _AHEAD * len(self.actors)

    def begin(self, articles: Sequence[Article]) -> tuple[list[Named], Any]:
        """Send those that seem to be new to the next actor."""
        fresh = patiently(self.ledger, lambda: new_among(self.ledger, articles))
        return self._send(fresh)

    def end(self, begun: tuple[list[Named], Any], articles: Sequence[Article]) -> list[Prepared]:
        """Those that are new now: an earlier batch may have changed which."""
        encoded = self._receive(*begun)
        late = [article for article in articles if _name(article) not in encoded]
        encoded |= self._receive(*self._send(late))
        return [Prepared(article, *encoded[_name(article)]) for article in articles]

    def _send(self, articles: Sequence[Article]) -> tuple[list[Named], Any]:
        if not articles:
            return [], None
        self.turn += 1
        actor = self.actors[self.turn % len(self.actors)]
        return [_name(article) for article in articles], actor.encode.remote(articles)

    def _receive(self, names: list[Named], sent: Any) -> dict[Named, Any]:
        if sent is None:
            return {}
        import ray

        try:
            fingerprint, encoded = ray.get(sent)
        except ray.exceptions.RayActorError as error:
            raise ClusterUnusableError(
                f"an encoder of the cluster did not start: {error}"
            ) from error
        if fingerprint != self.encoder().fingerprint:
            raise ClusterUnusableError(
                "the cluster has another encoder than this machine: install the same on both"
            )
        return dict(zip(names, encoded, strict=True))


@contextmanager
def opened_cluster(
    ledger: Ledger,
    opener: Callable[[], Encoder],
    encoder: Callable[[], Encoder],
    *,
    workers: int | None = None,
) -> Iterator[Cluster]:
    """Encoders on the cluster that RAY_ADDRESS names, else on this machine.

    As many as there are GPUs, or else processors, where `workers` says nothing.
    """
    with joined(workers):
        yield Cluster(ledger, encoder, _start(opener, workers))


@contextmanager
def joined(workers: int | None) -> Iterator[None]:
    """Be part of a cluster until the block ends, if this process isn't yet."""
    alone = not os.environ.get("RAY_ADDRESS")
    for name, value in _QUIET.items() | (_ALONE.items() if alone else set()):
        os.environ.setdefault(name, value)  # read when Ray is imported
    try:
        import ray
    except ModuleNotFoundError as error:
        raise ClusterUnusableError(
            "the engine ray needs Ray: pip install 'depeche[ray]'"
        ) from error
    if ray.is_initialized():
        yield
        return
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    here = {"address": "local", "num_cpus": workers, "include_dashboard": False}
    ray.init(**(here if alone else {}), **quiet)
    try:
        yield
    finally:
        ray.shutdown()


def _start(opener: Callable[[], Encoder], workers: int | None) -> list[Any]:
    import ray

    held = ray.cluster_resources()
    gpus, count = held.get("GPU", 0), workers or int(held.get("GPU") or held.get("CPU", 1))
    share = min(1.0, gpus / count)
    again = {"max_restarts": -1, "max_task_retries": -1}  # without end
    kind = ray.remote(num_cpus=1, num_gpus=share, **again)(Encoding)
    return [kind.remote(opener) for _ in range(count)]


def _name(article: Article) -> Named:
    return article.id, article.fingerprint
