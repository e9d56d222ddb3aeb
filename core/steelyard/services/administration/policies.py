"""Deeds of policies: second persons, the smallest group of peers, days for names, notices, objections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import orjson

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Place, Problem, Text
from steelyard.scheme.suggestion import suggested
from steelyard.services.administration import policy, problems
from steelyard.services.administration.canonical import State, canonical
from steelyard.services.administration.consent import MAY_WAIT
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.texts import shown
from steelyard.store import policies, stamps
from steelyard.store.persons import PersonKind
from steelyard.store.transaction import Reader, Writer

SMALLEST_PEER_MINIMUM, LARGEST_PEER_MINIMUM = 3, 1000
LONGEST_RETENTION = 36_500
"""In days."""
LONGEST_OBJECTION = 366
"""In days."""
LONGEST_NOTICE, SHORTEST_NOTICE = 36_500, 30
"""In days; what waits may be given up sooner."""


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    return {
        name: {"value": orjson.loads(value)}
        for name, value in (await policies.load(reader, scope, keys)).items()
    }


POLICY = Governed("policy", _states)


@dataclass(frozen=True, slots=True)
class SetPolicy(Deed[None]):
    """Decide on a policy: names of deeds for `second_person`, a number, or days by kind; None as usual."""

    name: ClassVar = "policy.set"
    title: ClassVar = Text("设定管理策略", "Decide on a policy")
    permission: ClassVar = Permission.POLICY_EDIT
    topics: ClassVar = (stamps.POLICIES,)

    policy: str
    value: tuple[str, ...] | int | dict[str, int] | None

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the name or the value."""
        if self.policy not in policy.NAMES:
            yield Problem(
                problems.POLICY_UNKNOWN, Place(field="policy"), suggested(shown(self.policy), policy.NAMES)
            )
        elif self.value is not None:
            yield from _PROBLEMS[self.policy](self.value)

    def waits(self, second_person: Collection[str]) -> bool:
        """Whom a second person checks, is changed with a second person only: nobody lifts it alone."""
        if self.policy == policy.SECOND_PERSON and second_person:
            return True
        return self.name in second_person

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[None]:
        """Record the value."""
        before = await POLICY.state(writer, scope, self.policy)
        if self.value is None:
            await policies.drop(writer, scope, self.policy)
        else:
            value = sorted(set(self.value)) if isinstance(self.value, tuple) else self.value
            await policies.put(writer, scope, self.policy, canonical(value))
        after = await POLICY.state(writer, scope, self.policy)
        return Change(POLICY.subject(self.policy), before, after, None)


def _second_person(value: Any) -> Iterable[Problem]:
    if not isinstance(value, tuple):
        yield _form(policy.SECOND_PERSON, value)
        return
    for name in value:
        if name not in MAY_WAIT:
            yield Problem(
                problems.POLICY_DEED, Place(field="value"), suggested(shown(name), sorted(MAY_WAIT))
            )


def _peer_minimum(value: Any) -> Iterable[Problem]:
    if not isinstance(value, int) or not SMALLEST_PEER_MINIMUM <= value <= LARGEST_PEER_MINIMUM:
        yield _form(policy.PEER_MINIMUM, value)


def _retention(value: Any) -> Iterable[Problem]:
    if not isinstance(value, dict):
        yield _form(policy.RETENTION, value)
        return
    for kind, days in value.items():
        if kind not in set(PersonKind) or not 1 <= days <= LONGEST_RETENTION:
            yield _form(policy.RETENTION, {kind: days})


def _objection_days(value: Any) -> Iterable[Problem]:
    usual = {field.name for field in fields(policy.ObjectionDays)}
    if not isinstance(value, dict):
        yield _form(policy.OBJECTION_DAYS, value)
        return
    for what, days in value.items():
        if what not in usual or not 1 <= days <= LONGEST_OBJECTION:
            yield _form(policy.OBJECTION_DAYS, {what: days})


def _notice_days(value: Any) -> Iterable[Problem]:
    least = {"told": SHORTEST_NOTICE, "waiting": 1}
    if not isinstance(value, dict):
        yield _form(policy.NOTICE_DAYS, value)
        return
    for what, days in value.items():
        if what not in least or not least[what] <= days <= LONGEST_NOTICE:
            yield _form(policy.NOTICE_DAYS, {what: days})


_PROBLEMS = {
    policy.SECOND_PERSON: _second_person,
    policy.PEER_MINIMUM: _peer_minimum,
    policy.RETENTION: _retention,
    policy.OBJECTION_DAYS: _objection_days,
    policy.NOTICE_DAYS: _notice_days,
}
_EXPECTED = {
    policy.SECOND_PERSON: Text("操作名称的列表", "a list of names of deeds"),
    policy.PEER_MINIMUM: Text(
        f"{SMALLEST_PEER_MINIMUM} 至 {LARGEST_PEER_MINIMUM} 的整数",
        f"a whole number from {SMALLEST_PEER_MINIMUM} to {LARGEST_PEER_MINIMUM}",
    ),
    policy.RETENTION: Text(
        f"每类人员（{'、'.join(PersonKind)}）的天数，1 至 {LONGEST_RETENTION}",
        f"days by kind of person ({', '.join(PersonKind)}), 1 to {LONGEST_RETENTION}",
    ),
    policy.OBJECTION_DAYS: Text(
        f"提出异议（file）与裁定（decide）的天数，1 至 {LONGEST_OBJECTION}",
        f"days to object (file) and to decide (decide), 1 to {LONGEST_OBJECTION}",
    ),
    policy.NOTICE_DAYS: Text(
        f"通知保存（told，{SHORTEST_NOTICE} 至 {LONGEST_NOTICE}）"
        f"与放弃送达（waiting，1 至 {LONGEST_NOTICE}）的天数",
        f"days to keep notices (told, {SHORTEST_NOTICE} to {LONGEST_NOTICE}) and until what waits is given up"
        f" (waiting, 1 to {LONGEST_NOTICE})",
    ),
}


def _form(name: str, value: Any) -> Problem:
    expected = _EXPECTED[name]
    values = {
        "policy": name,
        "found": shown(str(value)),
        "expected_zh": expected.zh,
        "expected_en": expected.en,
    }
    return Problem(problems.POLICY_VALUE, Place(field="value"), values)
