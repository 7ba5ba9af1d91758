"""The demonstration archive: what a newcomer asks before bringing their own articles."""

from typing import Final

from sqlalchemy import select

from ingest.ledger import Ledger
from ingest.tables import articles

NOTICE_EN = "This is a demonstration archive: 60 articles written for it, five invented outlets."
NOTICE_FR = (
    "Ceci est une archive de démonstration\u00a0: 60 articles écrits pour elle, "
    "cinq titres inventés."
)
NOTICES: Final = {"en": NOTICE_EN, "fr": NOTICE_FR}

# Each asks about another story; some are answered by an article in the other language.
QUESTIONS: Final = {
    "en": (
        "What factors will the supreme military commission examine?",
        "How many nursing posts were vacant when the closure of Thornwick Infirmary was proposed?",
        "Which firm will place sensors in the wall of the Velkhar Dam?",
        "How much money did local businesses lose because of the dockers’ strike?",
    ),
    "fr": (
        "Quels facteurs la commission militaire suprême va-t-elle examiner\u202f?",
        "Combien d’enfants la fondatrice du collectif de Thornwick a-t-elle mis au monde\u202f?",
        "Combien le barrage de Velkhar a-t-il coûté\u202f?",
        "Combien de porte-conteneurs ont été détournés vers Harrowmouth\u202f?",
    ),
}

_HEADLINE = "ca-coalition-premier-dialogue"  # the article that the first question is about


def holds_demonstration(ledger: Ledger) -> bool:
    """Whether an archive holds the invented articles, alone or among others."""
    with ledger.engine.connect() as connection:
        return bool(connection.scalar(select(articles.c.number).where(articles.c.id == _HEADLINE)))
