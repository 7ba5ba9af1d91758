"""A reader, and what they may read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.datastructures import State

EVERYTHING = "*"  # in the setting `groups`: every outlet


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking: the name that conversations are kept under, and what they may read and do."""

    name: str
    groups: frozenset[str] = frozenset()
    outlets: frozenset[str] | None = None  # None: all
    operates: bool = False  # may see how the archive is, and add to it

    def may_read(self, outlet: str) -> bool:
        """Whether articles of an outlet may be shown."""
        return self.outlets is None or outlet in self.outlets


ANYBODY = Reader("anybody")


def admit(name: str, groups: Iterable[str], allowed: Mapping[str, Iterable[str]]) -> Reader:
    """A reader with the outlets of their groups; where no group is limited, everybody reads all."""
    member = frozenset(groups)
    outlets = frozenset(outlet for group in member for outlet in allowed.get(group, ()))
    return Reader(name, member, None if not allowed or EVERYTHING in outlets else outlets)


class Asked(Protocol):
    """A request of FastAPI's, or Gradio's wrapping of one."""

    @property
    def state(self) -> State:
        """What the gate left for those behind it."""


def reader_of(request: Asked) -> Reader:
    """Who sent a request that the gate let through."""
    reader: Reader = request.state.reader
    return reader
