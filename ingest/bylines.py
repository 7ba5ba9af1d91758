"""What the head of an article says of itself: byline, dateline, agency, opinion, correction."""

import re
from dataclasses import dataclass

from ingest.articles import Kind
from ingest.dates import NewsDate
from ingest.printed_dates import DAY_AND_MONTH, PRINTED, complete_date, find_date, read_date

_HEAD = 600  # characters in which an article says when it came out
_AGENCIES = {
    "afp": "AFP", "agence france-presse": "AFP", "reuters": "Reuters", "thomson reuters": "Reuters",
    "ap": "AP", "associated press": "AP", "the associated press": "AP", "dpa": "dpa", "efe": "EFE",
    "ansa": "ANSA", "belga": "Belga", "ats": "Keystone-ATS", "keystone-ats": "Keystone-ATS",
    "apa": "APA", "upi": "UPI", "pa": "PA", "pa media": "PA", "xinhua": "Xinhua", "tass": "TASS",
    "bloomberg": "Bloomberg", "la presse canadienne": "La Presse Canadienne",
    "the canadian press": "The Canadian Press", "kyodo": "Kyodo", "anadolu": "Anadolu",
    "map": "MAP", "aps": "APS", "tap": "TAP", "ina": "INA",
}  # fmt: skip
_PLACE = r"[A-ZÀ-ÖØ-Þ][\w'’. -]{1,40}(?:\([\w .-]{2,30}\))??(?:,\s*[A-Z][\w. ]{1,25}?)?"
_DASH = r"\s*(?:--|[-–—])\s"
_DATELINE = re.compile(
    rf"\s*{_PLACE}?,?\s*(?P<day>(?:le\s+)?(?:{PRINTED}|{DAY_AND_MONTH}))?\s*"
    rf"(?:\((?P<agency>[\w -]{{2,30}})\))?{_DASH}",
)
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_PARTICLE = r"(?:(?:de|du|des|la|le|van|von|al|el|bin|ben|di|da)[ \u00a0])"
_NAME = rf"{_WORD}(?:[ \u00a0]{_PARTICLE}?{_WORD}){{1,4}}"
_BYLINE = re.compile(
    rf"(?:Par|PAR|By|BY|Propos recueillis par|Recueilli par|De notre [\w ,]{{3,60}}?)[ \u00a0]+"
    rf"(?P<names>{_NAME}(?:(?:,| et| and| avec| with)[ \u00a0]{_NAME}){{0,4}})"
    r"(?:[ \u00a0]*[,(|–—-][ \u00a0]*(?P<rest>[^\n]{2,60}))?"
)
_PUBLISHED = (
    r"publiée? |paru(?:e)? |mise? en ligne |published|posted|first published|date de publication"
)
_UPDATED = r"mis(?:e)? à jour |modifiée? |actualisée? |(?:last )?updated|last modified"
_OPINION = re.compile(
    r"\b(opinions?|op-ed|tribunes?|[ée]ditos?|[ée]ditorial|[ée]ditoriaux|editorials?|chroniques?|"
    r"billets?|points? de vue|columns?|columnists?|commentary|letters? to the editor|"
    r"libres? opinions?|carte blanche|id[ée]es|d[ée]bats|leader comment)\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^[*\[( ]*((?:correction|clarification|erratum|rectificatif|précision|editor['’]s note|"
    r"note de la rédaction|corrects|corrected|corrigé)"
    r"(?:[ \u00a0](?:du|of|le|on|\()[^:\n]{1,40})?[ \u00a0]?[:–—][^\n]{5,600}"
    r"|corrects (?:the |month|name|figure|spelling|paragraph|to )[^\n]{3,600}|rectifie [^\n]{3,600}"
    r"|this (?:article|story) (?:has been|was) (?:corrected|amended)[^\n]{0,600}"
    r"|cet article a été (?:corrigé|rectifié)[^\n]{0,600})$",
    re.IGNORECASE | re.MULTILINE,
)
_KILLED = re.compile(
    r"\W*(?:withdrawn|kill(?:ed)?|retracted|retraction|article retiré|dépêche annulée|annulation|"
    r"mandatory kill)\s*[:\])–—-]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What an article's own words say before the story begins; empty where they don't."""

    byline: str = ""
    agency: str = ""
    published: NewsDate | None = None
    updated: NewsDate | None = None


def read_head(text: str, known: NewsDate | None, language: str) -> Head:
    """Byline, agency and dates from the first lines; `known` is what was stated elsewhere."""
    head = text[:_HEAD]
    byline, agency = _read_byline(head)
    dateline = _DATELINE.match(head)
    day = dateline["day"] if dateline else None
    said = find_date(head, _PUBLISHED, language)
    return Head(
        byline,
        (dateline and find_agency(dateline["agency"] or "")) or agency,
        said or (day and (read_date(day, language) or complete_date(day, known))) or None,
        find_date(head, _UPDATED, language),
    )


def name_author(byline: str) -> str:
    """Those who signed, without the « Par » that a page prints before them."""
    match = re.match(r"(?:par|by)[ \u00a0]+(?=\S)", byline, re.IGNORECASE)
    return byline[match.end() :] if match and byline[match.end()].isupper() else byline


def find_agency(credit: str) -> str:
    """The agency a credit names: « avec AFP », `By Jane Doe, Associated Press`."""
    bare = credit.strip().lower()
    if bare in _AGENCIES:
        return _AGENCIES[bare]
    parts = re.split(r"\s*(?:[,/|&+(){}\[\]]|\bet\b|\band\b|\bavec\b|\bwith\b|\bvia\b)\s*", bare)
    return next((_AGENCIES[part] for part in parts if part in _AGENCIES), "")


def tell_kind(*, section: str, title: str, agency: str, byline: str, outlet: str) -> Kind:
    """Opinion where its section or the head of its title says so, wire where an agency signs."""
    if _OPINION.search(section) or _OPINION.match(title.partition(":")[0] if ":" in title else ""):
        return "opinion"
    signed_by_agency = bool(agency) and (not byline or find_agency(byline) == agency)
    return "wire" if signed_by_agency or find_agency(outlet) else "report"


def find_correction(text: str) -> str:
    """The paragraph in which an article says how it was corrected, as printed."""
    match = _CORRECTION.search(text)
    return match[1].strip(" *[]") if match else ""


def says_withdrawn(title: str) -> bool:
    """Whether a headline opens with the words by which an agency kills a story."""
    return _KILLED.match(title) is not None


def _read_byline(head: str) -> tuple[str, str]:
    for line in [line.strip() for line in head.splitlines() if line.strip()][:4]:
        if match := _BYLINE.fullmatch(line):
            names, _, last = match["names"].rpartition(", ")
            if names and find_agency(last):
                return names, find_agency(last)
            return match["names"], find_agency(match["rest"] or "")
    return "", ""
