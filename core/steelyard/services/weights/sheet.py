"""The sheet of a back-test: units × periods before and after, and beside it what was tried and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from steelyard.errors import InvalidInput, Problem, Text
from steelyard.reporting.files import csv_cell
from steelyard.reporting.table import Cell, both
from steelyard.scheme.number import decimal_text
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import verdict_title
from steelyard.services.weights.problems import WEIGHTS_SHEET_TOO_LONG
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.standing import Change, Standing
from steelyard.services.weights.what_if import WhatIf
from steelyard.store.weight_sets import WeightSetRecord

HEADS = (
    Text("评价对象", "Unit"),
    Text("名称", "Title"),
    Text("周期", "Period"),
    Text("现得分", "Score now"),
    Text("试算得分", "Score tried"),
    Text("变化", "Change"),
    Text("现等级", "Band now"),
    Text("试算等级", "Band tried"),
    Text("现名次", "Rank now"),
    Text("试算名次", "Rank tried"),
    Text("现结论", "Verdict now"),
    Text("试算结论", "Verdict tried"),
    Text("有变化的", "What changes"),
)
PERIOD_HEADS = (
    Text("周期", "Period"),
    Text("评价对象数", "Units"),
    Text("有得分", "Scored"),
    Text("得分变化", "Scores changed"),
    Text("等级变化", "Bands changed"),
    Text("名次变化", "Ranks changed"),
    Text("结论变化", "Verdicts changed"),
)
WEIGHT_HEADS = (
    Text("指标", "Indicator"),
    Text("名称", "Title"),
    Text("现本级占比", "Share of its group now"),
    Text("试算本级占比", "Share of its group tried"),
    Text("现总占比", "Share of the whole now"),
    Text("试算总占比", "Share of the whole tried"),
)
TITLE, TRIED = Text("回测", "Back-test"), Text("试算内容", "What was tried")
SCHEME, SET = Text("评价体系", "Scheme"), Text("权重方案", "Weight set")
VERSION, BY, AT = Text("版本", "Version"), Text("试算者", "By"), Text("试算时间（UTC）", "At (UTC)")
GIVEN, OWN = Text("另设权重", "Weights in place"), Text("评价体系自带", "the scheme's own")
IN_FORCE = Text("各周期现行", "those in force in each period")
SHARES_OF = Text("以下占比为 {period}。", "The shares below are those of {period}.")
CHANGES = (Text("得分", "score"), Text("等级", "band"), Text("名次", "rank"), Text("结论", "verdict"))
MOST_ROWS = 1_048_575
"""So many a sheet of XLSX holds below its heads."""
_SCORE = "0.00"
_SHARE = "0.00%"


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried, by whom and when; `weight_set`: None for those in force, 0 for the scheme's own."""

    weights: Sequence[ProposedWeight]
    weight_set: WeightSetRecord | int | None
    by: str
    at: datetime


