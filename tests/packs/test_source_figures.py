"""Figures of first-party packs are the sources' own, all others marked as assumed."""

from fractions import Fraction

import pytest

from steelyard.packs import Packs, load_packs
from steelyard.scheme.model import Indicator, Scheme
from steelyard.scheme.reading import read_scheme_text

PACKS: Packs = load_packs(strict=True)
NAMES = ("service-team", "standards", "supplier", "telecom")
SCHEMES = sorted(code for code, found in PACKS.schemes.items() if found.pack in NAMES)

# Every full mark that the sources state, by scheme and node.
POINTS = {
    "supplier.grading": {
        "SUP.Q": 100,
        "SUP.Q.LOTS": 60,
        "SUP.Q.DEFECT": 20,
        "SUP.Q.COMPLAINTS": 20,
        "SUP.D": 100,
        "SUP.D.ONTIME": 100,
        "SUP.P": 100,
        "SUP.S": 100,
        "SUP.S.ATTITUDE": 30,
        "SUP.S.IMPROVE": 60,
        "SUP.S.REPLY": 10,
    },
    "standards.gbt27922": {"GBT.SYSTEM": 40, "GBT.GOODS": 35, "GBT.CUSTOMERS": 25},
    "service-team.post": {"POST.KN": 30, "POST.CS": 30, "POST.EF": 20, "POST.TW": 10, "POST.IM": 10},
}
# The same for the packs whose other figures tests/packs/test_first_party.py holds.
FRONT_DESK = {"FD.CORE": 195, "FD.5S": 62, "FD.HR": 28, "FD.DOC": 11, "FD.KANBAN": 24, "FD.DMS": 10}
DEPARTMENTS = {
    "AUTO.FD": 330,
    "AUTO.WS": 290,
    "AUTO.PT": 150,
    "AUTO.CL": 50,
    "AUTO.CS": 140,
    "AUTO.SM": 40,
}
CAMPUS = {
    "TU.STD": 30,
    "TU.STD.DONE": 10,
    "TU.STD.EFFECT": 20,
    "TU.SVC": 40,
    "TU.SVC.ATTITUDE": 10,
    "TU.SVC.EFFECTIVE": 20,
    "TU.MGT": 30,
}
STATED = POINTS | {
    "automotive.front-desk": FRONT_DESK,
    "automotive.shop": DEPARTMENTS | FRONT_DESK,
    "education.campus": CAMPUS,
}
FIRST_PARTY = (*NAMES, "automotive", "ecommerce", "education")
ALL_SCHEMES = sorted(code for code, found in PACKS.schemes.items() if found.pack in FIRST_PARTY)
# Every leaf whose rubric has figures, all of which are the source's.
RUBRICS = {"SUP.D.ONTIME", "SUP.S.ATTITUDE", "SUP.S.IMPROVE", "SUP.S.REPLY"}
BANDS = {
    "supplier.grading": {"A": "0.9", "B": "0.75", "C": "0"},
    "standards.gbt27922": {
        "five_star": "0.95",
        "four_star": "0.9",
        "three_star": "0.8",
        "pass": "0.7",
        "fail": "0",
    },
}
# 交期 : 售后服务 : 品质 : 价格.
RATIOS = {"IC": (2, 1, 2, 5), "PCB": (4, 1, 4, 1), "AUX": (1, 2, 2, 5)}


def nodes(scheme: str) -> list[Indicator]:
    return list(PACKS.schemes[scheme].scheme.tree().walk())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_points_are_the_source_s_or_assumed(scheme: str) -> None:
    stated = POINTS.get(scheme, {})
    found = {node.code: node for node in nodes(scheme)}
    assert set(stated) <= set(found)
    for code, node in found.items():
        if code in stated:
            assert node.points is not None
            assert node.points.value == stated[code], code
        else:
            assert node.points is None or node.assumed, code


def invented(scheme: Scheme) -> list[str]:
    """The nodes whose share of their parent no source states and that do not say that it is assumed.

    Points have to be the source's, or assumed where they stand: an assumption of the parent does not cover
    them. Weights, and the equal ones of siblings without figures, may be assumed by the parent.
    """
    stated = STATED.get(scheme.scheme, {})
    found = []
    for group in scheme.tree().walk():
        children = group.children or ()
        for node in children:
            if node.points is not None:
                known = node.assumed or node.points.value == stated.get(node.code)
            elif node.weight is not None:
                known = node.assumed
            else:
                known = node.assumed or group.assumed or len(children) == 1
            if not known:
                found.append(node.code)
    return found


