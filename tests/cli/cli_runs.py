"""Runs of the command line in this process, and the files they read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from typer.testing import CliRunner, Result

from steelyard.cli.app import app

FRONT_DESK_TABLE = "unit,period,FD.CORE,FD.5S,FD.HR,FD.DOC,FD.KANBAN,FD.DMS\nDealer,2014,100,43,9,7,0,5\n"

SCHEME = """\
format: steelyard/1
scheme: test.shop
version: "1"
title: {zh: 门店, en: Shop}
unit_type: shop
calendar: month
pass: 70%
bands:
  - {code: good, title: {zh: 良好, en: Good}, from: 90%}
  - {code: fair, title: {zh: 一般, en: Fair}, from: 70%}
  - {code: poor, from: 0%}
root: SHOP
indicators:
  - code: A
    weight: 3
    title: {zh: 服务, en: Service}
    rubric: {kind: rate}
  - code: B
    weight: 1
    title: {zh: 环境, en: Surroundings}
    rubric: {kind: rate}
verdicts: [passed, failed, suspended]
rules:
  - {id: special, kind: adjust, measure: special, each: -1}
  - {id: zero, kind: veto, when: {any_of: [A, B], rate_at_most: 0%}, verdict: suspended}
"""


def run(*arguments: str, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin, env={"LC_ALL": "C.UTF-8", **(env or {})})


def written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
