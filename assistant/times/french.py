"""How French speaks of time."""

from typing import Final

from assistant.times import stretches as makers
from assistant.times.grammar import Grammar
from assistant.times.names import WHOLE_MONTHS, one_of

_UNIT = "(?P<unit>heure|jour|semaine|mois|trimestre|an|annee|decennie|week-end)"
_COUNT = (
    r"(?P<count>\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
    r"|quelques|plusieurs)"
)
_DAY = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_SEASON = "printemps|ete|automne|hiver"
_HOUR = "(?: (?:matin|midi|apres-midi|soir))?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_LAST = "(?:derniere?|passee?|ecoulee?)"
_NOT_OF = "(?! (?:de|du|des)\\b| d')"

_STRETCHES = {
    f"avant[- ]hier{_HOUR}": makers.days_ago(2),
    f"hier{_HOUR}": makers.days_ago(1),
    "la nuit derniere": makers.last_night,
    "aujourd'hui|ce matin|ce soir|cet apres-midi|cette nuit": makers.of_today,
    f"(?:il y a|voici|voila) (?:environ |pres de )?{_COUNT} {_UNIT}s?": makers.ago,
    f"(?:les |ces |des )?{_COUNT} dernier(?:e)?s {_UNIT}s?{_NOT_OF}": makers.rolling,
    f"(?:les|ces|des) dernier(?:e)?s {_COUNT} {_UNIT}s?{_NOT_OF}": makers.rolling,
    f"ces dernier(?:e)?(?P<plural>s) {_UNIT}s?": makers.rolling,
    "(?:(?:au cours de|durant|pendant|dans) la derniere|au cours du dernier)"
    f" {_UNIT}{_NOT_OF}": makers.rolling,
    f"depuis (?:plus d'|pres de |environ )?{_COUNT} {_UNIT}s?": makers.rolling,
    f"(?:la |le |l')?{_UNIT} {_LAST}": makers.last_unit,
    f"(?:ce|cette) {_UNIT}(?:-ci)?": makers.this_unit,
    f"le debut (?:de l'|du |de la |de ce |de cette ){_UNIT}": makers.this_unit,
    "le (?P<unit>week-end)": makers.this_unit,
    f"(?:ce|cet) (?P<season>{_SEASON})": makers.this_season,
    f"(?:le |l')?(?P<name>{_DAY}|{one_of(WHOLE_MONTHS)}|{_SEASON}) (?:dernier|passe){_HOUR}": (
        makers.last_named
    ),
    "(?:le )?(?P<ordinal>premier|1er|deuxieme|second|2e|troisieme|3e|quatrieme|4e|dernier)"
    f" trimestre(?: (?:de (?:l'annee )?)?{_YEAR})?": makers.quarter_of,
    f"[qt](?P<ordinal>[1-4])[ -]{_YEAR}": makers.quarter_of,
    "(?:le )?(?P<ordinal>premier|1er|deuxieme|second|2e) semestre"
    f" (?:de (?:l'annee )?)?{_YEAR}": makers.half_of,
    "(?:la )?(?P<ordinal>premiere|seconde|deuxieme) moitie de (?:l'annee )?"
    f"{_YEAR}": makers.half_of,
}

FRENCH: Final = Grammar(
    stretches=_STRETCHES,
    weekday=f"(?P<weekday>{_DAY}){_HOUR}",
    ranges=(
        "entre (?:le )?ONE et (?:le )?TWO",
        "(?:de |du |d')ONE (?:au|a|jusqu'(?:au|en|a)) TWO",
        "(?:en |le )?ONE(?: et | ou | a | au | ?- ?)(?:en )?TWO",
    ),
    since="depuis|a partir d[eu]|a compter d[eu]",
    after="apres",
    before="avant",
    until="jusqu'(?:au|en|a)",
    within="en|au|aux|a|pendant|durant|dans|courant|au mois de|lors de|au cours de|le|sur",
    linked="de|d'|du|des",
    tied="le|la|les|l'|un|une|chaque|plus tard|a|ont|avait|avaient|ma|ta|sa|son",
    aimed="pour|que|comme|et|ou|vers|d'ici",
    goes_on="(?!prochaine?|suivante?|qui vient|a venir).*",
    news=r"articles?\b(?! \d)|(?:les|des|quelles|dernieres) (?:sont les )?nouvelles(?= (?:de|du|des"
    r"|sur|en|parues|publiees|depuis)\b| d'| ?\?|$)|actualites?|l'actu|infos|informations"
    r"|gros titres|la presse|les journaux|depeches|reportages|la une"
    r"|(?:a-t-on|on a|a ete) (?:ecrit|publie)",
    past=r"(?:a|ont|est|sont|ai|as|avons|avez)(?:-t)?(?:-\w+)?(?: \S+){0,5}? (?:\S*(?:é|ée|és|ées)"
    r"|dit|fait|pris|mis|vu|lu|perdue?s?|venue?s?|tenue?s?|reçue?s?|morte?s?|élue?s?|partie?s?"
    r"|sortie?s?|ouverte?s?|conclue?s?|promis|écrit|fini|choisi|subi|eu)|était|étaient|disai(?:t|ent)"
    r"|s'est-il passé|s'est passé|nouvelles",
    elsewhen=r"\w+r(?:a-t|ont)-(?:il|elle|on|ils|elles)|sera|seront|aura|auront|fera|pourra|devra"
    r"|va-t-(?:il|elle|on)|vont-(?:ils|elles)|(?:va|vont) \S+(?:er|ir|re)|avai(?:t|ent)(?:-\w+)?"
    r"|aurai(?:t|ent)(?:-\w+)*(?=.*\bs(?:i|'il)\b)",
    newest=r"derniere?s? (?:nouvelles?|infos?|informations?|actualites?|articles?|depeches?"
    r"|developpements?|bilans?|chiffres|annonces?|declarations?|evolutions?|estimations?)"
    r"|plus recente?s?|quoi de neuf|du nouveau(?= (?:sur|a|au|du|dans|concernant)\b|[ ,?]*$)",
    now=r"maintenant|actuellement|aujourd'hui|a present|en ce moment|a l'heure actuelle"
    r"|de nos jours|recemment|dernierement|ces derniers temps|a ce jour|ou en (?:est|sont)",
    fragment="et",
)
