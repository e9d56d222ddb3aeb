"""A file with bad rows of every kind: what was rejected, corrected and sent again, closes the gap."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cli.cli_runs import run
from services.made_up_dealers import CALLS, ORDERS, TABLES, dealers_on, made_up, rows_of, scores
from steelyard.errors import Kind
from steelyard.intake.adapters.adapter import RowFault
from steelyard.intake.adapters.problems import ROW_FAULTS
from steelyard.intake.validation import problems
from steelyard.store.engine import open_database

ROWS = 600
Cells = Sequence[str | None]

# column → text → code
WRONG: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    ORDERS: {
        "order_no": {"": "ROW_MISSING", "#N/A": "ROW_PLACEHOLDER"},
        "dealer": {"D9": "ROW_UNKNOWN_UNIT"},
        "arrived": {"1900-06-01 10:00": "ROW_DAY_OUT_OF_RANGE"},
        "customer": {"C\x07": "ROW_CONTROL_CHARACTER", "c" * 4001: "ROW_TEXT_TOO_LONG"},
        "received": {
            "soon": "ROW_NOT_A_DATE",
            "01/02/2025": "ROW_AMBIGUOUS_DATE",
            "45678.5": "ROW_SERIAL_DATE",
            "2025-02-30 10:00": "ROW_IMPOSSIBLE_DATE",
            "2025-02-03 25:00": "ROW_IMPOSSIBLE_TIME",
        },
        "estimate": {
            "many": "ROW_NOT_A_NUMBER",
            "１２": "ROW_FULL_WIDTH",
            "12%": "ROW_PERCENT",
            "¥12": "ROW_CURRENCY",
            "1.234": "ROW_TOO_PRECISE",
            "1e29": "ROW_TOO_LARGE",
            "-1": "ROW_BELOW",
            "10000001": "ROW_ABOVE",
        },
        "repair_type": {"flying": "ROW_UNKNOWN_CHOICE"},
        "comeback": {"perhaps": "ROW_NOT_A_FLAG"},
    },
    CALLS: {"overall": {"7.5": "ROW_NOT_WHOLE"}, "called": {"2025-01-05 10:00": "ROW_TIME_OF_DAY"}},
}
LINES: Mapping[RowFault, Callable[[str], str]] = {
    RowFault.TOO_FEW_CELLS: lambda line: line.rpartition(",")[0],
    RowFault.TOO_MANY_CELLS: lambda line: f"{line},more",
    RowFault.OPEN_QUOTE: lambda line: f'{line.rpartition(",")[0]},"open',
    RowFault.MISPLACED_QUOTE: lambda line: f'"a"b{line}',
    RowFault.TOO_LONG: lambda line: f'"{"x" * 200_000}"{line[line.index(",") :]}',
    RowFault.NUL_BYTE: lambda line: f"\0{line}",
}


def written(cells: Cells) -> str:
    """A row as a line of CSV, without its end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def lines_with_faults(table: str, clean: list[Cells]) -> tuple[list[str], list[Cells]]:
    """The lines of a file with the generator's faults and one of every kind, and its rows before ours."""
    rows = list(rows_of(made_up(table, ROWS, faults=0.02)))
    columns = list(made_up(table, 1))
    lines = [written(row) for row in rows]
    # Of rows that the generator left alone; its second rows of a key stand at the end of them.
    good = iter([at for at in range(5, ROWS, 7) if rows[at] == clean[at]])
    for column, texts in WRONG[table].items():
        for text in texts:
            at = next(good)
            row = [text if name == column else cell for name, cell in zip(columns, rows[at], strict=True)]
            lines[at] = written(row)
    if table == ORDERS:
        for damage in LINES.values():
            at = next(good)
            lines[at] = damage(lines[at])
    return lines, rows


