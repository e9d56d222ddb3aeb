"""What an evaluation brings: findings that the period before did not have, rules that fired, thresholds.

Told of is the last period of a calendar in which anything was measured: who evaluates the past again, or
loads years of it, is not told of all that once was. Nothing is looked for that no subscriber wants. Of quotas
nothing is told: how they share out bands tells of all units, and a notice is seen by who sees a single one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from steelyard.access.scope import Scope
from steelyard.analysis.selection import select_rows, without_quotas
from steelyard.errors import Text
from steelyard.improvement.finding import Finding, FindingKind
from steelyard.improvement.rule_findings import rule_findings
from steelyard.improvement.wording import figure
from steelyard.scheme.rule import Consequence
from steelyard.scoring.outcome import RuleState
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.notices.change import new_findings
from steelyard.services.notices.message import Message, above, title_of, words
from steelyard.services.notices.want import EVALUATED, NoticeKind, Want, wants_of
from steelyard.store import subscribers
from steelyard.store.periods import PeriodRecord
from steelyard.store.subscribers import SubscriberRecord
from steelyard.store.units import UnitRecord


async def heard(view: View, scope: Scope) -> list[SubscriberRecord]:
    """The tenant's subscribers: what evaluations look for is what they want."""
    tenant = Scope(scope.tenant_id)
    async with view.context.database.read(tenant) as reader:
        return await subscribers.load(reader, tenant)


def news(
    scores: Cube, period: PeriodRecord, heard: Sequence[SubscriberRecord], today: date
) -> tuple[Message, ...]:
    """What subscribers want to be told of a period that was evaluated; nothing of one that is not the last.

    today: from when the days of consequences count.
    """
    wanted = [(each, want) for each in heard for want in wants_of(each.kinds) if want.kind in EVALUATED]
    of_calendar = [each for each in scores.measured if each.calendar == period.calendar]
    if not wanted or not of_calendar or of_calendar[-1] != period:
        return ()
    return tuple(_News(scores, period, tuple(wanted), today).all())


@dataclass(frozen=True)
class _News:
    """What is told of one period."""

    scores: Cube
    period: PeriodRecord
    wanted: tuple[tuple[SubscriberRecord, Want], ...]
    today: date

    def all(self) -> Iterator[Message]:
        yield from self._findings(self._units(lambda want: want.kind is NoticeKind.FINDING_NEW))
        yield from self._rules(self._units(lambda want: want.kind is NoticeKind.RULE_FIRED))
        for asked in {want for _, want in self.wanted if want.kind is NoticeKind.THRESHOLD}:
            yield from self._below(asked, self._units(asked.__eq__))

    def _units(self, is_asked: Callable[[Want], bool]) -> tuple[UnitRecord, ...]:
        """The units of which somebody wants to be told so."""
        code = self.scores.entry.code
        tops = {each.unit_id for each, want in self.wanted if is_asked(want) and want.scheme in (None, code)}
        if None in tops:
            return self.scores.units
        return tuple(each for each in self.scores.units if not self._above[each.id].isdisjoint(tops))

    @cached_property
    def _above(self) -> dict[int, frozenset[int]]:
        return {each.id: above(self.scores.structure, each) for each in self.scores.units}

    def _findings(self, units: Sequence[UnitRecord]) -> Iterator[Message]:
        for unit, found in new_findings(self.scores, self.period, units):
            values = {
                "finding": found.key,
                "finding_kind": found.kind.value,
                "node": found.code,
                "rate": found.rate,
                "reference": found.reference,
            }
            yield self._message(
                unit, Want(NoticeKind.FINDING_NEW), found.key, found.title, found.sentence, values
            )

    def _rules(self, units: Sequence[UnitRecord]) -> Iterator[Message]:
        evaluation = without_quotas(self.scores.evaluation)
        rows = self.scores.rows(units, self.period)
        fired = (evaluation.rule_states[:, rows] == RuleState.FIRED).any(axis=0)
        for unit, row, any_fired in zip(units, rows, fired, strict=True):
            if not any_fired:
                continue
            for found in rule_findings(select_rows(evaluation, np.array([row])), 0, lambda _: ()):
                yield self._rule(unit, found)

    def _rule(self, unit: UnitRecord, found: Finding) -> Message:
        rule = found.key.removeprefix(f"{FindingKind.RULE_FIRED.value}:")
        values = {"rule": rule, "cost": found.cost, "consequence": self._consequence(found.consequence)}
        return self._message(unit, Want(NoticeKind.RULE_FIRED), rule, found.title, found.sentence, values)

    def _consequence(self, found: Consequence | None) -> dict[str, Any] | None:
        if found is None:
            return None
        days = found.deadline_days
        return {
            "title": words(found.title),
            "action": found.action,
            "deadline_days": days,
            "deadline": None if days is None else (self.today + timedelta(days=days)).isoformat(),
        }

    def _below(self, asked: Want, units: Sequence[UnitRecord]) -> Iterator[Message]:
        node, below = asked.node or "", asked.below or 0.0
        if node not in self.scores.evaluation.index:
            return
        found = self.scores.evaluation.score(node)[self.scores.rows(units, self.period)]
        name, shown = self.scores.entry.node(node).indicator.label, figure(below)
        for unit, score in zip(units, found.tolist(), strict=True):
            # What has no score is not below anything.
            if not score < below:
                continue
            title = Text(f"{name.zh}低于 {shown} 分", f"{name.en} is below {shown}")
            text = Text(
                f"{name.zh}得分 {figure(score)}，低于所设的 {shown}。",
                f"{name.en} has a score of {figure(score)}, below {shown} as set.",
            )
            values = {"node": node, "below": below, "score": score}
            about = Want(NoticeKind.THRESHOLD, None, node, below)
            yield self._message(unit, about, f"{node}/{below:.12g}", title, text, values)

    def _message(
        self, unit: UnitRecord, about: Want, name: str, title: Text, text: Text, values: dict[str, Any]
    ) -> Message:
        entry, period, who = self.scores.entry, self.period, title_of(unit)
        place = f"{entry.code}/{period.calendar}/{period.code}/{unit.code}"
        when = period.title
        return Message(
            key=f"{about.kind.value}/{place}/{name}",
            about=Want(about.kind, entry.code, about.node, about.below),
            unit=unit,
            above=self._above[unit.id],
            scheme=entry.code,
            scheme_title=entry.scheme.label,
            period=period,
            title=Text(f"{who.zh}（{when.zh}）：{title.zh}", f"{who.en} ({when.en}): {title.en}"),
            text=text,
            values=values,
        )
