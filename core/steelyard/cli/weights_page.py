"""What weights that were tried would do, as tables and as JSON: first how many units change, then who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from steelyard.cli.listing import ListFormat, Row, show
from steelyard.cli.rounding import half_up
from steelyard.errors import Locale, Text
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.score_sheet import verdict_title
from steelyard.services.weights.standing import Change, Standing
from steelyard.services.weights.what_if import WhatIf

SUMMARY_HEADS = {
    "period": Text("周期", "Period"),
    "units": Text("对象", "Units"),
    "scored": Text("有得分", "Scored"),
    "score_changed": Text("得分变化", "Score changes"),
    "band_changed": Text("等级变化", "Band changes"),
    "verdict_changed": Text("结论变化", "Verdict changes"),
    "rank_changed": Text("名次变化", "Rank changes"),
}
CHANGE_HEADS = {
    "unit": Text("评价对象", "Unit"),
    "score": Text("得分", "Score"),
    "by": Text("变化", "By"),
    "band": Text("等级", "Band"),
    "verdict": Text("结论", "Verdict"),
    "rank": Text("名次", "Rank"),
}
UNIT = Text("评价对象", "Unit")
BESIDE = 3
"""So many periods stand beside each other in a table, that it may be read on a narrow screen."""
NOBODY = Text("没有对象的等级、结论或名次变化。", "No unit changes band, verdict or rank.")
UNRANKED = Text(
    "可见对象少于规定的最小组，不给名次。", "Fewer units than the smallest group: ranks are not told."
)
NOBODY_REGRADED = Text("没有对象的等级或结论变化。", "No unit changes band or verdict.")
MORE = Text("另有 {count} 个，见 --most 或 --format json。", "{count} more: see --most or --format json.")
TO = " → "


def show_trial(found: WhatIf, most: int, form: ListFormat, locale: Locale) -> None:
    """Write what weights would do in a period."""
    if form is ListFormat.JSON:
        show([_json(found)], {}, form, locale)
        return
    show([_summary(found)], SUMMARY_HEADS, form, locale)
    changed = [
        each for each in found.changes if _is_told(each) or (not found.summary.ranked and each.score_change)
    ]
    if not found.summary.ranked:
        typer.echo(UNRANKED.get(locale))
    if not changed:
        typer.echo((NOBODY if found.summary.ranked else NOBODY_REGRADED).get(locale))
        return
    changed.sort(key=_urgency)
    show([_row(each, found.entry, locale) for each in changed[:most]], CHANGE_HEADS, form, locale)
    _tell_more(len(changed) - most, locale)


def show_back_test(found: Sequence[WhatIf], most: int, form: ListFormat, locale: Locale) -> None:
    """Write what weights would have done in periods, side by side."""
    if form is ListFormat.JSON:
        show([_json(each) for each in found], {}, form, locale)
        return
    show([_summary(each) for each in found], SUMMARY_HEADS, form, locale)
    by_unit: dict[str, dict[str, Any]] = {}
    for each in found:
        for change in each.regraded:
            cells = by_unit.setdefault(change.unit.code, {"unit": change.unit.code})
            cells[each.period.code] = _grades(change, each.entry, locale)
    if not by_unit:
        typer.echo(NOBODY_REGRADED.get(locale))
        return
    told = {code: by_unit[code] for code in sorted(by_unit)[:most]}
    codes = [each.period.code for each in found]
    for start in range(0, len(codes), BESIDE):
        heads = {"unit": UNIT, **{code: Text(code, code) for code in codes[start : start + BESIDE]}}
        rows = [
            {name: cells.get(name) for name in heads}
            for cells in told.values()
            if len(cells.keys() & heads) > 1
        ]
        if rows:
            show(rows, heads, form, locale)
    _tell_more(len(by_unit) - most, locale)


def _tell_more(count: int, locale: Locale) -> None:
    if count > 0:
        typer.echo(MORE.format({"count": count}).get(locale))


def _summary(found: WhatIf) -> Row:
    counts: dict[str, Any] = {
        name: getattr(found.summary, name) for name in SUMMARY_HEADS if name != "period"
    }
    if not found.summary.ranked:
        counts["rank_changed"] = None
    return {"period": found.period.code, **counts}


def _is_told(change: Change) -> bool:
    return change.band_changed or change.verdict_changed or change.rank_changed


def _urgency(change: Change) -> tuple[bool, float, str]:
    """Who gets another band or verdict first, then who moves farthest."""
    graded = change.band_changed or change.verdict_changed
    return not graded, -abs(change.score_change or 0.0), change.unit.code


def _row(change: Change, entry: SchemeEntry, locale: Locale) -> Row:
    now, then, moved = change.current, change.proposed, change.score_change
    return {
        "unit": change.unit.code,
        "score": TO.join((_score(now), _score(then))),
        "by": "" if moved is None else f"{'+' if moved > 0 else ''}{half_up(moved)}",
        "band": _pair(_band(now, locale), _band(then, locale)),
        "verdict": _pair(_verdict(now, entry, locale), _verdict(then, entry, locale)),
        "rank": _pair(str(now.rank or "–"), str(then.rank or "–")),
    }


def _grades(change: Change, entry: SchemeEntry, locale: Locale) -> str:
    """The score, band and verdict of a unit on both sides."""
    sides = (
        " ".join(filter(None, (_score(each), _band(each, locale), _verdict(each, entry, locale))))
        for each in (change.current, change.proposed)
    )
    return TO.join(sides)


def _pair(now: str, then: str) -> str:
    return now if now == then else TO.join((now or "–", then or "–"))


def _score(standing: Standing) -> str:
    return "–" if standing.score is None else half_up(standing.score)


def _band(standing: Standing, locale: Locale) -> str:
    band = standing.band
    return "" if band is None else (band.title or Text(band.code, band.code)).get(locale)


def _verdict(standing: Standing, entry: SchemeEntry, locale: Locale) -> str:
    return "" if standing.verdict is None else verdict_title(entry, standing.verdict).get(locale)


def _json(found: WhatIf) -> dict[str, Any]:
    """All units, those that do not change too."""
    return {
        "period": found.period.code,
        "summary": found.summary,
        "weights": found.nodes,
        "changes": [
            {
                "unit": each.unit.code,
                "current": _standing(each.current),
                "proposed": _standing(each.proposed),
                "score_change": each.score_change,
            }
            for each in found.changes
        ],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "outcome": standing.outcome.name,
        "score": standing.score,
        "points": standing.points,
        "band": None if standing.band is None else standing.band.code,
        "verdict": standing.verdict,
        "passed": standing.passed,
        "rank": standing.rank,
    }
