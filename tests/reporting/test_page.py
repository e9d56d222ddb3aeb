"""The page of a report: whole by itself, in one language, and not to be led astray by what it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from reporting.sample import HARMFUL, REPORT
from steelyard.errors import Locale
from steelyard.reporting.page import render
from steelyard.reporting.words import WORDS

VOID = {"meta", "br"}
HAN = re.compile(r"[\u4e00-\u9fff]")


class Balance(HTMLParser):
    """Keeps the tags that are open, and all attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(page: str) -> Balance:
    found = Balance()
    found.feed(page)
    found.close()
    return found


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_all_tags_are_closed(locale: Locale) -> None:
    assert parsed(render(REPORT, locale)).open == []


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_it_needs_nothing_from_elsewhere(locale: Locale) -> None:
    found = parsed(render(REPORT, locale))
    assert not {"script", "link", "img", "iframe", "object"} & set(found.seen)
    assert not [name for name, _ in found.attributes if name in {"src", "href", "data", "xlink:href"}]
    assert "url(" not in render(REPORT, locale)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_names_stay_text(locale: Locale) -> None:
    page = render(REPORT, locale)
    assert "<script>" not in page
    assert page.count("&lt;script&gt;&#34;&amp;") >= 4
    assert HARMFUL.get(locale).split("<")[0] in page


def test_english_is_not_mixed_with_chinese() -> None:
    body = re.sub(r"<style>.*?</style>", "", render(REPORT, "en"), flags=re.DOTALL)
    assert not HAN.search(body)


def test_every_word_is_used() -> None:
    template = re.sub(r"[^\w.]+", " ", open_template())
    assert [name for name in WORDS if f"words.{name} " not in f"{template} ".replace(".format", " ")] == []


def open_template() -> str:
    from importlib.resources import files

    return files("steelyard.reporting").joinpath("report.html.jinja").read_text(encoding="utf-8")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(REPORT, "zh") == render(REPORT, "zh")


def test_what_may_not_be_told_of_peers_is_not_shown() -> None:
    page = render(replace(REPORT, peers=REPORT.peers[1:]), "en")
    assert WORDS["withheld"].en in page


def test_a_closed_period_is_not_called_provisional() -> None:
    closed = replace(REPORT, provenance=replace(REPORT.provenance, provisional=False))
    assert WORDS["provisional"].en in render(REPORT, "en")
    assert WORDS["provisional"].en not in render(closed, "en")


def test_nothing_found_and_nothing_planned_is_said() -> None:
    page = render(replace(REPORT, findings=(), plan=None, rules=(), trend=()), "en")
    assert WORDS["no_findings"].en in page
    assert WORDS["no_plan"].en in page
    assert "<h2>Trend</h2>" not in page