def sent(words: Sequence[str], table: str, file: Path) -> tuple[int, int, int, set[str]]:
    """Import a file: its number, the rows stored and rejected, and the codes of what is wrong."""
    told = ("--complete", "--allow-pack", "automotive", *words)
    result = run("records", "import", table, str(file), *told)
    (stored, rejected), (number,) = (
        map(int, re.findall(pattern, result.stdout)[0].split(", rejected "))
        for pattern in (r"rows stored (\d+, rejected \d+)", r"This is import (\d+)")
    )
    assert result.exit_code == (1 if rejected else 0), result.stderr
    return number, stored, rejected, set(re.findall(r"\[(ROW_\w+)\]", result.stderr))


def corrected(words: Sequence[str], number: int, folder: Path, clean: list[Cells]) -> dict[int, Cells]:
    """Fetch the rejects, put the clean rows in their place; return these by their place in the file."""
    rejects = folder / "rejects.csv"
    assert run("records", "rejects", str(number), "-o", str(rejects), *words).exit_code == 0
    limit = csv.field_size_limit(1_000_000)
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        head, *wrong = csv.reader(file)
    csv.field_size_limit(limit)
    at = head.index("steelyard:row")
    fixed = {int(row[at]) - 2: clean[int(row[at]) - 2] for row in wrong}
    again = (written([*fixed[int(row[at]) - 2], *row[at:]]) for row in wrong)
    rejects.write_text("\r\n".join([written(head), *again]), encoding="utf-8-sig")
    return fixed


def found(url: str, parts: Path) -> dict[str, Any]:
    """The scores in a database."""

    async def look() -> dict[str, Any]:
        async with open_database(url) as database, dealers_on(database, parts.parent) as seat:
            return await scores(seat)

    with asyncio.Runner() as runner:
        return runner.run(look())


def with_dealers(url: str, parts: Path) -> list[str]:
    """The options that name a database, in which the dealers are now."""

    async def open_them() -> None:
        async with open_database(url) as database, dealers_on(database, parts.parent):
            pass

    with asyncio.Runner() as runner:
        runner.run(open_them())
    return ["--database", url, "--parts", str(parts)]


def write(file: Path, table: str, lines: Sequence[str]) -> Path:
    file.write_bytes("\n".join([written(list(made_up(table, 1))), *lines, ""]).encode())
    return file


def test_every_kind_is_among_them() -> None:
    cells = {code for table in WRONG.values() for texts in table.values() for code in texts.values()}
    lines = {ROW_FAULTS[fault].code for fault in LINES}
    all_kinds = {each.code for each in vars(problems).values() if isinstance(each, Kind)}
    all_kinds |= {each.code for each in ROW_FAULTS.values()}
    # The generator makes second rows of a key; only lines of JSON can be no object.
    others = {"ROW_DUPLICATE", "ROW_NOT_AN_OBJECT"}
    assert {each for each in all_kinds if not each.startswith("ROW_HEADER")} == cells | lines | others


def test_stored_and_rejected_are_all_and_the_gap_is_closed(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "clean").mkdir()
    url = f"sqlite:///{tmp_path / 'clean.db'}"
    assert run("db", "upgrade", "--database", url).exit_code == 0
    words = with_dealers(database_url, tmp_path / "parts")
    undisturbed = with_dealers(url, tmp_path / "clean" / "parts")
    for table in TABLES:
        clean: list[Cells] = list(rows_of(made_up(table, ROWS)))
        lines, rows = lines_with_faults(table, clean)
        number, stored, rejected, codes = sent(words, table, write(tmp_path / "t.csv", table, lines))
        assert stored + rejected == ROWS
        expected = {code for texts in WRONG[table].values() for code in texts.values()} | {"ROW_DUPLICATE"}
        if table == ORDERS:
            expected |= {ROW_FAULTS[fault].code for fault in LINES}
        assert codes >= expected
        fixed = corrected(words, number, tmp_path, clean)
        assert len(fixed) == rejected
        assert sent(words, table, tmp_path / "rejects.csv")[1:] == (rejected, 0, set())
        whole = [written(fixed.get(at, row)) for at, row in enumerate(rows)]
        (tmp_path / "rejects.csv").unlink()
        assert sent(undisturbed, table, write(tmp_path / "whole.csv", table, whole))[1:] == (ROWS, 0, set())
    assert found(database_url, tmp_path / "parts") == found(url, tmp_path / "clean" / "parts")
