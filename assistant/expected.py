"""What a question wants to hear, where it says so: a sum of money, a figure, a date."""

import re
from typing import Literal

Expected = Literal["money", "figure", "date"]

NUMBER_WORDS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh"
    r"|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?"
    r"|(?:mi|bi|tri)llions?|dozens?|twice"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt"
    r"|trente|quarante|cinquante|soixante|cents?|mille|milliards?|(?:cent|mill|diz|douz)aines?"
    r"|milliers?"
)
_CURRENCIES = (
    r"(?:£|€|\$|¥|¢|dollars?|euros?|pounds?|pence|penn(?:y|ies)|pesos?|yuans?|livres?|francs?|fr\b"
    r"|cents?\b|yens?|rupees?|roupies?|roubles?|rubles?|lir[ae]|marks?|usd|eur|gbp)"
)
_SPENDING = (
    r"(?:costs?|worth|pay|pays|paid|spend|spends|spent|earns?|earned|charged?|charges|owed?|fined?"
    r"|invest|invested|donated?|pledged?|sells?|sold|buys?|bought|ticket|salary|fees?|bail|money)"
)
_DEPENSER = (
    r"(?:co[uû]t\w*|vau[tx]|val(?:ent|ait)|pa[yi]\w*|dépens\w*|touch\w*|gagn\w*|vers\w*|investi\w*"
    r"|vend\w*|achet\w*)"
)
_ASKS: dict[Expected, re.Pattern[str]] = {
    "money": re.compile(
        rf"\bhow (?:much|many) (?:money|compensation|dollars|euros|pounds|pesos|yuan|rupees|yen)\b"
        rf"|\bhow much (?:do|does|did|is|was|were|are|would|will|ha[sd]|have|could|can|an?)\b"
        rf".*\b{_SPENDING}\b"
        rf"|\b(?:what|which)\b.{{0,20}}\b(?:price|fees|bail|salary|compensation)\b"
        rf"|\bcombien d(?:e |['’])(?:dollars|euros|livres sterling|pesos|yuans|roupies|argent)\b"
        rf"|\bcombien (?!d(?:e |['’])).*\b{_DEPENSER}\b"
        rf"|\bà quel prix\b|\bquel (?:est|était) le prix d"
        rf"|\bquel(?:le)?s? (?:(?:est|était|sont|étaient) l[ea]s? )?"
        rf"(?:somme|caution|salaire|frais)\b",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"^(?:(?:since|by|until|till|from) )?"
        r"(?:when (?:is|was|were|are|did|do|does|will|would|has|have|had|in|can|should)\b"
        r"(?!.*\b(?:what|which|who|how)\b)"
        r"|(?:in |on |by |since )?(?:what|which) (?:year|date|day|month|century)\b)"
        r"|^(?:(?:depuis|pour|jusqu['’]à|à partir de|de) )?quand\b(?!.*\bqu(?:elle|el|i)\b)"
        r"|^(?:en |à |de )?(?:quelle (?:année|date)|quel (?:jour|mois|siècle))\b|^à quel moment",
        re.IGNORECASE,
    ),
    "figure": re.compile(
        r"\bhow (?:many|much|long|old|often|big|far|small|tall|large|fast|high|deep)\b"
        r"|\b(?:what|which) (?:share|percentage|proportion|margin|number|age)\b"
        r"|\bcombien\b|\bquel âge\b|\bquel (?:pourcentage|nombre)\b"
        r"|\bquelle (?:part|proportion|participation|durée|distance|taille|avance)\b",
        re.IGNORECASE,
    ),
}
_HOLDS: dict[Expected, re.Pattern[str]] = {
    "money": re.compile(
        rf"(?:£|€|\$|¥)\s?\d|\b(?:usd|eur|gbp)\s?\d|\b(?:free|gratuit\w*)\b"
        rf"|(?:\d|\b(?:(?:mi|bi|tri)llion|milliard|thousand|hundred|mille|cent)s?\b)[\d.,\s]*"
        rf"(?:k|m|bn|(?:mi|bi|tri)llion|milliard)?s?(?: d(?:e |['’])|-)?\s?{_CURRENCIES}",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"\d{3,4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\b"
        r"|\b(?:january|february|march|april|june|july|august|september|october|november|december"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight"
        r"|spring|summer|autumn|winter|(?:week|month|year|decade|minute)s?|century|centuries|era"
        r"|ago|age|war"
        r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
        r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|aujourd['’]hui|hier|demain"
        r"|printemps|été|automne|hiver|semaines?|mois|ans?|années?|décennies?|siècles?|époque"
        r"|âge|guerre)\b",
        re.IGNORECASE,
    ),
    "figure": re.compile(
        rf"\d|\b(?:{NUMBER_WORDS}|half|once|third|quarter|moitié|quart|tiers)\b", re.IGNORECASE
    ),
}  # fmt: skip


def expected(question: str) -> Expected | None:
    """What a question in English or French wants to hear; None where any words may answer."""
    return next((kind for kind, asks in _ASKS.items() if asks.search(question)), None)


def holds(kind: Expected, text: str) -> bool:
    """Whether a text in English or French has something of a kind, of whatever thing."""
    return _HOLDS[kind].search(text) is not None
