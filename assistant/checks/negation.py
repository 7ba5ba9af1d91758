"""Whether a sentence denies something, in French and English."""

import re

_ENGLISH = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|neither|nor|cannot|without)\b|n't\b", re.IGNORECASE
)
_NE = r"\b(?:n'|ne )"
_FRENCH = re.compile(
    rf"{_NE}(?:[\w'-]+ ){{1,4}}?(?:pas|jamais|rien|plus|guère|personne|aucune?|nul(?:le)?|ni)\b"
    rf"|{_NE}(?:pas|jamais|rien|plus)\b"
    rf"|\b(?:aucune?|nulle?|personne|rien)(?: [\w'-]+){{0,4}}? {_NE}"
    r"|\b(?:sans|ni|jamais|aucune?)\b|\b(?:et|mais|ou|pourquoi) (?:non|pas)\b|\bpas d(?:e |')",
    re.IGNORECASE,
)
_ONLY = re.compile(rf"{_NE}\w+(?: \w+){{0,2}} qu(?:e |')", re.IGNORECASE)  # this only narrows

# What says no without a negation: a denial may rest on it.
_REFUSALS = re.compile(
    r"\b(?:refus\w*|den(?:y|ies|ied)|fail\w*|reject\w*|lack\w*|unable|unlikely|unknown|absen\w*"
    r"|impossib\w*|nie|nient|nié|dément\w*|échou\w*|échec|manqu\w*|exclu\w*|abandon\w*|interdi\w*"
    r"|empêch\w*|prevent\w*|bann?e?d?|hardly|barely|scarcely|rather than|instead|plutôt|seule?s?"
    r"|only|few|peu|except|sauf|renonc\w*|forbid\w*|illegal|illégal|far from|loin d[e']"
    r"|oppos\w+|depriv\w*|privée?s?)\b",
    re.IGNORECASE,
)


def count_denials(sentence: str, language: str) -> int:
    """How many negations a sentence holds."""
    plain = " ".join(sentence.replace("’", "'").split())
    if language != "fr":
        return len(_ENGLISH.findall(plain))
    return len(_FRENCH.findall(_ONLY.sub(" ", plain)))


def may_deny(sentence: str, language: str) -> bool:
    """Whether a denial may rest on a sentence: a negation, or a word such as "refuse"."""
    plain = " ".join(sentence.replace("’", "'").split())
    narrows = language == "fr" and _ONLY.search(plain) is not None  # "not until" elsewhere
    return narrows or count_denials(sentence, language) > 0 or _REFUSALS.search(plain) is not None
