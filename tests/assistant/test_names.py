import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.names import mentions, names_in


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Sabrina Singh say about Iraq?", ("Sabrina", "Singh", "Iraq")),
        ("Combien de soldats l’Irak a-t-il perdus en 2024 ?", ("Irak", "2024")),
        ("How many of the 1,200 left?", ("1,200",)),
        ("Les 9 000 manifestants sont-ils partis ?", ("9 000",)),
        ("NATO: what now?", ("NATO",)),
        ("Which workers walked out?", ()),
        ("Qu’a dit M. Dupont à l’ONU ?", ("Dupont", "ONU")),
    ],
)
def test_names_and_figures_of_a_question_are_found(question: str, names: tuple[str, ...]) -> None:
    assert names_in(question) == names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Iraq", "Les forces de l’Irak avancent."),
        ("Germany", "L’Allemagne a voté."),
        ("Allemagne", "Germany voted."),
        ("London", "Le maire de Londres."),
        ("1,200", "Ils étaient 1 200 hier."),
        ("1 200", "Some 1,200 marched."),
        ("Elysee", "À l’Élysée, rien."),
        ("Ardence-Mirevaux", "L’aller simple entre Ardence et Mirevaux."),
    ],
)
def test_a_name_is_known_in_the_other_languages_spelling(name: str, text: str) -> None:
    assert mentions(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [("Mali", "L’Irak avance."), ("1,200", "Some 12,000 marched."), ("2024", "In 2023.")],
)
def test_another_name_or_figure_is_not_taken_for_it(name: str, text: str) -> None:
    assert not mentions(name, text)


@given(st.integers(1, 10**9))
def test_a_figure_is_the_same_however_its_thousands_are_parted(number: int) -> None:
    english, french = f"{number:,}", f"{number:,}".replace(",", "\u202f")
    assert mentions(english, f"Il y en a {french}.")
    assert mentions(french, f"There are {english} of them.")
