"""Which language a text is in."""

from functools import cache
from typing import TYPE_CHECKING

from ingest.articles import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from lingua import LanguageDetector

# What news archives mostly hold; each one more costs a few megabytes.
_LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr")
_SAMPLE = 2000  # characters: plenty to be sure, and the same speed for every article
_SURE = 0.5  # lingua's probability of the best language


@cache
def _detector() -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in _LANGUAGES]
    # Trigrams alone decide for anything longer than a sentence: a tenth of the memory.
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language, `und` when nothing is likely."""
    values = _detector().compute_language_confidence_values(text[:_SAMPLE])
    if not values or values[0].value < _SURE:
        return UNKNOWN_LANGUAGE
    return values[0].language.iso_code_639_1.name.lower()
