"""What authors get wrong, one fault a row: each is reported with its code at its line, by `pack check`.

A row changes `old` into `new` in one file of a sound pack.  The fault stands in the line of the first character
that changed, or in that of `at`; `at_file` where another file than the changed one is to be named.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from steelyard.errors import Problem
from steelyard.packs.checking import check_pack
from steelyard.packs.origin import folder_pack

SOUND = Path(__file__).parents[1] / "data/packs/parks"
PACK, CALENDARS, SCHEME, PLAYBOOK = "pack.yaml", "calendars.yaml", "schemes/park.yaml", "playbook.yaml"
TABLE_TEXT = (SOUND / "samples/parks.park.csv").read_text(encoding="utf-8")
UNITS, TABLE, CASES = "samples/units.yaml", "samples/parks.park.csv", "cases/park.yaml"


@dataclass(frozen=True)
class Fault:
    what: str
    file: str
    old: str
    new: str
    code: str
    at: str | None = None
    at_file: str | None = None


FAULTS = (
    # YAML
    Fault("indentation", SCHEME, "    points: 50\n    title: {zh: 卫生", "   points: 50\n    title: {zh: 卫生", "SCHEME_YAML_SYNTAX"),
    Fault("deeper indentation", SCHEME, "        title: {zh: 厕所", "          title: {zh: 厕所", "SCHEME_YAML_SYNTAX"),
    Fault("tab", SCHEME, "pass: 70%\n", "pass:\t70%\n", "SCHEME_TAB"),
    Fault("tab as indentation", SCHEME, "        measure: manner", "\tmeasure: manner", "SCHEME_TAB"),
    Fault("full-width colon", SCHEME, "unit_type: park", "unit_type：park", "SCHEME_FULL_WIDTH_MARK"),
    Fault("full-width colon in braces", SCHEME, "{zh: 态度, en: Manner}", "{zh：态度, en: Manner}", "SCHEME_FULL_WIDTH_MARK"),
    Fault("full-width comma in braces", SCHEME, "{zh: 态度, en: Manner}", "{zh: 态度，en: Manner}", "SCHEME_FULL_WIDTH_MARK"),
    Fault("missing colon", SCHEME, "unit_type: park", "unit_type park", "SCHEME_YAML_SYNTAX"),
    Fault("no space after the colon", SCHEME, "unit_type: park", "unit_type:park", "SCHEME_YAML_SYNTAX"),
    Fault("open brace", SCHEME, "{zh: 态度, en: Manner}", "{zh: 态度, en: Manner", "SCHEME_YAML_SYNTAX"),
    Fault("open quote", SCHEME, "source: a paper", 'source: "a paper', "SCHEME_YAML_SYNTAX"),
    Fault("percent first", SCHEME, "pass: 70%", "pass: %70", "SCHEME_YAML_SYNTAX"),
    Fault("key twice", SCHEME, "pass: 70%\n", "pass: 70%\npass: 60%\n", "SCHEME_DUPLICATE_KEY", "pass: 60%"),
    Fault("key twice in braces", PLAYBOOK, "    effort: 2\n", "    effort: 2\n    effort: 3\n", "SCHEME_DUPLICATE_KEY", "effort: 3"),
    Fault("no value", SCHEME, "pass: 70%", "pass:", "SCHEME_EMPTY_VALUE"),
    # pack.yaml
    Fault("format of the pack", PACK, "steelyard-pack/1", "steelyard-pack/9", "SCHEME_UNKNOWN_FORMAT"),
    Fault("name of the pack", PACK, "name: parks", "name: Parks 2", "PACK_BAD_NAME"),
    Fault("field of the pack", PACK, "version: 1.0.0", "versoin: 1.0.0", "SCHEME_UNKNOWN_FIELD"),
    Fault("no version", PACK, "version: 1.0.0\n", "", "SCHEME_MISSING_FIELD", "format:"),
    Fault("API version", PACK, "api_version: 1", "api_version: 2", "PACK_API_VERSION"),
    Fault("API version in words", PACK, "api_version: 1", "api_version: one", "SCHEME_NOT_A_COUNT"),
    # The head of the scheme
    Fault("format", SCHEME, "format: steelyard/1", "format: steelyard/2", "SCHEME_UNKNOWN_FORMAT"),
    Fault("field", SCHEME, "unit_type: park", "unit_typ: park", "SCHEME_UNKNOWN_FIELD"),
    Fault("calendar", SCHEME, "calendar: season", "calendar: saeson", "PACK_UNKNOWN_CALENDAR"),
    Fault("bare pass line", SCHEME, "pass: 70%", "pass: 70", "SCHEME_RATE_ABOVE_ONE"),
    Fault("pass line in full-width digits", SCHEME, "pass: 70%", "pass: ７０%", "SCHEME_FULL_WIDTH_NUMBER"),
    Fault("pass line above 100 %", SCHEME, "pass: 70%", "pass: 170%", "SCHEME_RATE_OUT_OF_RANGE"),
    Fault("policy", SCHEME, "pass: 70%\n", "pass: 70%\nmissing: ignore\n", "SCHEME_UNKNOWN_VALUE", "missing: ignore"),
    Fault("name of another pack", SCHEME, "scheme: parks.park", "scheme: park", "PACK_SCHEME_NAME"),
    Fault("title in one language", SCHEME, "{zh: 公园服务评价, en: Park service}", "{zh: 公园服务评价}", "PACK_ONE_LANGUAGE"),
    Fault("title in a third language", SCHEME, "{zh: 良好, en: Good}", "{zh: 良好, de: Gut}", "SCHEME_UNKNOWN_FIELD"),
    # Bands
    Fault("order of the bands", SCHEME, "from: 85%", "from: 65%", "SCHEME_BAND_OVERLAP", "from: 70%"),
    Fault("two bands from one bound", SCHEME, "from: 85%", "from: 70%", "SCHEME_BAND_OVERLAP", "code: fair"),
    Fault("no band down to zero", SCHEME, "from: 0%", "from: 10%", "SCHEME_BAND_HOLE"),
    Fault("band with an end", SCHEME, "from: 70%}", "from: 70%, to: 85%}", "SCHEME_BAND_TO"),
    Fault("band twice", SCHEME, "code: poor", "code: fair", "SCHEME_DUPLICATE_BAND"),
    # The tree
    Fault("code twice", SCHEME, "code: PARK.SERVICE.MANNER", "code: PARK.SERVICE.WAIT", "SCHEME_DUPLICATE_CODE"),
    Fault("no code", SCHEME, "      - code: PARK.SERVICE.WAIT\n        points: 20", "      - points: 20", "SCHEME_MISSING_FIELD", "      - points: 20"),
    Fault("no rubric", SCHEME, "        rubric: {kind: points}\n", "", "SCHEME_LEAF_WITHOUT_RUBRIC", "code: PARK.CLEAN.PATHS"),
    Fault("points that do not add up", SCHEME, "        points: 30", "        points: 35", "SCHEME_POINTS_SUM", "    points: 50\n    title: {zh: 卫生"),
    Fault("points in words", SCHEME, "        points: 30", "        points: thirty", "SCHEME_NOT_A_NUMBER"),
    Fault("points with a comma", SCHEME, "        points: 30", "        points: 3,000", "SCHEME_GROUPED_NUMBER"),
    Fault("negative points", SCHEME, "        points: 30", "        points: -30", "SCHEME_NEGATIVE_WEIGHT"),
    Fault("points beside weights", SCHEME, "        points: 30", "        weight: 30", "SCHEME_MIXED_WEIGHTS", "        points: 20\n        title: {zh: 厕所"),
    Fault("points and weight", SCHEME, "        points: 30", "        points: 30\n        weight: 3", "SCHEME_POINTS_AND_WEIGHT", "weight: 3"),
    Fault("printed weight", SCHEME, "        points: 30\n", "        points: 30\n        printed_weight: 25%\n", "SCHEME_PRINTED_WEIGHT", "printed_weight"),
    Fault("flag in words", SCHEME, "        points: 30\n", "        points: 30\n        assumed: yes\n", "SCHEME_NOT_A_FLAG", "assumed: yes"),
    Fault("assumption without a note", SCHEME, "        points: 30\n", "        points: 30\n        assumed: true\n", "SCHEME_ASSUMED_WITHOUT_NOTE", "assumed: true"),
    Fault("aggregate", SCHEME, "    title: {zh: 卫生, en: Cleanliness}", "    aggregate: average\n    title: {zh: 卫生, en: Cleanliness}", "SCHEME_UNKNOWN_AGGREGATE", "aggregate"),
    Fault("children as a mapping", SCHEME, "title: {zh: 服务, en: Service}\n    children:\n      - code", "title: {zh: 服务, en: Service}\n    children:\n        code", "SCHEME_YAML_SYNTAX", "      - code: PARK.SERVICE.MANNER"),
    # Rubrics
    Fault("rubric kind", SCHEME, "kind: linear", "kind: lineal", "SCHEME_UNKNOWN_RUBRIC"),
    Fault("rubric as a word", SCHEME, "rubric: {kind: points}", "rubric: points", "SCHEME_WRONG_SHAPE"),
    Fault("rubric without its fields", SCHEME, "{kind: scale, min: 1, max: 5}", "{kind: scale, min: 1}", "SCHEME_MISSING_FIELD"),
    Fault("best equal to worst", SCHEME, "worst: $patience, best: 0", "worst: 0, best: 0", "SCHEME_LINEAR_WITHOUT_RANGE"),
    Fault("scale upside down", SCHEME, "min: 1, max: 5", "min: 5, max: 1", "SCHEME_SCALE_WITHOUT_RANGE"),
    Fault("parameter", SCHEME, "worst: $patience", "worst: $patiense", "SCHEME_UNKNOWN_PARAMETER"),
    Fault("steps out of order", SCHEME, "{from: 50%, rate: 50%}", "{from: 90%, rate: 50%}", "SCHEME_NOT_ASCENDING", "{from: 80%"),
    Fault("step that changes nothing", SCHEME, "{from: 50%, rate: 50%}", "{from: 50%, rate: 0%}", "SCHEME_STEP_WITHOUT_EFFECT"),
    Fault("bare threshold", SCHEME, "{from: 80%, rate: 100%}", "{from: 80, rate: 100%}", "SCHEME_MIXED_NOTATION"),
    Fault("deduction of bare steps", SCHEME, "below: 98%, each: 1%", "below: 98%, each: 1", "SCHEME_MIXED_NOTATION"),
    Fault("deduction without points", SCHEME, "each: 1%, points: 2,", "each: 1%,", "SCHEME_DEDUCTION_POINTS"),
    Fault("deduction that adds", SCHEME, "per_case: true, points: 1", "per_case: true, points: -1", "SCHEME_NEGATIVE_DEDUCTION"),
    Fault("deduction below and above", SCHEME, "{below: 98%,", "{below: 98%, above: 99%,", "SCHEME_DEDUCTION_FORM"),
    Fault("way of counting", SCHEME, "count: started", "count: begun", "SCHEME_UNKNOWN_VALUE"),
    Fault("floor above the full mark", SCHEME, "floor: 0", "floor: 25", "SCHEME_FLOOR_ABOVE_FULL"),
    Fault("condition without a line", SCHEME, "{measure: tours, above: 0}", "{measure: tours}", "SCHEME_MISSING_FIELD"),
    # Rules
    Fault("rule kind", SCHEME, "kind: veto", "kind: vetto", "SCHEME_UNKNOWN_RULE"),
    Fault("rule twice", SCHEME, "id: accident", "id: each-part", "SCHEME_DUPLICATE_RULE"),
    Fault("rule without id", SCHEME, "{id: bonus, kind", "{kind", "SCHEME_MISSING_FIELD"),
    Fault("verdict", SCHEME, "at_least: 1}, verdict: closed", "at_least: 1}, verdict: close", "SCHEME_UNKNOWN_VERDICT"),
    Fault("verdict that nothing gives", SCHEME, "[passed, failed, closed]", "[passed, failed, warned, closed]", "SCHEME_VERDICT_UNREACHED"),
    Fault("node of a gate", SCHEME, "children_of: PARK,", "children_of: PRAK,", "SCHEME_UNKNOWN_NODE"),
    Fault("gate over a leaf", SCHEME, "children_of: PARK,", "children_of: PARK.SERVICE.WAIT,", "SCHEME_NO_CHILDREN"),
    Fault("band of a streak", SCHEME, "band: poor, periods", "band: bad, periods", "SCHEME_UNKNOWN_BAND"),
    Fault("streak of no period", SCHEME, "periods: 2", "periods: 0", "SCHEME_NOT_A_COUNT"),
    Fault("band of a quota", SCHEME, "good: 2, fair: 7", "godo: 2, fair: 7", "SCHEME_UNKNOWN_BAND"),
    Fault("quota for groups that are too small", SCHEME, "min_group: 10, advisory: true", "min_group: 2, advisory: false", "SCHEME_QUOTA_GROUP"),
    Fault("quota without a band", SCHEME, "fair: 7, poor: 1", "fair: 7", "SCHEME_QUOTA_BAND"),
    Fault("bonus that never counts", SCHEME, "each: 1, at_most: 2", "each: 0, at_most: 2", "SCHEME_RULE_WITHOUT_EFFECT"),
    Fault("veto below zero cases", SCHEME, "at_least: 1", "at_least: 0", "SCHEME_RULE_ALWAYS"),
    # Calendars, playbook
    Fault("day of a calendar", CALENDARS, "start: 05-01", "start: 5/1", "CALENDAR_BAD_DATE"),
    Fault("29 February", CALENDARS, "start: 05-01", "start: 02-29", "CALENDAR_BAD_DATE"),
    Fault("part twice", CALENDARS, "code: winter", "code: summer", "CALENDAR_DUPLICATE_PART"),
    Fault("built-in calendar", CALENDARS, "code: season", "code: month", "PACK_NAME_CLASH"),
    Fault("indicator of advice", PLAYBOOK, "indicator: PARK.CLEAN.PATHS", "indicator: PARK.CLEAN.PATH", "PACK_UNKNOWN_INDICATOR"),
    Fault("effort in words", PLAYBOOK, "effort: 2", "effort: two days", "SCHEME_NOT_A_NUMBER"),
    Fault("effect without %", PLAYBOOK, "expected_effect: 10%", "expected_effect: 10", "SCHEME_RATE_ABOVE_ONE"),
    Fault("title of advice in one language", PLAYBOOK, "{zh: 增设垃圾桶, en: Put up more bins}", "Put up more bins", "PACK_ONE_LANGUAGE"),
    # Samples
    Fault("type of a unit", UNITS, "NORTH, type: park", "NORTH, type: prak", "PACK_SAMPLE_UNIT_TYPE"),
    Fault("type of all units", SCHEME, "unit_type: park", "unit_type: garden", "PACK_SAMPLE_UNIT_TYPE"),
    Fault("parent", UNITS, "NORTH, type: park, parent: CITY", "NORTH, type: park, parent: TOWN", "PACK_UNKNOWN_PARENT"),
    Fault("circle of units", UNITS, "CITY, type: city,", "CITY, type: city, parent: SOUTH,", "PACK_UNIT_CYCLE"),
    Fault("unit twice", UNITS, "code: SOUTH", "code: NORTH", "PACK_DUPLICATE_UNIT"),
    Fault("unit of the table", TABLE, "SOUTH,2025", "SUOTH,2025", "PACK_SAMPLE_UNIT"),
    Fault("period", TABLE, "SOUTH,2025-summer", "SOUTH,2025-spring", "PACK_SAMPLE_PERIOD"),
    Fault("period of another calendar", TABLE, "SOUTH,2025-summer", "SOUTH,2025-07", "PACK_SAMPLE_PERIOD"),
    Fault("missing heading", TABLE, ",manner,", ",", "TABLE_RAGGED_ROW", "NORTH"),
    Fault("missing column", TABLE, TABLE_TEXT, TABLE_TEXT.replace(",prizes", "").replace(",tours", "").replace("12,0,1", "0").replace("8,0,0", "0"), "TABLE_ABSENT_COLUMNS", "unit,"),
    Fault("column", TABLE, "waiting_minutes", "waiting_minuts", "TABLE_UNKNOWN_COLUMN"),
    Fault("cell in words", TABLE, "97.5%,2,10", "97.5%,2,ten", "TABLE_NOT_A_NUMBER"),
    Fault("full-width cell", TABLE, "97.5%,2,10", "97.5%,2,１０", "TABLE_FULL_WIDTH"),
    Fault("bare rate", TABLE, "97.5%,2,10", "97.5,2,10", "TABLE_RATE_ABOVE_ONE"),
    Fault("negative count", TABLE, "97.5%,2,10", "97.5%,-2,10", "TABLE_NEGATIVE_COUNT"),
    Fault("row twice", TABLE, "SOUTH,2025", "NORTH,2025", "TABLE_DUPLICATE_ROW"),
    Fault("above the full mark", TABLE, "2025-summer,28", "2025-summer,31", "PACK_SAMPLE_ABOVE_FULL"),
    # Cases
    Fault("scheme of cases", CASES, "scheme: parks.park", "scheme: parks.prak", "PACK_UNKNOWN_SCHEME"),
    Fault("measure of a case", CASES, "      manner: 5\n      guided", "      maner: 5\n      guided", "PACK_CASE_UNKNOWN_MEASURE"),
    Fault("node of a case", CASES, "PARK.CLEAN.TOILETS: {points", "PARK.CLEAN.TOILET: {points", "PACK_CASE_UNKNOWN_NODE"),
    Fault("figure of a case", CASES, "{points: 17}", "{points: 18}", "PACK_CASE_MISMATCH"),
    Fault("band of a case", CASES, "band: good", "band: best", "PACK_CASE_MISMATCH"),
    Fault("verdict of a case", CASES, "verdict: passed", "verdict: failed", "PACK_CASE_MISMATCH"),
    Fault("outcome of a case", CASES, "outcome: NOT_APPLICABLE", "outcome: N/A", "SCHEME_UNKNOWN_VALUE"),
    Fault("field of a case", CASES, "    verdict: passed", "    verdit: passed", "SCHEME_UNKNOWN_FIELD"),
)  # fmt: skip


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def expected_line(fault: Fault, before: str, after: str) -> int:
    if fault.at is not None:
        return line_of(after, fault.at)
    start = before.index(fault.old)
    same = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), start)
    return after[:same].count("\n") + 1


def seeded(fault: Fault, folder: Path) -> tuple[list[Problem], int]:
    """The problems of the pack with the fault, and the line in which it stands."""
    root = folder / "parks"
    shutil.copytree(SOUND, root)
    before = (root / fault.file).read_text(encoding="utf-8")
    assert before.count(fault.old) >= 1, fault.old
    after = before.replace(fault.old, fault.new, 1)
    (root / fault.file).write_text(after, encoding="utf-8")
    return list(check_pack(folder_pack(root)).problems), expected_line(fault, before, after)


def test_the_pack_is_sound() -> None:
    assert check_pack(folder_pack(SOUND)).problems == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_fault_is_reported_at_its_line(fault: Fault, tmp_path: Path) -> None:
    found, line = seeded(fault, tmp_path)
    told = [
        (p.code, (p.place.file or "").removeprefix(f"{tmp_path}/parks/"), p.place.line or p.place.row)
        for p in found
    ]
    assert (fault.code, fault.at_file or fault.file, line) in told


def test_there_are_many() -> None:
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= 60
