import re

import pytest

from ui import words
from ui.words import pick_language, word


@pytest.mark.parametrize("key", words._WORDS)
def test_every_phrase_is_there_in_both_languages_with_the_same_blanks(key: str) -> None:
    english, french = words._WORDS[key]["en"], words._WORDS[key]["fr"]
    assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", french))


@pytest.mark.parametrize(
    ("asked", "setting", "accepted", "language"),
    [
        ("", "", "", "en"),
        ("", "", "fr", "fr"),
        ("", "", "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("", "", "de,en;q=0.5,fr;q=0.7", "fr"),
        ("", "", "de, es;q=0.5", "en"),
        ("", "", "fr;q=0, en;q=0.1", "en"),
        ("", "", "fr;q=a lot", "en"),
        ("", "en", "fr", "en"),
        ("fr", "en", "en", "fr"),
        ("<script>", "", "fr", "fr"),
    ],
)
def test_the_address_goes_before_the_setting_and_that_before_the_browser(
    asked: str, setting: str, accepted: str, language: str
) -> None:
    assert pick_language(asked, setting, accepted) == language


def test_a_phrase_fills_its_blanks() -> None:
    assert word("source_number", "fr", number="1", source="Le Monde") == "Source 1 : Le Monde"
