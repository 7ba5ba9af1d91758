"""How far an addition has come, as the page shows it."""

import pytest

from tests.ui.test_cards import HOSTILE, Reading
from ui.operator.additions import Addition
from ui.operator.reports import render_additions


@pytest.mark.parametrize(
    ("addition", "said", "bars"),
    [
        (Addition(1, HOSTILE), "Waiting", 0),
        (Addition(2, HOSTILE, "reading", articles=37), "Being read: 37 articles so far", 1),
        (Addition(3, HOSTILE, "failed", incident="ab12"), "incident ab12", 0),
    ],
)
def test_an_addition_says_how_far_it_has_come(addition: Addition, said: str, bars: int) -> None:
    found = Reading(render_additions([addition], "en"))
    assert said in found.text
    assert HOSTILE in found.text
    assert found.elements.count("progress") == bars
    assert "img" not in found.elements
    assert ("data-busy" in found.attributes) == addition.running
