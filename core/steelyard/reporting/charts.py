"""Charts: figures as inline SVG, each with its figures in words for those who cannot see it.

All scales run from 0 to 100. Shape tells as much as colour: a bar is the score, an upright stroke the pass
line, a diamond the peers' median, a box the middle half of the peers.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from steelyard.improvement.wording import figure
from steelyard.reporting.model import Moment

BAR = 160
HEIGHT = 14
TREND_WIDTH, TREND_HEIGHT, MARGIN = 640, 150, 24


def bar(rate: float | None, line: float | None, target: float | None, label: str) -> Markup:
    """A rate as a bar, with pass line and target as strokes; only the track where there is no rate."""
    parts = [_rect("track", 0, BAR)]
    if rate is not None:
        parts.append(_rect("bar", 0, _x(rate * 100)))
    parts += [_stroke(name, at) for name, at in (("line", line), ("target", target)) if at is not None]
    return _svg(BAR, HEIGHT, label, parts)


def spread(
    score: float | None, lower: float | None, median: float | None, upper: float | None, label: str
) -> Markup:
    """The middle half of the peers as a box, their median as a diamond, the unit's score as a bar's end."""
    parts = [_rect("track", 0, BAR)]
    if lower is not None and upper is not None:
        parts.append(_rect("box", _x(lower), _x(upper) - _x(lower)))
    if median is not None:
        x = _x(median)
        points = f"{x - 4:g},7 {x:g},2 {x + 4:g},7 {x:g},12"
        parts.append(Markup('<polygon class="median" points="{}"/>').format(points))
    if score is not None:
        parts.append(Markup('<circle class="own" cx="{:g}" cy="7" r="4"/>').format(_x(score)))
    return _svg(BAR, HEIGHT, label, parts)


def trend(moments: Sequence[Moment], line: float | None, label: str) -> Markup:
    """Scores over periods; a period without one is a gap, never bridged."""
    places = _places(moments)
    parts = [
        Markup('<text class="axis" x="0" y="{:g}">{}</text>').format(_y(at) + 4, at) for at in (0, 50, 100)
    ]
    parts += [_across("grid", at) for at in (0, 50, 100)]
    if line is not None:
        parts.append(_across("line", line))
    for run in _runs(places):
        points = " ".join(f"{x:g},{_y(score):g}" for x, score in run)
        parts.append(Markup('<polyline class="trend" points="{}"/>').format(points))
        parts += [
            Markup('<circle class="own" cx="{:g}" cy="{:g}" r="3"/>').format(x, _y(score)) for x, score in run
        ]
    parts += [
        Markup('<text class="axis" text-anchor="middle" x="{:g}" y="{}">{}</text>').format(
            x, TREND_HEIGHT - 2, moment.period
        )
        for moment, (x, _) in zip(moments, places, strict=True)
    ]
    return _svg(TREND_WIDTH, TREND_HEIGHT, label, parts)


def _places(moments: Sequence[Moment]) -> list[tuple[float, float | None]]:
    """Where each period stands on the horizontal axis, and its score."""
    room = TREND_WIDTH - 3 * MARGIN
    step = room / max(len(moments) - 1, 1)
    return [(round(2 * MARGIN + at * step, 1), moment.score) for at, moment in enumerate(moments)]


def _runs(places: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """The scores between gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, score in places:
        if score is None:
            runs.append([])
        else:
            runs[-1].append((x, score))
    return [run for run in runs if run]


def _svg(width: int, height: int, label: str, parts: Sequence[Markup]) -> Markup:
    head = Markup('<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">')
    return head.format(label, width, height, width, height) + Markup("").join(parts) + Markup("</svg>")


def _rect(name: str, x: float, width: float) -> Markup:
    return Markup('<rect class="{}" x="{:g}" y="2" width="{:g}" height="10"/>').format(
        name, x, max(width, 0.0)
    )


def _stroke(name: str, rate: float) -> Markup:
    x = _x(rate * 100)
    return Markup('<path class="{}" d="M{:g} 0V14"/>').format(name, x)


def _across(name: str, score: float) -> Markup:
    y = _y(score)
    return Markup('<path class="{}" d="M{} {:g}H{}"/>').format(name, MARGIN, y, TREND_WIDTH)


def _x(score: float) -> float:
    """Where a score stands on a bar; what lies outside of the scale stands at its end."""
    return round(min(max(score, 0.0), 100.0) / 100 * BAR, 1)


def _y(score: float) -> float:
    room = TREND_HEIGHT - 2 * MARGIN
    return round(MARGIN + (1 - min(max(score, 0.0), 100.0) / 100) * room, 1)


def shown(number: float | None) -> str:
    """A figure with at most two decimals, a dash where there is none.

    >>> shown(None), shown(49.696969)
    ('–', '49.7')
    """
    return "–" if number is None else signed(number)


def signed(number: float) -> str:
    """A figure with at most two decimals; a minus only where something is left to be less than 0."""
    size = figure(abs(number))
    return f"-{size}" if number < 0 and size != "0" else size


def percent(rate: float | None) -> str:
    """A rate 0…1 in percent, a dash where there is none."""
    return "–" if rate is None else f"{signed(rate * 100)}%"
