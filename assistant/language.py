"""Whether a question is in English or in French."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from lingua import LanguageDetector

Language = Literal["en", "fr"]  # that readers are answered in

_SURE = 0.6  # lingua's probability below which single words decide nothing

# Words that one language has and the other has not, whatever is talked about.
_ENGLISH: Final = frozenset(
    "about after all am an and any anything are as at been before being between by can could did do"
    " does doing during everything for from get give had happen happened happening has have he her"
    " him his how i if in into is it its know last latest let like list many me most much my new"
    " news not of or our over recent said say says she should show since so some still tell than"
    " that the their them then there these they this those to today until up was we were what when"
    " where which while who whom whose why will with without would yesterday yet you your".split()
)
_FRENCH: Final = frozenset(
    "ai ainsi alors après au aucun aujourd aussi autre aux avait avant avec avez avoir aux car ce"
    " ceci cela celle celui ces cet cette ceux chez combien comment contre dans de depuis dernier"
    " dernière dernières derniers des dit dites donc dont du elle elles en encore entre est et"
    " était étaient être eu fait faut hier ici il ils jusqu la le les leur leurs lors lorsque mais"
    " même mes moi mon montre nos notre nous nouvelles où ou ont par parle parlez passe passé pas"
    " pendant peut plus pour pourquoi près qu quand que quel quelle quelles quels qui quoi sa sans"
    " se selon sera ses si son sont sous sur ta tous tout toute toutes très un une vers veut voici"
    " vos votre vous y".split()
)
_OF_NAMES: Final = frozenset("le la les de des du the of".split())  # Le Monde, The Hague
_ELIDED = re.compile(r"\b(?:[ldnjmtsc]|qu|aujourd)['’](?=\w)", re.IGNORECASE)
_SHORTENED = re.compile(r"\w(?:['’](?:s|re|ve|ll)|n['’]t)\b")
_WORD = re.compile(r"[^\W\d_]+")


def question_language(text: str, otherwise: Language = "en") -> Language:
    """The language of a question; of one that holds only names, the one given otherwise."""
    words = [word for word in _WORD.finditer(text) if not _is_of_name(word, text)]
    said = [word[0].lower() for word in words]
    english = sum(word in _ENGLISH for word in said) + len(_SHORTENED.findall(text))
    french = sum(word in _FRENCH for word in said) + len(_ELIDED.findall(text))
    if english != french:
        return "en" if english > french else "fr"
    small = " ".join(word[0] for word in words if word[0].islower()) or _lowered(text)
    return _likelier(small, otherwise) if small else otherwise


def _is_of_name(word: re.Match[str], text: str) -> bool:
    """Whether a word is the article of a name, as in Le Monde and The Hague."""
    following = _WORD.search(text, word.end())
    named = word[0][0].isupper() and following is not None and following[0][0].isupper()
    return named and word[0].lower() in _OF_NAMES and not text.isupper()


def _lowered(text: str) -> str:
    """A text in capitals alone says nothing by them."""
    return text.lower() if text.isupper() and len(text.split()) > 1 else ""


def _likelier(words: str, otherwise: Language) -> Language:
    from lingua import Language as Tongue

    french = _detector().compute_language_confidence(words, Tongue.FRENCH)
    if max(french, 1 - french) < _SURE:
        return otherwise
    return "fr" if french > 1 - french else "en"


@cache
def _detector() -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    both = (IsoCode639_1.EN, IsoCode639_1.FR)
    return LanguageDetectorBuilder.from_iso_codes_639_1(*both).build()
