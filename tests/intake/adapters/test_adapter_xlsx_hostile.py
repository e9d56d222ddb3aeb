"""Workbooks made to break the reader: they are refused before it is asked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from steelyard.errors import InvalidInput
from steelyard.intake.adapters import BUILT_IN

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
TEXT = '<row r="1"><c r="A1" t="inlineStr"><is><t>n</t></is></c></row>'
BOTH = f"<sheetData>{TEXT}{FAR}</sheetData>"


def hostile(path: Path, sheet: str, *, part: str = "xl/worksheets/sheet1.xml", twice: str = "") -> Path:
    target = part.removeprefix("xl/")
    office = f'<Relationship Id="a" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{office}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        '<sheets><sheet name="s" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="a" Type="{LINKS}/worksheet" Target="{target}"/></Relationships>',
        part: f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}">{sheet}</worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        if twice:
            package.writestr(part, f'<worksheet xmlns="{MAIN}">{twice}</worksheet>')
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def code(path: Path) -> str:
    with pytest.raises(InvalidInput) as raised, BUILT_IN["xlsx"].read({"file": str(path)}) as rows:
        list(rows.batches)
    return raised.value.code


FAR_APART = {
    "usual": BOTH,
    "small letters": BOTH.replace("XFD", "xfd"),
    "single quotes": BOTH.replace('"XFD1048576"', "'XFD1048576'"),
    "blanks": BOTH.replace("<c r=", "<c  s='1'\n r ="),
    "prefix": BOTH.replace("<c r=", "<x:c r=").replace("</c>", "</x:c>"),
    "a closing sign in a text": BOTH.replace("<c r=", "<c x='/>' r="),
    "r in another's text": BOTH.replace("<c r=", "<c x=\" r='A1'\" r="),
    "no r": f"<sheetData>{TEXT}<row>{'<c><v>1</v></c>' * 16384}</row>{'<row/>' * 20000}"
    "<row><c><v>1</v></c></row></sheetData>",
    "row from its row": f"<sheetData><row>{'<c><v>1</v></c>' * 50}</row>"
    '<row r="1048576"><c><v>1</v></c></row></sheetData>',
    "column from where it stands": f'<sheetData>{TEXT}<row r="1048576"><c r="XFC1048576"><v>1</v></c>'
    "<c><v>1</v></c></row></sheetData>",
}


@pytest.mark.parametrize("sheet", FAR_APART.values(), ids=FAR_APART.keys())
def test_cells_far_apart(tmp_path: Path, sheet: str) -> None:
    assert code(hostile(tmp_path / "a.xlsx", sheet)) == "ADAPTER_XLSX_TOO_LARGE"


def test_cells_far_apart_in_a_part_of_another_name(tmp_path: Path) -> None:
    assert code(hostile(tmp_path / "a.xlsx", BOTH, part="xl/a/b.bin")) == "ADAPTER_XLSX_TOO_LARGE"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_cells_far_apart_in_one_of_two_parts_of_one_name(tmp_path: Path) -> None:
    path = hostile(tmp_path / "a.xlsx", f"<sheetData>{TEXT}</sheetData>", twice=BOTH)
    assert code(path) == "ADAPTER_XLSX_TOO_LARGE"


@pytest.mark.parametrize(
    "tag",
    ['<c r="B2"x="1">', "<c r=B2>", '<c r="B2" x="<">', '<c r="&#88;FD9">', "<c r="],
)
def test_tags_that_no_program_writes(tmp_path: Path, tag: str) -> None:
    sheet = f"<sheetData>{TEXT}<row><c><v>1</v></c>{tag}</sheetData>"
    assert code(hostile(tmp_path / "a.xlsx", sheet)) == "ADAPTER_NOT_XLSX"


def test_cells_without_content_take_no_room(tmp_path: Path) -> None:
    sheet = f'<sheetData>{TEXT}<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    with BUILT_IN["xlsx"].read({"file": str(hostile(tmp_path / "a.xlsx", sheet))}) as rows:
        assert (rows.headers, list(rows.batches)) == (("n",), [])


def test_areas_merged_over_each_other(tmp_path: Path) -> None:
    areas = '<mergeCell ref="A1:A90000"/>' * 1000
    data = f'<sheetData>{TEXT}<row r="90000"><c r="A90000"><v>1</v></c></row></sheetData>'
    path = hostile(tmp_path / "a.xlsx", f"{data}<mergeCells>{areas}</mergeCells>")
    assert code(path) == "ADAPTER_XLSX_TOO_LARGE"


def test_an_entity_is_not_read(tmp_path: Path) -> None:
    path = hostile(
        tmp_path / "a.xlsx", f'<sheetData>{TEXT}<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = (
        b'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + parts["xl/workbook.xml"]
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert code(path) == "ADAPTER_NOT_XLSX"


def test_errors_stand_where_their_cells_are(tmp_path: Path) -> None:
    rows_ = '<row r="2"><c r="A2"><v>1</v></c></row><row><c t="e"><f>A/0</f><v>#DIV/0!</v></c></row>'
    with BUILT_IN["xlsx"].read(
        {"file": str(hostile(tmp_path / "a.xlsx", f"<sheetData>{TEXT}{rows_}</sheetData>"))}
    ) as rows:
        found = [row["c0"] for batch in rows.batches for row in batch.to_pylist()]
    assert found == ["1", "#DIV/0!"]
