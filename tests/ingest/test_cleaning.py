"""Cleaning takes out what no reader can see and leaves the words as printed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean_line, clean_text, repair_encoding

UNSEEN = (
    0x00, 0x01, 0x07, 0x08, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x9F, 0xAD, 0x034F, 0x061C, 0x180E,
    0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060,
    0x2061, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0xFE00, 0xFE0F, 0xFEFF, 0xFFF9,
    0xFFFE, 0xE0001, 0xE0041, 0xE0100,
)  # fmt: skip


@pytest.mark.parametrize("code", UNSEEN, ids=hex)
def test_what_no_reader_sees_is_taken_out(code: int) -> None:
    assert clean_text(f"mi{chr(code)}nister") == "minister"


@pytest.mark.parametrize(
    "printed",
    [
        "½ livre, № 5, 10 m², ﬁn, ﷺ",
        "می‌خواهم به خانه بروم",
        "क्‍ष और न्‌म",
        "السلام عليكم ورحمة الله",
        "שָׁלוֹם עֲלֵיכֶם",
        "❤️ 👩‍🚀 1️⃣ ☺️",
        "Nguyễn, Łódź, Ærø, Škoda",
        "« Oui », dit-il\u202f: 4\u202f200\u00a0€",
    ],
    ids=["signs", "persian", "hindi", "arabic", "hebrew", "emoji", "names", "spaces"],
)
def test_words_of_every_script_stay_as_printed(printed: str) -> None:
    assert clean_text(printed) == unicodedata.normalize("NFC", printed)


def test_colours_of_a_terminal_go_whole() -> None:
    assert clean_text("\x1b[1;31mred\x1b[0m") == "red"


def test_all_ends_of_lines_become_one() -> None:
    assert clean_text("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h") == "a\nb\nc\nd\ne\nf\ng\nh"


def test_half_a_surrogate_pair_becomes_a_replacement() -> None:
    assert clean_text("a\ud800b") == "a\ufffdb"


@settings(deadline=None)
@given(st.text(st.characters()))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("aé1#❤☺ب क\u200c\u200d\ufe0f\u20e3\x1b[m\u0301\u200b\U0001f468")))
def test_joiners_and_selectors_in_any_order_are_settled_at_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@settings(deadline=None)
@given(st.text(st.characters()))
def test_a_line_is_one_line_without_doubled_spaces(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())


def test_a_text_decoded_by_a_wrong_table_is_repaired_line_by_line() -> None:
    spoilt = "Le prÃ©sident est venu.\nLe président 你好 est là."
    assert repair_encoding(spoilt) == "Le président est venu.\nLe président 你好 est là."


@pytest.mark.parametrize("right", ["été à l’Élysée", "DÃO, vinho português", "naïve café", "Ñandú"])
def test_what_was_decoded_well_is_left_alone(right: str) -> None:
    assert repair_encoding(right) == right