@pytest.mark.parametrize("scheme", ALL_SCHEMES)
def test_figures_that_nobody_stated_are_assumed(scheme: str) -> None:
    assert invented(PACKS.schemes[scheme].scheme) == []


@pytest.mark.parametrize(
    ("scheme", "old", "new", "code"),
    [
        ("supplier.grading", "points: 30\n", "points: 31\n", "SUP.S.ATTITUDE"),
        (
            "education.campus",
            "en: Contact with customers}\n        assumed: true\n",
            "en: Contact with customers}\n",
            "TU.MGT.TALK",
        ),
        (
            "service-team.two-levels",
            "{code: LEVEL.SPEED.PROCESS, title: {zh: 服务流程, en: Service process}, assumed: true,",
            "{code: LEVEL.SPEED.PROCESS, points: 7, title: {zh: 服务流程, en: Service process},",
            "LEVEL.SPEED.PROCESS",
        ),
        (
            "service-team.contact-centre",
            "weight: 1\n        title: {zh: 服务质量评分, en: Service quality rating}\n        assumed: true",
            "weight: 3\n        title: {zh: 服务质量评分, en: Service quality rating}",
            "CALL.QUALITY.RATING",
        ),
    ],
    ids=["other points", "no longer assumed", "below an assumed parent", "a weight"],
)
def test_an_invented_figure_is_caught(scheme: str, old: str, new: str, code: str) -> None:
    text = PACKS.schemes[scheme].text
    assert text.count(old) == 1
    assert invented(read_scheme_text(text.replace(old, new))) == [code]


@pytest.mark.parametrize("scheme", ALL_SCHEMES)
def test_what_happens_to_gaps_is_assumed(scheme: str) -> None:
    """No source says what a score is worth when something was not measured."""
    found = PACKS.schemes[scheme].scheme
    assert found.assumed or (found.missing == "exclude" and found.min_coverage.value == 0)


@pytest.mark.parametrize("scheme", ALL_SCHEMES)
def test_an_assumption_has_a_note(scheme: str) -> None:
    found = PACKS.schemes[scheme].scheme
    parts = (found, *nodes(scheme), *found.rules)
    assert [part for part in parts if part.assumed and part.note is None] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_else_has_figures_is_assumed(scheme: str) -> None:
    for group in nodes(scheme):
        for node in group.children or ():
            weighed = node.points is not None or len(group.children or ()) == 1
            assert weighed or node.assumed or group.assumed, node.code
            plain = node.rubric is None or node.rubric.kind == "points"
            assert plain or node.assumed or node.code in RUBRICS, node.code


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bands_are_the_source_s_or_assumed(scheme: str) -> None:
    found = PACKS.schemes[scheme].scheme
    if scheme in BANDS:
        expected = {code: Fraction(bound) for code, bound in BANDS[scheme].items()}
        assert {band.code: band.from_.value for band in found.bands} == expected
    else:
        assert found.assumed or not found.bands


def test_the_ratios_of_the_three_classes() -> None:
    variants = PACKS.schemes["supplier.grading"].scheme.variants
    assert variants is not None
    for material, ratio in RATIOS.items():
        weights = variants.weights[material]
        assert [weights[code].value for code in ("SUP.D", "SUP.S", "SUP.Q", "SUP.P")] == [
            *map(Fraction, ratio)
        ]
    assert variants.weights.keys() == RATIOS.keys()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_titles_of_leaves_are_unique_so_that_a_table_may_use_them(scheme: str) -> None:
    titles = [node.title for node in nodes(scheme) if node.is_leaf and node.title is not None]
    assert len({title.zh for title in titles}) == len(titles)
    assert len({title.en for title in titles}) == len(titles)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_a_sample_of_several_units_and_periods(scheme: str) -> None:
    (table,) = [t for t in PACKS.samples[PACKS.schemes[scheme].pack].tables if t.scheme == scheme]
    lines = [line.split(",") for line in table.text.splitlines()[1:]]
    assert len({line[0] for line in lines}) >= 3
    assert len({line[1] for line in lines}) >= 2