def workbook(found: Sequence[WhatIf], tried: Tried) -> bytes:
    """An XLSX file: a sheet with a row for each unit in each period, and one with what was tried.

    found: what a back-test found, one period or more. Raises InvalidInput (WEIGHTS_SHEET_TOO_LONG).
    """
    rows = sum(len(each.wanted) for each in found)
    if rows > MOST_ROWS:
        raise InvalidInput(Problem(WEIGHTS_SHEET_TOO_LONG, values={"rows": rows, "most": MOST_ROWS}))
    book = Workbook(write_only=True)
    scores = book.create_sheet(both(TITLE))
    scores.freeze_panes = "D2"
    scores.append(_bold(scores, map(both, HEADS)))
    for row in _rows(found):
        scores.append(_cells(scores, row, _SCORE))
    beside = book.create_sheet(both(TRIED))
    for line in _facts(found, tried):
        beside.append(_cells(beside, line, _SCORE))
    beside.append(_bold(beside, map(both, PERIOD_HEADS)))
    for each in found:
        beside.append(_cells(beside, _summary(each), _SCORE))
    last = found[-1]
    beside.append([])
    beside.append(_cells(beside, [both(SHARES_OF.format({"period": last.period.code}))], _SCORE))
    beside.append(_bold(beside, map(both, WEIGHT_HEADS)))
    for row in _weights(last):
        beside.append(_cells(beside, row, _SHARE))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_table(found: Sequence[WhatIf]) -> bytes:
    """The rows of the first sheet as CSV, UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(both, HEADS))
    writer.writerows([csv_cell(cell) for cell in row] for row in _rows(found))
    return text.getvalue().encode("utf-8-sig")


def _rows(found: Iterable[WhatIf]) -> Iterator[list[Cell]]:
    for each in found:
        for change in each.changes:
            yield [*_unit(change), each.period.code, *_outcome(each.entry, change)]


def _unit(change: Change) -> list[Cell]:
    return [change.unit.code, both(change.unit.title)]


def _outcome(entry: SchemeEntry, change: Change) -> list[Cell]:
    now, then = change.current, change.proposed
    moved = change.score_change
    marks = (bool(moved), change.band_changed, change.rank_changed, change.verdict_changed)
    changed = [text for text, differs in zip(CHANGES, marks, strict=True) if differs]
    return [
        *(now.score, then.score, moved),
        *(_band(now), _band(then)),
        *(now.rank, then.rank),
        *(_verdict(entry, now), _verdict(entry, then)),
        both(Text("、".join(each.zh for each in changed), ", ".join(each.en for each in changed))),
    ]


def _band(standing: Standing) -> str:
    band = standing.band
    return "" if band is None else both(band.title or Text(band.code, band.code))


def _verdict(entry: SchemeEntry, standing: Standing) -> str:
    return "" if standing.verdict is None else both(verdict_title(entry, standing.verdict))


def _facts(found: Sequence[WhatIf], tried: Tried) -> Iterator[list[Cell]]:
    scheme = found[0].entry.scheme
    given = ", ".join(f"{each.node}={decimal_text(each.weight)}" for each in tried.weights)
    yield [both(SCHEME), scheme.scheme, both(scheme.label)]
    yield [both(VERSION), scheme.version]
    yield [both(SET), *_set(tried.weight_set)]
    yield [both(GIVEN), given or "–"]
    yield [both(BY), tried.by]
    yield [both(AT), f"{tried.at:%Y-%m-%d %H:%M}"]
    yield []


def _set(used: WeightSetRecord | int | None) -> list[Cell]:
    """Which set was tried; of a draft also the revision, as it may be another one by now."""
    if isinstance(used, WeightSetRecord):
        return [used.number, f"{used.state.value}, revision {used.revision}", used.reason]
    return [both(IN_FORCE if used is None else OWN)]


def _summary(each: WhatIf) -> list[Cell]:
    counted = each.summary
    return [
        each.period.code,
        *(counted.units, counted.scored, counted.score_changed),
        counted.band_changed,
        counted.rank_changed if counted.ranked else None,
        counted.verdict_changed,
    ]


def _weights(found: WhatIf) -> Iterator[list[Cell]]:
    for each in found.nodes:
        title = both(found.entry.by_code[each.node].indicator.label)
        shares = (each.current_local, each.proposed_local, each.current_global, each.proposed_global)
        yield [each.node, title, *shares]


def _bold(sheet: WriteOnlyWorksheet, texts: Iterable[str]) -> list[WriteOnlyCell]:
    cells = _cells(sheet, list(texts), _SCORE)
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _cells(sheet: WriteOnlyWorksheet, row: Sequence[Cell], form: str) -> list[WriteOnlyCell]:
    return [_cell(sheet, each, form) for each in row]


def _cell(sheet: WriteOnlyWorksheet, value: Cell, form: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # What a person wrote is never a formula, whatever it begins with.
        cell.data_type = "s"
    elif isinstance(value, float):
        cell.number_format = form
    return cell
