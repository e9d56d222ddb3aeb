"""The page: a report as one HTML file, without scripts and without anything from elsewhere."""

from __future__ import annotations

from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from steelyard.errors import Locale, Text
from steelyard.reporting import charts
from steelyard.reporting.model import Report
from steelyard.reporting.words import WORDS


def render(report: Report, locale: Locale) -> str:
    """Write the report in one language; the same report gives the same bytes."""
    words = {name: text.get(locale) for name, text in WORDS.items()}
    return _template().render(report=report, locale=locale, words=words, say=partial(_say, locale))


def _say(locale: Locale, text: Text | None) -> str:
    return "–" if text is None else text.get(locale)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("steelyard.reporting", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(shown=charts.shown, percent=charts.percent)
    environment.globals.update(bar=charts.bar, spread=charts.spread, trend=charts.trend)
    return environment.get_template("report.html.jinja")
