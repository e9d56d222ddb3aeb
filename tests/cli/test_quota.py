"""What `steelyard score` says of quotas."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from cli.cli_runs import run, written

SCHEME = """\
format: steelyard/1
scheme: test.campus
version: "1"
title: {zh: 校区, en: Campus}
unit_type: campus
calendar: quarter
bands:
  - {code: excellent, title: {zh: 优秀, en: Excellent}, from: 90%}
  - {code: pass, title: {zh: 达标, en: Pass}, from: 70%}
  - {code: fail, title: {zh: 不达标, en: Fail}, from: 0%}
indicators:
  - {code: A, points: 100, title: {zh: 总评, en: Overall}, rubric: {kind: points}}
rules:
  - {id: 2-7-1, kind: quota, shares: {excellent: 2, pass: 7, fail: 1}}
"""
TABLE = "unit,period,A\nx,2025-Q1,99\ny,2025-Q1,95\nz,2025-Q1,80\nx,2025-Q2,\n"


def score(folder: Path, *options: str) -> str:
    result = run("score", written(folder, "s.yaml", SCHEME), written(folder, "t.csv", TABLE), *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_json_says_what_a_quota_expects_of_every_unit_in_a_group(tmp_path: Path) -> None:
    units = orjson.loads(score(tmp_path, "--format", "json"))
    found = [(period["rules"] != [], period["quotas"]) for unit in units for period in unit["periods"]]
    fired = [is_fired for is_fired, _ in found]
    expected = [[(quota["band"], quota["group"]) for quota in quotas] for _, quotas in found]
    assert fired == [False, False, True, False]
    assert expected == [[("excellent", 3)], [], [("pass", 3)], [("pass", 3)]]
    assert found[2][1][0]["advisory"] is True
    assert found[2][1][0]["reason"]["zh"].startswith("按分布应为 达标，按得分为 优秀")


@pytest.mark.parametrize(
    ("locale", "agreeing", "differing"),
    [("en", "2-7-1: as expected", "2-7-1: fired"), ("zh", "2-7-1: 与分布一致", "2-7-1: 触发")],
)
def test_the_table_says_it_in_words(tmp_path: Path, locale: str, agreeing: str, differing: str) -> None:
    scheme, table = written(tmp_path, "s.yaml", SCHEME), written(tmp_path, "t.csv", TABLE)
    text = run("--lang", locale, "score", scheme, table, "--format", "table").stdout
    assert (text.count(agreeing), text.count(differing)) == (2, 1)
