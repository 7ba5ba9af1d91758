"""A figure is marked with what bounds it and what it counts, other words as they were found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.marks import whole_figure

GROWN = [
    ("They will be sold in [11 stores] from May.", "11"),
    ("The town sent [some 200 volunteers] there.", "200"),
    ("It fell on [just over 40 percent] of the fields.", "40 percent"),
    ("[As many as 300 people] were hurt.", "300"),
    ("Senators vote [no later than Friday], an aide said.", "Friday"),
    ("She made her [34th start] for the club.", "34th"),
    ("The quake cut [two Lisbon bridges], one of them new.", "two"),
    ("Police kept a [25,000-strong] crowd away.", "25,000"),
    ("[Only twice] has a side come back.", "twice"),
    ("The fund holds [at least $10 billion], she said.", "$10 billion"),
    ("La tempête a touché [un peu plus de 40 %] des champs.", "40 %"),
    ("Le vote aura lieu [d’ici vendredi], dit-elle.", "vendredi"),
    ("[Au moins 16 700 personnes] ont fui.", "16 700"),
    ("Ils ont gagné leurs [quatre premiers matchs] ici.", "quatre"),
    ("Il vendait [seulement deux porcs noirs] par an.", "deux"),
]
AS_FOUND = [
    ("The treaty of [1962] maps and borders still holds.", "1962"),
    ("In [1165] Maimonides left for Acre.", "1165"),
    ("La saison [2001-2002] avec huit équipes commence.", "2001-2002"),
    ("Il en vint [deux cents] d’entre eux.", "deux cents"),
    ("Il finit [2e] derrière son frère.", "2e"),
    ("Of the 29 matches he lost [19] of his own.", "19"),
    ("It was [six], less than usual.", "six"),
    ("He met [Ana Lopes] there.", "Ana Lopes"),
    ("Ils étaient [sept] dans la salle.", "sept"),
    ("Ils étaient [sept] à vélo.", "sept"),
    ("She is [8]", "8"),
]


@pytest.mark.parametrize(("wanted", "found"), GROWN + AS_FOUND)
def test_a_mark_is_as_long_as_the_figure_it_tells(wanted: str, found: str) -> None:
    before, marked, after = wanted.replace("[", "]").split("]")
    start = len(before) + marked.index(found)
    text = before + marked + after
    first, last = whole_figure(text, (start, start + len(found)))
    assert text[first:last] == marked


def test_spaces_that_do_not_break_are_spaces() -> None:
    text = "La tempête a touché un peu plus de\u202f40\u00a0% des champs."
    first, last = whole_figure(text, (text.index("40"), text.index("%") + 1))
    assert text[first:last] == "un peu plus de\u202f40\u00a0%"


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_a_mark_holds_all_that_was_found(before: str, found: str, after: str) -> None:
    text = before + found + after
    first, last = whole_figure(text, (len(before), len(before) + len(found)))
    assert 0 <= first <= len(before)
    assert len(before) + len(found) <= last <= len(text)
