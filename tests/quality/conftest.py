"""Archives filled once a session with the encoder in the box."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.reader import open_reader
from ingest.archive import opened_archive
from ingest.encoder import Encoder, open_encoder
from ingest.intake import ingest_paths

Filled = Callable[..., Assistant]


@pytest.fixture(scope="session")
def box() -> Encoder:
    return open_encoder("")


@pytest.fixture(scope="session")
def filled(box: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """An assistant over an archive of some files, open until the session ends."""
    with ExitStack() as stack:

        def fill(*paths: Path) -> Assistant:
            folder = tmp_path_factory.mktemp("archive")
            ingest_paths(paths, folder, opener=lambda: box, outlet="", notify=lambda step: None)
            archive = stack.enter_context(opened_archive(folder, lambda: box))
            return Assistant(archive, reader=open_reader("", "balanced"))

        yield fill
