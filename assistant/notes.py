"""What a reader should know of a quoted article: its correction, and what reading it found odd."""

import re
from dataclasses import dataclass

from assistant.frames import say
from assistant.query import Language
from ingest.articles import Article

_FRENCH = tuple(
    (re.compile(english), french)
    for english, french in (
        (r"published: '(.*?)' is no date such as [\d-]+", "date de parution illisible\u00a0: \\1"),
        (r"updated: '(.*?)' is no date such as [\d-]+", "date de mise à jour illisible\u00a0: \\1"),
        ("its date lies in the future: ", "sa date est dans le futur\u00a0: "),
        ("its feed gives a summary only", "son flux n’en donne qu’un résumé"),
        (
            "letters decoded by a wrong table were repaired",
            "des lettres mal décodées ont été rétablies",
        ),
        (
            r"(\d+) bytes that are not UTF-8 were read as (\S+)",
            r"\1 octets étrangers à UTF-8 ont été lus comme \2",
        ),
        (
            r"bytes that are not (\S+) were replaced",
            r"des octets étrangers à \1 ont été remplacés",
        ),
        (r"read as (\S+), the likeliest encoding", r"lu comme \1, l’encodage le plus probable"),
    )
)


@dataclass(frozen=True, slots=True)
class Note:
    """Something said beside a quote."""

    label: str  # in the reader's language
    words: str
    language: str  # of the words, ISO 639-1

    def __str__(self) -> str:
        return self.label + self.words


def notes_on(article: Article, language: Language) -> list[Note]:
    """The words of its correction or of its editors, and our own remarks on how it was read."""
    label = "correction" if article.status == "corrected" else "editors_note"
    notes = [Note(say(label, language), article.note, article.language)] if article.note else []
    if article.remarks:
        notes.append(Note(say("remark", language), say_remarks(article, language), language))
    return notes


def say_remarks(article: Article, language: Language) -> str:
    """What reading it found odd; the ledger keeps it in English."""
    said = article.remarks
    for english, french in _FRENCH if language == "fr" else ():
        said = english.sub(french, said)
    return said
