"""An article, and what is always true of one."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Literal

from ingest.dates import NewsDate

Kind = Literal["report", "opinion", "wire"]
Status = Literal["usual", "corrected", "withdrawn"]

KINDS: tuple[Kind, ...] = ("report", "opinion", "wire")
STATUSES: tuple[Status, ...] = ("usual", "corrected", "withdrawn")
UNKNOWN_LANGUAGE = "und"  # ISO 639-2: undetermined


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its source prints it, cleaned; offsets elsewhere refer to this `text`."""

    id: str
    text: str
    title: str
    title_printed: bool = True  # False: the first sentence stands in for a title
    language: str = UNKNOWN_LANGUAGE  # ISO 639-1
    published: NewsDate | None = None
    updated: NewsDate | None = None
    outlet: str = ""
    byline: str = ""
    url: str = ""
    kind: Kind = "report"
    status: Status = "usual"
    source: str = ""  # where it was read: a file, with the line where there are several
    section: str = ""
    agency: str = ""  # the wire it comes from: AFP, Reuters
    note: str = ""  # what a correction or an editor's note says
    embargo: NewsDate | None = None  # not to be quoted before
    keywords: str = ""  # as printed, a semicolon between two
    usage: str = ""  # the terms its agency allows
    remarks: str = ""  # what reading it found odd: an encoding mended, a date in the future

    @property
    def fingerprint(self) -> str:
        """The same for the same words from anywhere: what tells an update from a repetition."""
        fields = asdict(replace(self, source="", remarks=""))
        return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()

    @property
    def quotable(self) -> bool:
        """Whether an answer may rest on it."""
        return self.status != "withdrawn"

    def under_embargo(self, now: datetime) -> bool:
        """Whether its agency does not allow it to be quoted yet."""
        return self.embargo is not None and now < self.embargo.past_everywhere


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something in a source that is no article, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What was odd about an article that was kept."""

    source: str
    remark: str
