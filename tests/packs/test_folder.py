"""A pack's folder: files become records, and what is wrong with a file is told with its place."""

from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.errors import InvalidInput, Text
from steelyard.packs import Advice, PackFolder

CALENDARS = """
calendars:
  - code: season
    title: {zh: 季节, en: Season}
    parts:
      - {code: summer, title: {zh: 夏季, en: Summer}, start: 05-01, end: 10-01}
      - {code: winter, title: {zh: 冬季, en: Winter}, start: 11-15, end: 03-15}
"""
PLAYBOOK = """
note: {zh: 假定, en: Assumed}
advice:
  - {code: bins, indicator: A, title: {zh: 增设垃圾桶, en: More bins}, effort: 2.5, expected_effect: 10%,
     role: {zh: 园长, en: Manager}, assumed: true}
  - {code: paths, indicator: B, title: {zh: 修路, en: Mend paths}, effort: 4, expected_effect: 0.2,
     role: {zh: 园长, en: Manager}}
"""
UNITS = """
units:
  - {code: HQ, type: company, title: {zh: 公司, en: Company}}
  - {code: P1, type: park, parent: HQ, title: {zh: 公园, en: Park}, attributes: {area: 12, invented: true}}
"""


def folder(root: Path, **files: str | bytes) -> PackFolder:
    for name, content in files.items():
        path = root / name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return PackFolder(root, "parks")


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    empty = folder(tmp_path)
    assert empty.schemes() == empty.calendars() == empty.playbook() == empty.cases() == []
    assert empty.samples().units == empty.samples().tables == ()


def test_scheme_and_case_files_by_name(tmp_path: Path) -> None:
    found = folder(tmp_path, schemes__b_yaml="b", schemes__a_yaml="a", cases__c_yaml="\ufeffc")
    assert [(s.file, s.text) for s in found.schemes()] == [
        ("parks/schemes/a.yaml", "a"),
        ("parks/schemes/b.yaml", "b"),
    ]
    assert [(c.file, c.text) for c in found.cases()] == [("parks/cases/c.yaml", "c")]


def test_calendars(tmp_path: Path) -> None:
    (season,) = folder(tmp_path, calendars_yaml=CALENDARS).calendars()
    assert season.period("2025-winter").end.isoformat() == "2026-03-15"


def test_playbook(tmp_path: Path) -> None:
    bins, paths = folder(tmp_path, playbook_yaml=PLAYBOOK).playbook()
    assert bins == Advice(
        code="bins",
        indicator="A",
        title=Text("增设垃圾桶", "More bins"),
        effort=Fraction(5, 2),
        expected_effect=Fraction(1, 10),
        role=Text("园长", "Manager"),
        assumed=True,
        note=Text("假定", "Assumed"),
    )
    assert (paths.expected_effect, paths.note) == (Fraction(1, 5), None)


def test_the_same_text_is_read_once_and_another_one_again(tmp_path: Path) -> None:
    parks = folder(tmp_path, playbook_yaml=PLAYBOOK)
    first = parks.read_playbook().document
    assert parks.read_playbook().document is first
    assert folder(tmp_path, playbook_yaml=PLAYBOOK + "# more\n").read_playbook().document is not first


def test_samples(tmp_path: Path) -> None:
    samples = folder(tmp_path, samples__units_yaml=UNITS, samples__p_csv="unit\n").samples()
    company, park = samples.units
    assert (company.parent, park.parent) == (None, "HQ")
    assert park.attributes == {"area": "12", "invented": "true"}
    assert [(table.scheme, table.text) for table in samples.tables] == [("p", "unit\n")]


@pytest.mark.parametrize(
    ("old", "new", "codes", "line"),
    [
        ("05-01", "5/1", ["CALENDAR_BAD_DATE"], 6),
        ("05-01", "02-30", ["CALENDAR_BAD_DATE"], 6),
        ("code: winter", "code: summer", ["CALENDAR_DUPLICATE_PART"], 7),
        ("start: 11-15", "start: 01-15", ["CALENDAR_UNORDERED"], 7),
        ("parts", "terms", ["SCHEME_MISSING_FIELD", "SCHEME_UNKNOWN_FIELD"], 3),
    ],
)
def test_faults_of_calendars_have_a_place(
    tmp_path: Path, old: str, new: str, codes: list[str], line: int
) -> None:
    with pytest.raises(InvalidInput) as caught:
        folder(tmp_path, calendars_yaml=CALENDARS.replace(old, new)).calendars()
    assert sorted(problem.code for problem in caught.value.problems) == codes
    assert caught.value.problems[0].place.file == "parks/calendars.yaml"
    assert caught.value.problems[0].place.line == line


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("effort: 2.5", "effort: much", "SCHEME_NOT_A_NUMBER"),
        ("expected_effect: 10%", "expected_effect: 10", "SCHEME_RATE_ABOVE_ONE"),
        ("effort: 2.5", "effort: -1", "SCHEME_NEGATIVE_NUMBER"),
        ("code: bins", "code: bins, code: bins", "SCHEME_DUPLICATE_KEY"),
        ("assumed: true", "assumed: yes", "SCHEME_NOT_A_FLAG"),
    ],
)
def test_faults_of_a_playbook(tmp_path: Path, old: str, new: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        folder(tmp_path, playbook_yaml=PLAYBOOK.replace(old, new)).playbook()
    assert caught.value.code == code


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        folder(tmp_path, schemes__a_yaml="title: 公园".encode("gb18030")).schemes()
    assert caught.value.code == "PACK_NOT_UTF8"
    assert caught.value.problems[0].place.file == "parks/schemes/a.yaml"
