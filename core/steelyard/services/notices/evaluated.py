"""What an evaluation brings: findings that the period before did not have, rules that fired, thresholds.

Told of is the last period of a calendar, and of the few before what came late (`recency`): who evaluates
the past again, or loads years of it, is not told of all that once was. Nothing is looked for that no
subscriber wants. Of quotas nothing is told: how they share out bands tells of all units, and a notice is
seen by who sees a single one. What peers look like is told to those alone whom it may be told (`peers`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.notices.change import new_findings
from steelyard.services.notices.message import Message, above, title_of, words
from steelyard.services.notices.peers import Peers
from steelyard.services.notices.recency import Recency
from steelyard.services.notices.want import EVALUATED, NoticeKind, Want, wants_of
from steelyard.store import subscribers
from steelyard.store.periods import PeriodRecord
from steelyard.store.run_table import RunTable
from steelyard.store.subscribers import SubscriberRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class Heard:
    """What a tenant's subscribers want; peer_minimum: the policy."""

    subscribers: Sequence[SubscriberRecord]
    peer_minimum: int

    @property
    def wanted(self) -> tuple[tuple[SubscriberRecord, Want], ...]:
        """What is wanted of evaluations, and by whom."""
        every = ((each, want) for each in self.subscribers for want in wants_of(each.kinds))
        return tuple((each, want) for each, want in every if want.kind in EVALUATED)


async def heard(view: View, scope: Scope) -> Heard:
    """The tenant's subscribers: what evaluations look for is what they want."""
    tenant = Scope(scope.tenant_id)
    async with view.context.database.read(tenant) as reader:
        found = await subscribers.load(reader, tenant)
    return Heard(found, (await policy.current(view, tenant)).peer_minimum)


def news(
    scores: Cube, period: PeriodRecord, heard: Heard, today: date, before: RunTable | None = None
) -> tuple[Message, ...]:
    """What subscribers want to be told of a period that was evaluated; nothing of one that is not recent.

    scores: of all units. today: from when the days of consequences count. before: as `Recency` has it.
    """
    recency = Recency(scores, period, before)
    if not heard.wanted or not recency.is_recent:
        return ()
    return tuple(_News(recency, heard.wanted, heard.peer_minimum, today).all())


@dataclass(frozen=True)
class _News:
    """What is told of one period."""

    recency: Recency
    wanted: tuple[tuple[SubscriberRecord, Want], ...]
    peer_minimum: int
    today: date

    @property
    def scores(self) -> Cube:
        """The scores of all units."""
        return self.recency.scores

    @property
    def period(self) -> PeriodRecord:
        """The period."""
        return self.recency.period

    def all(self) -> Iterator[Message]:
        yield from self._findings(self._units(lambda want: want.kind is NoticeKind.FINDING_NEW))
        yield from self._behind(self._units(lambda want: want.kind is NoticeKind.FINDING_BEHIND))
        yield from self._rules(self._units(lambda want: want.kind is NoticeKind.RULE_FIRED))
        for asked in {want for _, want in self.wanted if want.kind is NoticeKind.THRESHOLD}:
            yield from self._below(asked, self._units(asked.__eq__))

    def _units(self, is_asked: Callable[[Want], bool]) -> tuple[UnitRecord, ...]:
        """The units of which somebody wants to be told so."""
        tops = self._tops(is_asked)
        if None in tops:
            return self.scores.units
        return tuple(each for each in self.scores.units if not self._above[each.id].isdisjoint(tops))

    def _tops(self, is_asked: Callable[[Want], bool]) -> set[int | None]:
        """The units of the subscribers who want to be told so."""
        code = self.scores.entry.code
        return {each.unit_id for each, want in self.wanted if is_asked(want) and want.scheme in (None, code)}

    @cached_property
    def _above(self) -> dict[int, frozenset[int]]:
        return {each.id: above(self.scores.structure, each) for each in self.scores.units}

    def _findings(self, units: Sequence[UnitRecord]) -> Iterator[Message]:
        for each in new_findings(self.recency, units):
            yield self._finding(NoticeKind.FINDING_NEW, each.unit, each.finding)

    def _behind(self, units: Sequence[UnitRecord]) -> Iterator[Message]:
        """How units have fallen behind their peers, to those alone who may be told so."""
        if not units:
            return
        peers = Peers(self.scores, self._above, self.peer_minimum)
        tops = self._tops(lambda want: want.kind is NoticeKind.FINDING_BEHIND) - {None}
        for each in new_findings(self.recency, units, peers):
            place = self.scores.evaluation.index[each.finding.code or ""]
            moments = (each.since, self.period)
            told = {top for top in tops if top is not None and peers.may_tell(top, place, moments)}
            message = self._finding(NoticeKind.FINDING_BEHIND, each.unit, each.finding)
            yield replace(message, above=message.above & told)

    def _finding(self, kind: NoticeKind, unit: UnitRecord, found: Finding) -> Message:
        values = {
            "finding": found.key,
            "finding_kind": found.kind.value,
            "node": found.code,
            "rate": found.rate,
            "reference": found.reference,
        }
        return self._message(unit, Want(kind), found.key, found.title, found.sentence, values)

    def _rules(self, units: Sequence[UnitRecord]) -> Iterator[Message]:
        evaluation = without_quotas(self.scores.evaluation)
        rows = self.scores.rows(units, self.period)
        fired = (evaluation.rule_states[:, rows] == RuleState.FIRED) & self.recency.rules(units)
        for at in np.flatnonzero(fired.any(axis=0)).tolist():
            told = {evaluation.scheme.rules[index].id for index in np.flatnonzero(fired[:, at])}
            for found in rule_findings(select_rows(evaluation, rows[at : at + 1]), 0, lambda _: ()):
                if _rule_of(found) in told:
                    yield self._rule(units[at], found)

    def _rule(self, unit: UnitRecord, found: Finding) -> Message:
        rule = _rule_of(found)
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
        fresh = self.recency.nodes(units)[self.scores.evaluation.index[node]]
        scores = self.scores.evaluation.score(node)[self.scores.rows(units, self.period)]
        found = np.where(fresh, scores, np.nan)
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


def _rule_of(found: Finding) -> str:
    return found.key.removeprefix(f"{FindingKind.RULE_FIRED.value}:")
