"""Why something was left out, in the reader's language; what a parser adds stays as it said it."""

import re
from typing import Final

from assistant.query import Language

_FRENCH: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:text: )?is empty", "est vide"),
    (r"text: is longer than ([\d,]+) characters", r"dépasse \1 caractères"),
    (r"embargo: (.+) is no date such as (.+)", r"embargo : \1 n’est pas une date comme \2"),
    (r"(\w+): Field required", r"le champ \1 manque"),
    (r"(\w+): Input should be a valid string", r"le champ \1 n’est pas un texte"),
    (r"is a page without content", "est une page sans contenu"),
    (r"holds no text of an article", "ne contient pas le texte d’un article"),
    (r"is an archive inside (\d+) others", r"est une archive dans \1 autres"),
    (r"cannot be unpacked: (.*)", r"impossible à décompresser : \1"),
    (r"is damaged: (.*)", r"est endommagé : \1"),
    (
        r"is a document of an office program: export it as PDF or HTML",
        "est un document bureautique : exportez-le en PDF ou en HTML",
    ),
    (r"inflates more than (\d+) times: a bomb", r"gonfle plus de \1 fois : une bombe"),
    (r"its content encoding (.+) is not read", r"son encodage \1 n’est pas lu"),
    (r"is no plain file", "n’est pas un fichier ordinaire"),
    (r"is a message without text", "est un message sans texte"),
    (
        r"is not text: it holds NUL bytes or no words",
        "n’est pas du texte : il contient des octets nuls, ou aucun mot",
    ),
    (r"holds no file of a format that is read", "ne contient aucun fichier d’un format lu"),
    (r"is no file and no folder", "n’est ni un fichier ni un dossier"),
    (r"does not exist", "n’existe pas"),
    (r"cannot be read: (.*)", r"illisible : \1"),
    (r"is larger than (\d+) MB", r"dépasse \1 Mo"),
    (r"is refused: a feed that defines entities", "est refusé : un flux qui définit des entités"),
    (r"is a feed without entries: (.*)", r"est un flux sans articles : \1"),
    (r"line is longer than (\d+) MB", r"la ligne dépasse \1 Mo"),
    (r"is not UTF-8: byte (\d+) of the line", r"n’est pas en UTF-8 : octet \1 de la ligne"),
    (r"is not JSON: (.*)", r"n’est pas du JSON : \1"),
    (r"is an empty list", "est une liste vide"),
    (r"holds no news item", "ne contient aucune dépêche"),
    (r"is XML of no kind that is read", "est du XML d’une sorte qui n’est pas lue"),
    (r"is of no format that is read", "est d’un format qui n’est pas lu"),
    (r"takes too long or too much memory to read", "demande trop de temps ou de mémoire"),
    (r"takes too much memory to read", "demande trop de mémoire"),
    (r"is nested too deep", "est trop imbriqué"),
    (r"holds no web page", "ne contient aucune page web"),
    (r"its front matter cannot be read: (.*)", r"son en-tête est illisible : \1"),
    (r"is not CSV: (.*)", r"n’est pas du CSV : \1"),
    (r"holds no row after its first", "ne contient aucune ligne après la première"),
    (r"is locked by a password", "est protégé par un mot de passe"),
    (r"is a damaged PDF: (.*)", r"est un PDF endommagé : \1"),
    (r"has more than ([\d,]+) pages", r"a plus de \1 pages"),
    (
        r"holds no text: a scan has to be recognised first",
        "ne contient pas de texte : une numérisation doit d’abord être reconnue",
    ),
    (
        r"(.+): the host (.+) is not among feed_hosts in the settings",
        r"\1 : l’hôte \2 n’est pas dans le réglage feed_hosts",
    ),
    (r"(.+): the server answers (\d+)", r"\1 : le serveur répond \2"),
    (r"(.+): redirects more than (\d+) times", r"\1 : redirige plus de \2 fois"),
    (r"(.+): takes longer than (\d+) s", r"\1 : prend plus de \2 s"),
    (r"(.+): is larger than (\d+) MB", r"\1 : dépasse \2 Mo"),
    (
        r"(.+): holds characters that no address has",
        r"\1 : contient des caractères qu’aucune adresse n’a",
    ),
    (r"(.+): names a user or no port", r"\1 : nomme un utilisateur, ou pas de port"),
    (r"(.+): has no host, or one that is no name", r"\1 : n’a pas d’hôte, ou pas un nom"),
    (r"(.+): (.+) is an address in disguise", r"\1 : \2 est une adresse déguisée"),
    (r"(.+): is neither http nor https", r"\1 : n’est ni http ni https"),
    (r"(.+): (.+) leads to (\S+), which is not public", r"\1 : \2 mène à \3, qui n’est pas public"),
    (r"(.+): (.+) has no address(?:: .*)?", r"\1 : \2 n’a pas d’adresse"),
)


def say_reason(reason: str, language: Language) -> tuple[str, Language]:
    """A reason, and the language it is told in: English where there are no other words for it."""
    if language == "fr":
        for english, french in _FRENCH:
            if found := re.fullmatch(english, reason, re.DOTALL):
                return found.expand(french), "fr"
    return reason, "en"
