"""The packs that come with Steelyard: nothing amiss, the sources' figures, and assumptions that say so."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from steelyard.errors import Text
from steelyard.intake.table import read_table_text
from steelyard.packs import Packs, load_packs
from steelyard.packs.cases import check_pack, read_cases
from steelyard.scheme.model import Indicator
from steelyard.scoring import Outcome, evaluate

PACKS: Packs = load_packs(strict=True)
NAMES = ("automotive", "ecommerce", "education")
SCHEMES = sorted(code for code, found in PACKS.schemes.items() if found.pack in NAMES)

FRONT_DESK = {"FD.CORE": 195, "FD.5S": 62, "FD.HR": 28, "FD.DOC": 11, "FD.KANBAN": 24, "FD.DMS": 10}
DEPARTMENTS = dict(
    zip(
        ["AUTO.FD", "AUTO.WS", "AUTO.PT", "AUTO.CL", "AUTO.CS", "AUTO.SM"],
        [330, 290, 150, 50, 140, 40],
        strict=True,
    )
)
CAMPUS = {
    "TU.STD": 30,
    "TU.STD.DONE": 10,
    "TU.STD.EFFECT": 20,
    "TU.SVC": 40,
    "TU.SVC.ATTITUDE": 10,
    "TU.SVC.TIMELY": 10,
    "TU.SVC.EFFECTIVE": 20,
    "TU.MGT": 30,
}
# Every figure of the sources that a scheme states, by node: its points.
SOURCE_POINTS = {
    "automotive.shop": {**DEPARTMENTS, **FRONT_DESK},
    "automotive.front-desk": FRONT_DESK,
    "automotive.front-desk-audit": {},
    "automotive.service-process": {},
    "education.campus": CAMPUS,
    "education.campus-management": {},
    "education.course-adviser": {},
    "education.teacher": {},
    "education.teaching-adviser": {},
    "ecommerce.shop": {},
}
# Every other rubric has figures of its own, and no source gives any of them without a gap.
PLAIN_RUBRICS = {"points"}


def nodes(scheme: str) -> list[Indicator]:
    return list(PACKS.schemes[scheme].scheme.tree().walk())


def test_they_load_without_a_warning() -> None:
    found = {entry.name: entry for entry in PACKS.listing if entry.name in NAMES}
    assert set(found) == set(NAMES)
    assert [problem.text() for entry in found.values() for problem in entry.warnings] == []


@pytest.mark.parametrize("name", NAMES)
def test_their_cases_hold(name: str) -> None:
    count, problems = check_pack(PACKS, name)
    assert count > 0
    assert [problem.text() for problem in problems] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_a_case(scheme: str) -> None:
    found = PACKS.schemes[scheme]
    assert scheme in {read_cases(source)[0].scheme for source in PACKS.cases(found.pack)}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_points_are_the_source_s_or_marked_as_assumed(scheme: str) -> None:
    stated = SOURCE_POINTS[scheme]
    for node in nodes(scheme)[1:]:
        if node.points is not None and not node.assumed:
            assert node.points.value == stated[node.code], node.code
        if node.rubric is not None and node.rubric.kind not in PLAIN_RUBRICS:
            assert node.assumed, node.code
    assert set(stated) <= {node.code for node in nodes(scheme)}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_weights_that_nobody_stated_are_assumed(scheme: str) -> None:
    for group in nodes(scheme):
        for node in group.children or ():
            assert node.points is not None or node.assumed or group.assumed, node.code


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_assumption_says_what_is_assumed(scheme: str) -> None:
    found = PACKS.schemes[scheme].scheme
    assert not found.assumed or found.note is not None
    assert all(node.note is not None for node in nodes(scheme) if node.assumed)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_names_its_source(scheme: str) -> None:
    assert "《" in (PACKS.schemes[scheme].scheme.source or "")


def texts(scheme: str) -> Iterator[Text | None]:
    found = PACKS.schemes[scheme].scheme
    yield found.title
    yield from (band.title for band in found.bands)
    for node in nodes(scheme):
        yield node.title
        if node.note is not None:
            yield node.note
    for advice in PACKS.playbook(scheme):
        yield from (advice.title, advice.role)
        if advice.note is not None:
            yield advice.note


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_is_said_in_both_languages(scheme: str) -> None:
    for text in texts(scheme):
        assert text is not None
        assert re.search("[\u4e00-\u9fff]", text.zh), text
        assert not re.search("[\u4e00-\u9fff]", text.en.replace("服务水平", "").replace("服务状态", "")), text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_titles_of_leaves_are_unique_so_that_a_table_may_use_them(scheme: str) -> None:
    titles = [node.title for node in nodes(scheme) if node.is_leaf and node.title is not None]
    assert len({title.zh for title in titles}) == len(titles)
    assert len({title.en for title in titles}) == len(titles)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_there_is_advice_for_every_leaf_and_its_figures_are_assumed(scheme: str) -> None:
    book = PACKS.playbook(scheme)
    assert {advice.indicator for advice in book} == {n.code for n in nodes(scheme) if n.is_leaf}
    assert all(advice.assumed and advice.note is not None for advice in book)
    assert all(advice.effort > 0 and 0 < advice.expected_effect <= 1 for advice in book)


def test_the_six_coaching_directions_are_in_the_playbook() -> None:
    for scheme in ("automotive.shop", "automotive.front-desk-audit"):
        sources = {advice.source for advice in PACKS.playbook(scheme)} - {None}
        assert sorted(source[-1] for source in sources if source is not None) == list("①②③④⑤⑥")


TABLES = [(table, pack) for pack in NAMES for table in PACKS.samples[pack].tables]


@pytest.mark.parametrize(("table", "pack"), TABLES, ids=lambda value: getattr(value, "scheme", value))
def test_sample_tables_are_read_without_a_warning(table, pack: str) -> None:
    scheme = PACKS.schemes[table.scheme].scheme
    read = read_table_text(table.text, table.file, scheme, rubrics=PACKS.rubrics, calendars=PACKS.calendars)
    assert [problem.text() for problem in read.warnings] == []
    types = {unit.code: unit.type for unit in PACKS.samples[pack].units}
    assert {types[unit] for unit in read.observations.units} == {scheme.unit_type}
    calendars = {period.calendar for period in read.observations.periods}
    assert calendars <= set(scheme.calendar)


@pytest.mark.parametrize("pack", NAMES)
def test_sample_units_are_one_tree_and_say_when_they_are_invented(pack: str) -> None:
    units = PACKS.samples[pack].units
    assert [unit.code for unit in units if unit.parent is None] == [units[0].code]
    for unit in units:
        invented = unit.attributes.get("invented") == "true"
        assert invented == ("（虚构）" in unit.title.zh) == ("(invented)" in unit.title.en)
        assert invented or unit.code == "DEALER-SH-XX"


def test_no_unit_code_is_used_by_two_packs() -> None:
    codes = [unit.code for pack in NAMES for unit in PACKS.samples[pack].units]
    assert len(set(codes)) == len(codes)


def root_scores(scheme: str) -> dict[tuple[str, str], tuple[Outcome, float]]:
    found = PACKS.schemes[scheme]
    table = next(t for t in PACKS.samples[found.pack].tables if t.scheme == scheme)
    read = read_table_text(
        table.text, table.file, found.scheme, rubrics=PACKS.rubrics, calendars=PACKS.calendars
    )
    seen, result = read.observations, evaluate(found.scheme, read.observations, rubrics=PACKS.rubrics)
    root = result.codes[0]
    keys = [
        (seen.units[unit], seen.periods[period].code)
        for unit, period in zip(seen.unit, seen.period, strict=True)
    ]
    outcomes = [Outcome(int(code)) for code in result.outcome(root)]
    return dict(zip(keys, zip(outcomes, result.score(root), strict=True), strict=True))


def test_the_dealer_of_the_source_stands_among_the_samples() -> None:
    assert root_scores("automotive.shop")["DEALER-SH-XX", "2014"][0] is Outcome.INCOMPLETE
    outcome, score = root_scores("automotive.front-desk")["DEALER-SH-XX", "2014"]
    assert outcome is Outcome.SCORED
    assert Decimal(score).quantize(Decimal("0.01")) == Decimal("49.70")


def test_the_shops_make_a_comparison_worth_while() -> None:
    scores = root_scores("ecommerce.shop")
    shops, months = {unit for unit, _ in scores}, {period for _, period in scores}
    assert len(shops) >= 8
    assert len(months) == 12
    assert {outcome for outcome, _ in scores.values()} == {Outcome.SCORED, Outcome.INCOMPLETE}
    assert scores["SHOP-E1", "2025-09"] == scores["SHOP-E2", "2025-09"]
    assert scores["SHOP-N2", "2025-12"][1] - scores["SHOP-N2", "2025-01"][1] > 5
    assert scores["SHOP-S1", "2025-12"][1] - scores["SHOP-S1", "2025-01"][1] < -5
