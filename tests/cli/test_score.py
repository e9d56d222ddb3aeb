from __future__ import annotations

from pathlib import Path

import orjson
import pyarrow as pa
import pytest

from cli.cli_runs import FRONT_DESK_TABLE, SCHEME, rows, run, written
from steelyard.intake.formula import unguarded

HEADER = "unit,period,node,outcome,score,points,full,coverage,band,passed,verdict"


def score(folder: Path, table: str, *options: str) -> str:
    result = run("score", written(folder, "s.yaml", SCHEME), written(folder, "t.csv", table), *options)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_front_desk_of_the_source(tmp_path: Path) -> None:
    result = run("score", "automotive.front-desk", written(tmp_path, "t.csv", FRONT_DESK_TABLE))
    assert (result.exit_code, result.stderr) == (0, "")
    root, *modules = rows(result.stdout)
    assert (root["node"], root["points"], root["full"], root["verdict"]) == (
        "AUTO.FD",
        "164",
        "330",
        "failed",
    )
    assert float(root["score"]) == pytest.approx(100 * 164 / 330, abs=1e-12)
    assert [module["node"] for module in modules][:2] == ["FD.CORE", "FD.5S"]
    assert {module["passed"] for module in modules} == {"false"}


def test_csv_has_one_line_a_unit_period_and_node_in_order(tmp_path: Path) -> None:
    text = score(tmp_path, 'unit,period,A,B\nx,2025-02,1,0.5\n"y, z",2025-01,0.9,1\nx,2025-01,n/a,\n')
    assert text.splitlines()[0] == HEADER
    found = [(row["unit"], row["period"], row["node"]) for row in rows(text)]
    units = [("x", "2025-02"), ("y, z", "2025-01"), ("x", "2025-01")]
    assert found == [(*unit, node) for unit in units for node in ("SHOP", "A", "B")]


def test_csv_tells_units_apart_and_keeps_numbers(tmp_path: Path) -> None:
    codes = ["-1", "+86", "=1", "'=1", "''=1", "'x", "S1;=1", "S1;'=1", "@x"]
    table = "unit,A,B\n" + "".join(f"{code},1,1\n" for code in codes)
    units = [row["unit"] for row in rows(score(tmp_path, table))][::3]
    assert units == ["-1", "+86", "'=1", "''=1", "'''=1", "'x", "S1;'=1", "S1;''=1", "'@x"]
    assert unguarded(pa.array(units)).to_pylist() == codes


def test_csv_leaves_empty_what_there_is_not(tmp_path: Path) -> None:
    text = score(tmp_path, "unit,A,B\nx,n/a,\ny,1,1\n")
    lines = text.splitlines()
    assert lines[1:4] == [
        "x,,SHOP,MISSING,,,25,0,,,",
        "x,,A,NOT_APPLICABLE,,,,,,,",
        "x,,B,MISSING,,,25,0,,,",
    ]
    assert lines[4] == "y,,SHOP,SCORED,100,100,100,1,good,true,passed"


def test_csv_keeps_at_least_twelve_digits_and_no_exponents(tmp_path: Path) -> None:
    found = rows(score(tmp_path, "unit,A,B\nx,0.123456789012345,0.000000001\n"))
    assert found[1]["score"] == "12.345678901234"
    assert found[2]["score"] == "0.0000001"


def test_json_nests_the_tree_and_says_why(tmp_path: Path) -> None:
    text = score(tmp_path, "unit,period,A,B,special\nx,1,0,,\nx,2,1,1,2\n", "--format", "json")
    (unit,) = orjson.loads(text)
    first, second = unit["periods"]
    assert unit["unit"] == "x"
    assert first["verdict"] == "suspended"
    assert [(rule["rule"], rule["state"]) for rule in first["rules"]] == [
        ("special", "UNDECIDED"),
        ("zero", "FIRED"),
    ]
    assert first["rules"][1]["reason"] == {"zh": "服务 的得分率不高于 0%", "en": "Service is at or below 0%"}
    assert [child["node"] for child in first["tree"]["children"]] == ["A", "B"]
    assert first["tree"]["children"][1]["reason"]["code"] == "VALUE_MISSING"
    assert first["tree"]["children"][0]["reason"] is None
    assert (second["tree"]["score"], second["uncut"]) == (98.0, 98.0)
    assert second["rules"][0]["reason"]["en"].startswith("special counts 2, -1 each")


def test_json_of_several_units_is_one_list(tmp_path: Path) -> None:
    text = score(tmp_path, "unit,period,A,B\nx,1,1,1\ny,1,1,1\nx,2,1,1\n", "--format", "json")
    found = [(unit["unit"], len(unit["periods"])) for unit in orjson.loads(text)]
    assert found == [("x", 2), ("y", 1)]


