"""A line chart as SVG, small enough to need no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 640, 150, 60, 34, 46  # pixels
_STYLE = "font: 12px sans-serif; fill: #333"


@dataclass(frozen=True, slots=True)
class Line:
    """What is measured, its values, and its colour."""

    title: str
    values: Sequence[float]
    colour: str


def draw(places: Sequence[float], lines: Sequence[Line], unit: str) -> str:
    """A chart a line, one above the other, each from zero so that flat is seen to be flat."""
    height = _TOP + len(lines) * (_HEIGHT + _GAP)
    charts = "".join(
        f'<g transform="translate({_LEFT} {_TOP + row * (_HEIGHT + _GAP)})">'
        f"{_chart(places, line, unit)}</g>"
        for row, line in enumerate(lines)
    )
    size = f'width="{_WIDTH + _LEFT + 40}" height="{height}"'
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} style="{_STYLE}">{ground}{charts}</svg>'


def _chart(places: Sequence[float], line: Line, unit: str) -> str:
    highest = max(line.values) * 1.1
    points = [
        (_WIDTH * place / places[-1], _HEIGHT * (1 - value / highest))
        for place, value in zip(places, line.values, strict=True)
    ]
    drawn = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.colour}"/>'
                   for x, y in points)  # fmt: skip
    marks = "".join(
        f'<text x="{x:.1f}" y="{_HEIGHT + 16}" text-anchor="middle">{place:,.0f}</text>'
        for place, (x, _) in zip(places, points, strict=True)
    )
    return (
        f'<text y="-8">{escape(line.title)}, by {escape(unit)} held</text>'
        f'<path d="M0 0V{_HEIGHT}H{_WIDTH}" fill="none" stroke="#999"/>'
        f'<text x="-8" y="{points[-1][1]:.1f}" text-anchor="end">{line.values[-1]:,.0f}</text>'
        f'<text x="-8" y="{_HEIGHT}" text-anchor="end">0</text>'
        f'<polyline points="{drawn}" fill="none" stroke="{line.colour}" stroke-width="2"/>'
        f"{dots}{marks}"
    )
