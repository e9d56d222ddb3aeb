"""Tables as files over HTTP."""

from __future__ import annotations

import csv
import io

import openpyxl
import pyarrow.parquet as pq
import pytest

from graphql_api.http_server import Api
from steelyard.services import comparisons, exports

SCHEME = "/schemes/automotive.shop"


def test_a_scorecard_as_a_workbook(api: Api) -> None:
    answer = api.get(f"{SCHEME}/scorecard.xlsx", params={"unit": "DEALER-HZ", "period": "2014"})
    assert answer.headers["content-disposition"] == 'attachment; filename="scorecard.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8)]
    assert rows[0][:3] == ["序号 No.", "模块 Module", "项目 Item"], "the layout of the source"
    assert rows[1][:3] == ["1.1", "前台 Front desk", "服务核心流程 Core service process"]


def test_a_ranking_as_csv(api: Api) -> None:
    answer = api.get(f"{SCHEME}/ranking.csv", params={"period": "2014", "indicator": "FD.CORE"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    ranks = [int(row["rank"]) for row in rows if row["rank"]]
    assert ranks == sorted(ranks)
    assert answer.headers["content-type"].startswith("text/csv")


def test_a_comparison_as_parquet(api: Api) -> None:
    asked = {"period": ["2013", "2014"], "unit": ["DEALER-HZ"], "indicator": ["FD.CORE", "FD.5S"]}
    answer = api.get(f"{SCHEME}/comparison.parquet", params=asked)
    rows = pq.read_table(io.BytesIO(answer.content)).to_pylist()
    assert [(row["indicator"], row["period"]) for row in rows] == [
        ("FD.CORE", "2013"),
        ("FD.CORE", "2014"),
        ("FD.5S", "2013"),
        ("FD.5S", "2014"),
    ]


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("ranking.pdf", {"period": "2014"}, 404),
        ("secrets.csv", {"period": "2014"}, 404),
        ("ranking.csv", {}, 400),
        ("comparison.csv", {}, 400),
        ("ranking.csv", {"period": "1815"}, 404),
    ],
)
def test_what_cannot_be_answered_is_said(api: Api, path: str, asked: dict[str, str], status: int) -> None:
    assert api.get(f"{SCHEME}/{path}", params=asked).status_code == status


MISSPELT = {
    "ranking.csv": ({"period": "2014", "were": "top=1"}, "were", "below, indicator, period, where"),
    "comparison.csv": ({"period": "2014", "units": "X"}, "units", "below, indicator, period, unit, where"),
    "scorecard.csv": ({"unit": "DEALER-HZ", "period": "2014", "where": "top=1"}, "where", "period, unit"),
    "report": ({"unit": "DEALER-HZ", "period": "2014", "local": "en"}, "local", "locale, period, unit"),
    "form": (
        {"unit": "DEALER-HZ", "period": "2014", "rater": "x", "z": "y"},
        "rater, z",
        "locale, period, raterType, unit",
    ),
}


@pytest.mark.parametrize("path", MISSPELT)
def test_parameters_that_are_not_known_are_refused(api: Api, path: str) -> None:
    asked, found, known = MISSPELT[path]
    answer = api.get(f"{SCHEME}/{path}", params=asked)
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (400, "HTTP_QUERY_UNKNOWN")
    assert f"{found}" in error["message"]
    assert known in error["message"] + str(error["extensions"])


@pytest.mark.parametrize("what", ["comparison", "ranking"])
def test_what_would_fill_the_memory_is_not_begun(
    api: Api, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    monkeypatch.setattr(comparisons, "compared", None)
    answer = api.get(f"{SCHEME}/{what}.csv", params={"period": "2014"})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "EXPORT_TOO_LONG")
