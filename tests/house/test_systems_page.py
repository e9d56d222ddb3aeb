"""docs/packs/systems.md, decisions.md and weights.md: what they name exists, and nothing is left out."""

import ast
import re
from pathlib import Path

import pytest

from steelyard.packs import CaseSource, load_packs
from steelyard.packs.cases import read_cases
from steelyard.scheme import read_scheme_text

ROOT = Path(__file__).resolve().parents[2]
PACKS = load_packs(strict=True)
# The packs of this tree; others may be installed beside them.
OWN = {
    code: found.scheme
    for code, found in PACKS.schemes.items()
    if (ROOT / "plugins" / found.pack / f"steelyard_{found.pack.replace('-', '_')}").is_dir()
}


def page(name: str) -> str:
    return (ROOT / "docs" / "packs" / name).read_text(encoding="utf-8")


def rows(name: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    below = page(name).split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = re.findall(r"(?:^\|.*\n)+", below, re.MULTILINE)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


SYSTEMS = rows("systems.md", "The systems")
DECISIONS = rows("decisions.md", "Decisions across systems")
WITHIN = rows("decisions.md", "Decisions within systems")
HELD_BY = [cells[-1] for cells in (*DECISIONS, *WITHIN)]
OPEN = {cells[0] for cells in DECISIONS if cells[-1].endswith("open")}


def test_every_system_has_its_row() -> None:
    assert [cells[0] for cells in SYSTEMS] == [str(number) for number in range(1, 36)]


def test_every_scheme_and_indicator_named_exists() -> None:
    nodes = {node.code for scheme in OWN.values() for node in scheme.tree().walk()}
    known = {*OWN, *nodes, *PACKS.names}
    named = [name for cells in SYSTEMS for name in quoted(cells[-1])]
    assert [name for name in named if name not in known] == []


def test_every_first_party_scheme_is_named() -> None:
    assert set(OWN) <= set(quoted(page("systems.md")))


def test_all_but_grade_c_run_somewhere() -> None:
    for number, _, grade, where in SYSTEMS:
        assert ("nowhere" in where) == (grade == "C"), number
        assert bool(quoted(where)) == (grade != "C"), number


def test_the_register_is_whole() -> None:
    assert [cells[0] for cells in DECISIONS] == [f"R{number}" for number in range(1, 25)]


def test_where_a_decision_is_implemented_exists() -> None:
    for number, _, _, where, _ in DECISIONS:
        assert [path for path in quoted(where) if not (ROOT / path).exists()] == [], number
        assert quoted(where) or number in OPEN, number


@pytest.mark.parametrize("held_by", HELD_BY)
def test_what_holds_a_decision_exists(held_by: str) -> None:
    tests = [name for name in quoted(held_by) if "::" in name]
    files = re.findall(r"`([^`]+\.yaml)`: ((?:“[^”]+”(?:, )?)+)", held_by)
    assert tests or files or held_by == "open"
    for test in tests:
        file, name = test.split("::")
        functions = ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        assert name in {
            node.name for node in functions if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
    for file, names in files:
        text = (ROOT / file).read_text(encoding="utf-8")
        cases = {case.name for case in read_cases(CaseSource(file, text))[0].cases}
        assert [name for name in re.findall("“([^”]+)”", names) if name not in cases] == []


def test_what_is_open_is_known_to_be() -> None:
    assert {"R12"} == OPEN


def test_the_example_with_weights_can_be_read() -> None:
    (example,) = re.findall(r"^```yaml indicators\n(.*?)^```$", page("weights.md"), re.MULTILINE | re.DOTALL)
    scheme = read_scheme_text("format: steelyard/1\nscheme: docs.weights\n" + example)
    assert sum(node.points.value for node in scheme.indicators if node.points and node.points.value) == 100


def test_every_layout_is_on_the_page_with_its_heads() -> None:
    told = {
        quoted(scheme)[0]: heads
        for scheme, heads, _ in rows("systems.md", "Sheets as the sources print them")
    }
    layouts = {code: each.layout for code, each in OWN.items() if each.layout is not None}
    assert told == {
        code: ", ".join(column.head.zh for column in layout.columns if column.head is not None)
        for code, layout in layouts.items()
    }
