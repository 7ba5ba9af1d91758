"""Every word of ours on the screen, in English and French."""

from typing import Final

from assistant.query import Language
from ui.operator.words import OPERATOR
from ui.room.words import ROOM

LANGUAGES: Final[dict[Language, str]] = {"en": "English", "fr": "Français"}

_BESIDE: Final = ROOM | OPERATOR
_WORDS: Final[dict[str, dict[Language, str]]] = _BESIDE | {
    "holdings": {
        "en": "{articles} in {languages}, the newest of {newest}",
        "fr": "{articles} en {languages}, le plus récent : {newest}",
    },
    "greeting": {"en": "What would you like to know?", "fr": "Que voulez-vous savoir ?"},
    "promise": {
        "en": "Ask in English or in French. The answer comes from the articles of this archive, "
        "in their own words, each with its source.",
        "fr": "Posez votre question en français ou en anglais. La réponse vient des articles de "
        "cette archive, dans leurs propres mots, chacun avec sa source.",
    },
    "fill_archive": {
        "en": "Whoever runs the server fills it with: depeche ingest FOLDER",
        "fr": "Qui gère le serveur la remplit avec : depeche ingest DOSSIER",
    },
    "examples": {"en": "For example", "fr": "Par exemple"},
    "latest": {"en": "Latest in the archive", "fr": "Dernières parutions"},
    "evidence": {"en": "Sources", "fr": "Sources"},
    "evidence_of": {"en": "Sources for “{question}”", "fr": "Sources de « {question} »"},
    "no_evidence": {
        "en": "This answer rests on no article.",
        "fr": "Cette réponse ne s’appuie sur aucun article.",
    },
    "question": {"en": "Your question", "fr": "Votre question"},
    "ask_here": {"en": "Ask the archive…", "fr": "Interrogez l’archive…"},
    "ask": {"en": "Ask", "fr": "Demander"},
    "stop": {"en": "Stop", "fr": "Arrêter"},
    "anew": {"en": "New conversation", "fr": "Nouvelle conversation"},
    "retry": {"en": "Ask again", "fr": "Redemander"},
    "timeline": {"en": "Timeline", "fr": "Chronologie"},
    "as_typed": {
        "en": "Search for the words as typed",
        "fr": "Rechercher les mots tels quels",
    },
    "any_time": {
        "en": "Search articles of any day",
        "fr": "Chercher sans limite de dates",
    },
    "copy": {"en": "Copy with sources", "fr": "Copier avec les sources"},
    "copied": {"en": "Copied", "fr": "Copié"},
    "sources": {"en": "See the sources", "fr": "Voir les sources"},
    "close": {"en": "Close", "fr": "Fermer"},
    "language": {"en": "Language", "fr": "Langue"},
    "you": {"en": "You asked", "fr": "Vous avez demandé"},
    "searching": {"en": "Searching {articles}…", "fr": "Recherche dans {articles}…"},
    "stopped": {"en": "Stopped before the end.", "fr": "Arrêté avant la fin."},
    "closest": {"en": "No clear answer", "fr": "Pas de réponse nette"},
    "not_found": {"en": "Nothing found", "fr": "Rien trouvé"},
    "problem": {"en": "Something went wrong", "fr": "Un incident s’est produit"},
    "failed": {
        "en": "The question could not be answered just now. Ask it again; if that does not help, "
        "tell whoever looks after this page: incident {incident}.",
        "fr": "Impossible de répondre pour le moment. Reposez la question ; si cela ne suffit "
        "pas, prévenez la personne qui s’occupe de cette page : incident {incident}.",
    },
    "long": {
        "en": "The question is longer than {longest} characters: please shorten it.",
        "fr": "La question dépasse {longest} caractères : raccourcissez-la, s’il vous plaît.",
    },
    "stopping": {
        "en": "The server is being restarted: ask again in a minute.",
        "fr": "Le serveur redémarre : reposez la question dans une minute.",
    },
    "opening": {
        "en": "Dépêche is opening its archive. This page comes by itself when it is ready.",
        "fr": "Dépêche ouvre son archive. Cette page s’affichera d’elle-même.",
    },
    "often": {
        "en": "You have asked many questions within a minute: please wait a moment.",
        "fr": "Vous avez posé beaucoup de questions en une minute : patientez un instant.",
    },
    "empty": {
        "en": "There is no word in this question: please write one.",
        "fr": "Cette question ne contient aucun mot : écrivez-en un, s’il vous plaît.",
    },
    "source_number": {"en": "Source {number}: {source}", "fr": "Source {number} : {source}"},
    "original": {"en": "Read the original", "fr": "Lire l’original"},
    "back": {"en": "Back to the answer", "fr": "Revenir à la réponse"},
    "written": {
        "en": "Written by a language model ({model}) from the sources; check it against them.",
        "fr": "Rédigé par un modèle de langue ({model}) d’après les sources ; vérifiez-le.",
    },
    "machine": {
        "en": "You are talking to a machine. Quotes are word for word.",
        "fr": "Vous parlez à une machine. Les citations sont mot pour mot.",
    },
    "keys": {
        "en": "Enter asks · Shift+Enter new line · Esc stops",
        "fr": "Entrée envoie · Maj+Entrée à la ligne · Échap arrête",
    },
    "ask_news": {"en": "What has been reported about {name}?", "fr": "{name} : que sait-on ?"},
    "ask_latest": {
        "en": "What is the latest on {name}?",
        "fr": "{name} : quelles sont les dernières nouvelles ?",
    },
    "ask_said": {"en": "Who said what about {name}?", "fr": "{name} : qui a dit quoi ?"},
}


def word(key: str, language: Language, **blanks: str) -> str:
    """One of our phrases, with its blanks filled."""
    return _WORDS[key][language].format(**blanks)


def pick_language(wanted: str, setting: str, accepted: str) -> Language:
    """The page's language: asked for by address, set, or the first that the browser accepts."""
    for choice in (wanted, setting):
        if choice in ("en", "fr"):
            return "fr" if choice == "fr" else "en"
    ranked = sorted(_accepted(accepted), key=lambda pair: -pair[1])
    known = [tag for tag, weight in ranked if tag in ("en", "fr") and weight > 0]
    return "fr" if known[:1] == ["fr"] else "en"


def _accepted(header: str) -> list[tuple[str, float]]:
    """Languages of an Accept-Language header with their weights, RFC 9110 section 12.5.4."""
    pairs = [part.strip().partition(";q=") for part in header.split(",")]
    return [(tag.strip().lower()[:2], _weight(weight)) for tag, _, weight in pairs if tag.strip()]


def _weight(printed: str) -> float:
    try:
        return float(printed) if printed else 1.0
    except ValueError:
        return 0.0
