"""Whose claim a sentence says it is."""

import re
from collections.abc import Iterable

from assistant.names import fold

_SPEAKS = re.compile(
    r"\b(?:according to|said|says?|told|reports?|reported|claims?|claimed|states?|stated|announced"
    r"|added|adds|argues?|argued|warned|warns|wrote|writes|insists?|insisted|believes?|denied|denies"
    r"|admitted|confirmed|acknowledged|called|quoted|citing|thinks|predicts|estimates?|estimated"
    r"|selon|d['’]après|a (?:dit|déclaré|annoncé|affirmé|indiqué|précisé|ajouté|reconnu|confirmé)"
    r"|ont (?:dit|déclaré|annoncé|affirmé|indiqué|précisé|ajouté|reconnu|confirmé)|dit|dirait"
    r"|affirment?|estiment?|indiquent?|déclarent?|assurent?|explique|expliquent|soupire|juge|jugent"
    r"|écrit|écrivent|rapporte|rapportent|annonce|annoncent|parle de|raconte|regrette|relève"
    r"|rappelle|promet|reconnaît|prévoit|appelle|dénonce|dénoncé)\b|[“”«»]",
    re.IGNORECASE,
)
# An article with a capital inside a sentence opens the name of a newspaper.
_OUTLET = re.compile(
    r"(?:(?:according to|reported by|told|selon|d['’]après|rapporte|écrit|à|au)\s+"
    r"|(?<=[\w,;]\s))(?P<article>The|Le|La|Les|L['’])\s?(?P<name>[A-ZÀ-ÖØ-Þ][\w’'-]*"
    r"(?:\s(?:(?:de|du|des|d['’]|of|the|and|et)\s?)?(?:d['’])?[A-ZÀ-ÖØ-Þ][\w’'-]*)*)"
)


def attributes_to_someone(sentence: str) -> bool:
    """Whether a sentence says who says so, or quotes."""
    return _SPEAKS.search(sentence) is not None


def strangers(sentence: str, source: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """Newspapers that a sentence speaks for, but neither its source nor their outlets do."""
    known = [_plain(source), *map(_plain, outlets)]
    named = (match["name"] for match in _OUTLET.finditer(sentence))
    return tuple(name for name in named if not any(_plain(name) in text for text in known))


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("’", "'").split())
