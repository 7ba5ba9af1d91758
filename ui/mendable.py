"""Errors that a user can mend, each as a sentence that says what to do."""

from pydantic import ValidationError

from assistant.query import LONGEST_QUESTION, QuestionRefusedError
from assistant.reader import ReaderUnavailableError
from ingest.archive import ArchiveMissingError, EncoderMismatchError
from ingest.backup import BackupUnusableError
from ingest.engines import LedgerUnusableError
from ingest.owner import ArchiveOwnedError
from ingest.serving import EncoderReplacedError
from ingest.storage import explain_storage

_REFUSED = {
    "stopping": "the server is being restarted: ask again in a minute",
    "often": "too many questions within a minute: wait a moment",
    "empty": "the question holds no word: ask one such as 'Who leads the talks?'",
    "long": f"the question is longer than {LONGEST_QUESTION} characters: shorten it",
}
_BY_NAME = (
    "ChromaAwayError",
    "ClusterUnusableError",
    "MoveRefusedError",
    "AddressTakenError",
    "EncoderUnavailableError",
    "EntailmentUnavailableError",
    "ModelUnavailableError",
    "TracesUnavailableError",
)


def explain(error: Exception) -> str | None:
    """One sentence for an error that a user can mend, None for any other."""
    if isinstance(error, QuestionRefusedError):
        return _REFUSED[str(error)]
    if isinstance(error, ArchiveMissingError | EncoderMismatchError | EncoderReplacedError):
        return str(error)
    if isinstance(error, ArchiveOwnedError | BackupUnusableError | ReaderUnavailableError):
        return str(error)
    return explain_storage(error) or _explain_lazily(error)


def _explain_lazily(error: Exception) -> str | None:
    """Errors of modules that are heavy to import, so known here by their names."""
    name = type(error).__name__
    if isinstance(error, LedgerUnusableError):
        return str(error)
    if name in _BY_NAME:
        return str(error)
    if isinstance(error, ValidationError) and error.title.endswith("Settings"):
        return f"a setting is not right: {_problems(error)}"
    if isinstance(error, PermissionError):
        return f"{error.filename} may not be read or written: {error.strerror}"
    return None


def _problems(error: ValidationError) -> str:
    """Each wrong setting by its name, with the reason."""
    named = ((".".join(map(str, each["loc"])), each["msg"]) for each in error.errors())
    return "; ".join(
        ": ".join(filter(None, (name, reason.removeprefix("Value error, "))))
        for name, reason in named
    )
