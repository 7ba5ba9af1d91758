"""Names of months, days, seasons, units and numbers in English and French, without diacritics."""

import unicodedata
from collections.abc import Iterable
from typing import Final

_MONTHS: Final = (
    "january janvier, february fevrier, march mars, april avril, may mai, june juin, july juillet,"
    " august aout, september septembre, october octobre, november novembre, december decembre"
)
_SHORT: Final = "jan janv, feb fevr, mar, apr avr, may, jun, jul juil, aug, sep sept, oct, nov, dec"


def _numbered(names: str, first: int) -> dict[str, int]:
    groups = enumerate(names.split(","), first)
    return {name: number for number, group in groups for name in group.split()}


WHOLE_MONTHS: Final = _numbered(_MONTHS, 1)
MONTHS: Final = WHOLE_MONTHS | _numbered(_SHORT, 1)

_WEEKDAYS: Final = (
    "monday lundi, tuesday mardi, wednesday mercredi, thursday jeudi, friday vendredi,"
    " saturday samedi, sunday dimanche"
)
WEEKDAYS: Final = _numbered(_WEEKDAYS, 0)

# Meteorological seasons of the northern half of the earth, by their first month.
SEASONS: Final = {
    "spring": 3,
    "printemps": 3,
    "summer": 6,
    "ete": 6,
    "autumn": 9,
    "fall": 9,
    "automne": 9,
    "winter": 12,
    "hiver": 12,
}

UNITS: Final = {
    "hour": "hour",
    "heure": "hour",
    "day": "day",
    "jour": "day",
    "week": "week",
    "semaine": "week",
    "weekend": "weekend",
    "week-end": "weekend",
    "month": "month",
    "mois": "month",
    "quarter": "quarter",
    "trimestre": "quarter",
    "year": "year",
    "an": "year",
    "annee": "year",
    "decade": "decade",
    "decennie": "decade",
}

_NUMBERS: Final = (
    "a an one un une, two deux couple, three trois, four quatre, five cinq, six, seven sept,"
    " eight huit, nine neuf, ten dix, eleven onze, twelve douze"
)
NUMBERS: Final = _numbered(_NUMBERS, 1)
FEW: Final = {"hour": 24, "day": 7, "week": 4}  # of others: three

_ORDINALS: Final = (
    "first 1st premier premiere 1er, second 2nd deuxieme seconde 2e, third 3rd troisieme 3e,"
    " fourth 4th quatrieme 4e dernier"
)
ORDINALS: Final = _numbered(_ORDINALS, 1)

PARTS: Final = {
    "early": "early",
    "start": "early",
    "beginning": "early",
    "debut": "early",
    "mid": "mid",
    "middle": "mid",
    "mi": "mid",
    "milieu": "mid",
    "late": "late",
    "end": "late",
    "fin": "late",
}


def one_of(names: Iterable[str]) -> str:
    """A pattern for any of some names, the longest first."""
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


def fold_letters(text: str) -> str:
    """Lower case without diacritics, letter for letter: every place in the text stays."""
    plain = text.translate({0x2019: "'", 0x2010: "-", 0x2011: "-", 0x2013: "-"})
    return "".join(
        " " if letter.isspace() else unicodedata.normalize("NFD", letter)[0].lower()[0]
        for letter in plain
    )
