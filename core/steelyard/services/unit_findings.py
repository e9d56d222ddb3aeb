"""Findings of a unit in a period: what its evaluation calls attention to, with what each costs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_rows
from steelyard.errors import Text
from steelyard.improvement.finding import EarlierRate, Finding, QualityNote, Surroundings
from steelyard.improvement.findings import find as find_in
from steelyard.improvement.weaknesses import known as is_known
from steelyard.services import editions, peer_figures
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.records import findings as record_findings
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


async def find(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    node: str | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """What calls attention to itself at or below a node, the root if left out, by cost; NotFound.

    A node is held against the last period before in which it has a score, and against comparable units where
    they may be told of. What is amiss with records is told to who may read measurements, with the root.
    """
    every = await editions.load(view, scope, view.context.entry(scheme))
    asked = every.period(period)
    scores = every.edition(asked)
    record, code = scores.unit(unit), scores.entry.node(node).code
    around = Surroundings(
        earlier=_earlier(every, scores, record, asked),
        peers=await peer_figures.figures(view, actor, scope, scheme=scheme, unit=unit, period=period),
        quality=await _quality(view, actor, scope, scheme, record, period, today),
    )
    row = scores.rows([record], asked)
    return await asyncio.to_thread(
        lambda: find_in(
            select_rows(scores.evaluation, row), 0, playbook=scores.entry.advice, node=code, around=around
        )
    )


def _earlier(every: Cube, scores: Cube, unit: UnitRecord, asked: PeriodRecord) -> Mapping[str, EarlierRate]:
    """The last rate of each node before a period, in its calendar, each as its period is shown."""
    before = [
        each for each in every.on_record if each.calendar == asked.calendar and each.start < asked.start
    ]
    found: dict[str, EarlierRate] = {}
    for period in reversed(before):
        shown = every.find_edition(period)
        if shown is None or not shown.scores([unit]):
            continue
        row = shown.row(unit, period)
        for node in scores.entry.nodes:
            place = shown.place(node)
            rate = None if place is None else is_known(shown.evaluation.rates.item(place, row))
            if rate is not None:
                found.setdefault(node.code, EarlierRate(period.code, rate))
    return found


async def _quality(
    view: View, actor: Actor, scope: Scope, scheme: str, unit: UnitRecord, period: str, today: date | None
) -> tuple[QualityNote, ...]:
    if not actor.may(Permission.MEASUREMENT_READ, [unit.id]):
        return ()
    found = await record_findings.findings(
        view, actor, scope, scheme=scheme, unit=unit.code, period=period, today=today
    )
    return tuple(
        QualityNote(
            f"{each.table}/{each.check or 'late'}",
            Text(f"数据质量：{each.table}", f"Quality of the data in {each.table}"),
            each.sentence,
        )
        for each in found
    )
