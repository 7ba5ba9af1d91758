"""Bytes become the words that were printed, whatever the editor's machine was."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.decoding import decode

# Written so that accents, capitals, ligatures, quotation marks, dashes and the euro all occur.
TEXTS = (
    "Le préfet a annoncé la réouverture de la gare après l'hiver.",
    "« Où étiez-vous à Noël ? », demanda l'huissier à la cour.",
    "Élise et Çelik ont déposé plainte à Évreux, près de l'île.",
    "Le maïs, la ciguë et l'aiguë : trois tréma au marché d'août.",
    "À l'hôtel, le maître d'œuvre jette un coup d'œil à la façade.",
    "Le chœur des sœurs a chanté ; le cœur de la ville s'est arrêté.",
    "Le billet coûte 12 € le matin, 9 € le soir, et 5 € le dimanche.",
    "L’accord – signé à l’aube – prévoit « un an d’essai »… ou deux.",
    "L'été a été sec : - 40 % d'eau, + 3° à l'ombre, d'après la météo.",
    "Où qu'elle aille, Noëlle dîne tôt et paie sa tournée de bière.",
    "ÉCONOMIE. L'ÉTAT CÈDE SES PARTS : « C'EST DÉCIDÉ », DIT-IL À PÂQUES.",
    "Le député a relevé la tête, hésité, puis voté contre à 23 h 40.",
)
ENCODINGS = (
    "cp1252", "iso-8859-1", "iso-8859-15", "mac_roman", "cp850", "utf-16-le", "utf-16-be",
    "utf-8-sig",
)  # fmt: skip
# What an editor typed where the machine had no such letter.
INSTEAD = {"œ": "oe", "€": "euros", "’": "'", "–": "-", "…": "...", "Œ": "OE"}


def typed_for(text: str, encoding: str) -> str:
    return "".join(each if each.encode(encoding, "ignore") else INSTEAD[each] for each in text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_french_in_an_older_encoding_is_read_exactly(text: str, encoding: str) -> None:
    typed = typed_for(text, encoding)
    assert decode(typed.encode(encoding)).text == typed


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "cp1252", "base64", "\x00", "xyz"]))
def test_no_bytes_and_no_label_stop_it(content: bytes, declared: str) -> None:
    assert isinstance(decode(content, declared).text, str)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")))
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode()).text == text


def test_what_is_declared_comes_before_what_is_likely() -> None:
    assert decode("Привет".encode("koi8-r"), "koi8-r").text == "Привет"


def test_a_mark_comes_before_what_is_declared() -> None:
    assert decode("\ufeffété".encode("utf-16-le"), "cp1252").text == "été"


def test_latin_1_is_read_as_what_its_authors_meant() -> None:
    assert decode(b"l\x92\xe9t\xe9", "iso-8859-1").text == "l’été"


def test_a_paste_into_utf8_is_mended_and_said() -> None:
    decoded = decode("L’été à Évreux, ".encode() + "près de là".encode("cp1252"))
    assert decoded.text == "L’été à Évreux, près de là"
    assert decoded.remark == "2 bytes that are not UTF-8 were read as cp1252"


def test_a_guess_is_said() -> None:
    text = "Правительство объявило о новых мерах поддержки малого бизнеса в регионах. " * 4
    decoded = decode(text.encode("cp1251"))
    assert (decoded.text, "likeliest" in decoded.remark) == (text, True)


def test_samples_of_many_languages_are_all_read(shared: Path) -> None:
    samples = sorted((shared / "data/nasty/charset-normalizer/data").glob("*.txt"))
    assert len(samples) == 18
    assert all(decode(sample.read_bytes()).text for sample in samples)


def test_every_case_of_mojibake_is_read_without_a_fault(shared: Path) -> None:
    from ingest.cleaning import repair_encoding

    cases = json.loads((shared / "data/nasty/ftfy/test_cases.json").read_text("utf-8"))
    assert len(cases) == 161
    assert all(isinstance(repair_encoding(case["original"]), str) for case in cases)
