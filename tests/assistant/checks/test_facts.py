from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.facts import lacks, read_facts
from assistant.checks.figures import Figure, rounds
from ingest.dates import NewsDate

PUBLISHED = NewsDate("2024-01-27")  # a Saturday

SAME = [
    ("en", "They counted 1,200 ships.", "fr", "Ils ont compté 1 200 navires."),
    ("en", "They counted 1,200 ships.", "fr", "Ils ont compté 1.200 navires."),
    ("en", "They counted twelve hundred ships, or 1200.", "fr", "mille deux cents navires"),
    ("en", "A dozen ships sank.", "fr", "Douze navires ont coulé."),
    ("fr", "Une douzaine de navires", "en", "Twelve ships"),
    ("en", "2.5 million people", "fr", "2,5 millions de personnes"),
    ("en", "two and a half million people", "fr", "2 500 000 personnes"),
    ("fr", "deux millions et demi de personnes", "en", "2.5 million people"),
    ("en", "half a million people", "fr", "500 000 personnes"),
    ("en", "71 per cent of the votes", "fr", "71 % des voix"),
    ("fr", "vingt pour cent des voix", "en", "20 percent of the votes"),
    ("en", "15 to 20 per cent", "fr", "de 15 % à 20 %"),
    ("en", "half of the votes", "fr", "50 % des voix"),
    ("en", "a quarter of the price", "fr", "un quart du prix"),
    ("en", "two thirds of them", "fr", "les deux tiers d’entre eux"),
    ("en", "€2.7 billion", "fr", "2,7 milliards d’euros"),
    ("en", "£41m of repairs", "en", "41 million pounds of repairs"),
    ("en", "a six-hour delay", "fr", "un retard de six heures"),
    ("en", "the 21st century", "fr", "le XXIe siècle"),
    ("en", "the third report", "fr", "le 3e rapport"),
    ("en", "between 2 and 3 million", "fr", "de 2 à 3 millions"),
    ("en", "about 1,200 people", "en", "1,187 people"),
    ("fr", "près de 2,5 millions", "en", "2,480,000 people"),
    ("fr", "soixante-dix-sept ans", "en", "77 years"),
    ("en", "on January 12", "fr", "le 12 janvier"),
    ("en", "on 01/12/2024", "fr", "le 12/01/2024"),
    ("en", "on January 12, 2024", "fr", "le 12 janvier"),
    ("fr", "le 1er mars", "en", "on March 1"),
    ("en", "since April 24", "fr", "depuis le 24 avril"),
    ("en", "in January 2024", "fr", "le 12 janvier 2024"),
    ("en", "on Thursday", "fr", "le 25 janvier"),
    ("fr", "le 25 janvier 2024", "en", "on Thursday"),
    ("fr", "le 26 janvier", "en", "It was decided yesterday."),
    ("en", "in 2024", "fr", "le 12 janvier 2024"),
    ("en", "the 1990s", "fr", "les années 1990"),
    ("en", "at 10:50 p.m.", "fr", "à 22 h 50"),
    ("en", "at 6 a.m.", "fr", "à 6 heures"),
]

OTHER = [
    ("en", "1,300 ships", "fr", "1 200 navires", "figure"),
    ("en", "thirteen ships", "fr", "douze navires", "figure"),
    ("en", "2.5 billion people", "fr", "2,5 millions de personnes", "figure"),
    ("en", "71 ships", "fr", "71 % des navires", "figure"),
    ("en", "$41 million", "en", "£41 million", "figure"),
    ("en", "62,000 people", "en", "about 61,000 people", "figure"),
    ("en", "1,200 people", "en", "1,187 people", "figure"),
    ("en", "a third of the price", "fr", "un quart du prix", "figure"),
    ("en", "on January 13", "fr", "le 12 janvier", "date"),
    ("en", "in February", "fr", "le 12 janvier", "date"),
    ("en", "until March 3", "fr", "le 12 mars, à 3 heures", "date"),
    ("en", "on Friday", "fr", "le jeudi 25 janvier", "date"),
    ("en", "on January 12, 2023", "fr", "le 12 janvier", "date"),
    ("en", "at 11:50 p.m.", "fr", "à 22 h 50", "figure"),
    ("en", "in 2019", "fr", "en 2020", "figure"),
]


@pytest.mark.parametrize(("tongue", "written", "language", "held"), SAME)
def test_one_fact_in_two_forms_is_one(tongue: str, written: str, language: str, held: str) -> None:
    published = None if "a.m" in written else PUBLISHED
    assert lacks(read_facts(written, tongue), read_facts(held, language, published)) == ()


@pytest.mark.parametrize(("tongue", "written", "language", "held", "lack"), OTHER)
def test_another_fact_is_missed(
    tongue: str, written: str, language: str, held: str, lack: str
) -> None:
    facts = read_facts(held, language, PUBLISHED if "20" not in held else None)
    assert lack in lacks(read_facts(written, tongue), facts)


def test_a_weekday_without_a_day_to_tell_it_from_is_let_be() -> None:
    held = read_facts("Ils se sont réunis en janvier.", "fr", NewsDate("2024-01"))
    assert lacks(read_facts("They met on Monday.", "en"), held) == ()


@given(value=st.integers(100, 10**9), language=st.sampled_from(["en", "fr"]))
def test_a_figure_is_the_same_however_its_thousands_are_parted(value: int, language: str) -> None:
    parted = f"{value:,}".replace(",", {"en": ",", "fr": "\u202f"}[language])
    plain = read_facts(f"they, {value} of them", language).figures
    assert read_facts(f"they, {parted} of them", language).figures == plain
    assert [figure.value for figure in plain] == [value]


@given(day=st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_date_is_the_same_in_both_languages_and_in_figures(day: date) -> None:
    from babel.dates import format_date

    printed = [
        (format_date(day, "long", locale="en"), "en"),
        (format_date(day, "long", locale="fr"), "fr"),
        (day.strftime("%m/%d/%Y"), "en"),
        (day.strftime("%d/%m/%Y"), "fr"),
        (day.isoformat(), "en"),
    ]
    read = {read_facts(text, language).moments for text, language in printed}
    assert len(read) == 1
    assert [moment.as_day for moments in read for moment in moments] == [day]


@pytest.mark.parametrize(
    ("rough", "exact", "rounded"),
    [
        ("1,200 people", "1,187 people", True),
        ("2.5 million people", "2,480,000 people", True),
        ("about 40 people", "41 people", True),
        ("about 40 people", "48 people", False),
        ("10 people", "12 people", False),
        ("1,190 people", "1,187 people", True),
        ("1,187 people", "1,200 people", False),
        ("€1,200", "$1,187", False),
    ],
)
def test_a_rounding_is_near_and_has_fewer_digits(rough: str, exact: str, rounded: bool) -> None:
    one, other = (read_facts(text, "en").figures[0] for text in (rough, exact))
    assert rounds(one, other) == rounded


@given(exact=st.integers(101, 10**9))
def test_no_figure_rounds_itself(exact: int) -> None:
    assert not rounds(Figure(Fraction(exact), about=True), Figure(Fraction(exact)))
