"""A reader at the page: what was said so far, in which language, within which filters."""

from dataclasses import dataclass, replace

from assistant.query import Filters, Language
from ui.conversation import Exchange
from ui.doors.asking import readable
from ui.identity import Reader
from ui.links import read_chosen


@dataclass(frozen=True, slots=True)
class Sitting:
    """The page as it is when its reader does something."""

    reader: Reader
    exchanges: tuple[Exchange, ...]
    language: Language
    conversation: str = ""  # the id it is kept under; empty before the first question
    chosen: str = ""  # filters, as an address names them
    typed: str = ""
    wanted: str = ""  # id of a conversation to open
    any_time: bool = False  # whatever days the words of the question mean

    @property
    def filters(self) -> Filters:
        """What is searched in: what the reader chose, of what they may read."""
        chosen = readable(read_chosen(self.chosen).filters, self.reader)
        return replace(chosen, any_time=self.any_time)