def test_a_table_for_people_labels_a_figure_rounded_onto_its_line(tmp_path: Path) -> None:
    text = score(tmp_path, "unit,A,B\nx,0.6996,0.7\n", "--format", "table")
    lines = {line.split("│")[1].strip(): line for line in text.splitlines() if "│" in line}
    assert "70.0%" in lines["Service"]
    assert "below 70%" in lines["Service"]
    assert "reaches 70%" in lines["Surroundings"]
    assert "Verdict: failed" in text


def test_whole_points_stand_without_a_decimal_and_rounded_ones_with_it(tmp_path: Path) -> None:
    text = score(tmp_path, "unit,A,B\nx,1,0.9999\n", "--format", "table")
    assert "75 / 75" in text
    assert "25.0 / 25" in text


def test_a_table_for_people_speaks_the_language_asked_for(tmp_path: Path) -> None:
    scheme, table = written(tmp_path, "s.yaml", SCHEME), written(tmp_path, "t.csv", "unit,A,B\nx,1,\n")
    result = run("--lang", "zh", "score", scheme, table, "--format", "table")
    for word in ("服务", "环境", "良好", "没有数据", "仅部分已测量", "结论: 达标"):
        assert word in result.stdout


def test_warnings_go_to_stderr_and_change_no_status(tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", "单位,A\n店,1\n".encode("gb18030"))
    result = run("score", written(tmp_path, "s.yaml", SCHEME), table)
    assert result.exit_code == 0
    assert "TABLE_GB18030" in result.stderr
    assert "TABLE_ABSENT_COLUMNS" in result.stderr
    assert result.stdout.startswith(HEADER + "\n店,")


def test_the_table_may_come_from_standard_input(tmp_path: Path) -> None:
    scheme = written(tmp_path, "s.yaml", SCHEME)
    assert len(rows(run("score", scheme, "-", stdin=b"unit,A,B\nx,1,1\n").stdout)) == 3
    assert "<stdin> row 2" in run("score", scheme, "-", stdin=b"unit,A,B\nx,1,good\n").stderr


def test_scheme_files_may_use_what_packs_provide(tmp_path: Path) -> None:
    scheme = written(tmp_path, "s.yaml", SCHEME.replace("calendar: month", "calendar: term"))
    table = written(tmp_path, "t.csv", "unit,period,A,B,special\nx,2025-spring,1,1,0\n")
    result = run("score", scheme, table)
    assert (result.exit_code, result.stderr) == (0, "")


def test_csv_leaves_a_word_of_rules_that_could_not_be_decided(tmp_path: Path) -> None:
    table = written(
        tmp_path, "t.csv", "unit,period,A,B,special\nx,2025-01,1,1,\ny,2025-01,1,,0\nz,2025-01,1,1,0\n"
    )
    result = run("score", written(tmp_path, "s.yaml", SCHEME), table)
    found = [line for line in result.stderr.splitlines() if "CLI_RULE_UNDECIDED" in line]
    assert result.exit_code == 0
    assert found == [
        "warning[CLI_RULE_UNDECIDED] x, 2025-01: the rule special could not be decided: special was not "
        "recorded. The verdict is without it; record what is missing.",
        "warning[CLI_RULE_UNDECIDED] y, 2025-01: the rule zero could not be decided: Surroundings has no "
        "score. The verdict is without it; record what is missing.",
    ]


def test_what_only_rules_count_and_no_column_holds_is_named(tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", "unit,period,A,B\nx,2025-01,1,1\n")
    result = run("score", written(tmp_path, "s.yaml", SCHEME), table)
    assert result.exit_code == 0
    assert "CLI_ABSENT_COUNTS] No column for these measures of rules, taken as complete and 0: special" in (
        result.stderr
    )


def test_other_formats_say_it_in_the_result(tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", "unit,A,B,special\nx,1,1,\n")
    result = run("score", written(tmp_path, "s.yaml", SCHEME), table, "--format", "json")
    assert "CLI_RULE_UNDECIDED" not in result.stderr


def test_many_undecided_rules_are_counted(tmp_path: Path) -> None:
    lines = "".join(f"u{number},1,1,\n" for number in range(25))
    result = run(
        "score", written(tmp_path, "s.yaml", SCHEME), written(tmp_path, "t.csv", f"unit,A,B,special\n{lines}")
    )
    *listed, last = result.stderr.splitlines()
    assert len(listed) == 20
    assert listed[0].startswith("warning[CLI_RULE_UNDECIDED] u0: the rule special")
    assert last == "… and 5 more undecided rules."


def test_a_calendar_that_nobody_declares_is_named(tmp_path: Path) -> None:
    scheme = written(tmp_path, "s.yaml", SCHEME.replace("calendar: month", "calendar: [month, quartre]"))
    result = run("score", scheme, written(tmp_path, "t.csv", "unit,period,A,B,special\nx,2025-01,1,1,0\n"))
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 0
    assert "warning[CLI_UNKNOWN_CALENDAR]" in line
    assert "quartre" in line
    for known in ("month", "quarter", "year", "term"):
        assert known in line
