"""Wants: the kinds of notices, and what a subscriber wants to be told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from steelyard.access.permissions import Permission
from steelyard.errors import Place, Problem, Text
from steelyard.services.notices.problems import SUBSCRIBER_KINDS, SUBSCRIBER_THRESHOLD

MOST_WANTS = 50


class NoticeKind(StrEnum):
    """What happened."""

    FINDING_NEW = "finding.new"
    FINDING_BEHIND = "finding.behind_peers"
    RULE_FIRED = "rule.fired"
    THRESHOLD = "threshold"
    ACTION_DUE = "action.due"
    ACTION_OVERDUE = "action.overdue"
    ACTION_UNCLAIMED = "action.unclaimed"
    OBJECTION_DUE = "objection.due"
    OBJECTION_OVERDUE = "objection.overdue"


EVALUATED = frozenset(
    {NoticeKind.FINDING_NEW, NoticeKind.FINDING_BEHIND, NoticeKind.RULE_FIRED, NoticeKind.THRESHOLD}
)
"""What evaluations bring; the others come with time."""

OF_ALL_UNITS = frozenset({NoticeKind.FINDING_BEHIND})
"""What tells of other units than its own: of those that are kept, only who sees all units sees them."""

USUAL = tuple(each for each in NoticeKind if each is not NoticeKind.THRESHOLD)
"""What can be told without anything more being said."""

TITLES: Mapping[NoticeKind, Text] = MappingProxyType(
    {
        NoticeKind.FINDING_NEW: Text("新弱项", "New finding"),
        NoticeKind.FINDING_BEHIND: Text("新近落后于同类", "Newly far behind its peers"),
        NoticeKind.RULE_FIRED: Text("规则触发", "Rule fired"),
        NoticeKind.THRESHOLD: Text("低于阈值", "Below a threshold"),
        NoticeKind.ACTION_DUE: Text("措施即将到期", "Action due soon"),
        NoticeKind.ACTION_OVERDUE: Text("措施逾期", "Action overdue"),
        NoticeKind.ACTION_UNCLAIMED: Text("措施无人认领", "Action unclaimed"),
        NoticeKind.OBJECTION_DUE: Text("异议待裁定", "Objection to be decided"),
        NoticeKind.OBJECTION_OVERDUE: Text("异议逾期未裁定", "Objection undecided in time"),
    }
)

SEEN_WITH: Mapping[Permission, frozenset[NoticeKind]] = MappingProxyType(
    {
        Permission.SCORE_READ: EVALUATED,
        Permission.PLAN_READ: frozenset(
            {NoticeKind.ACTION_DUE, NoticeKind.ACTION_OVERDUE, NoticeKind.ACTION_UNCLAIMED}
        ),
        Permission.OBJECTION_DECIDE: frozenset({NoticeKind.OBJECTION_DUE, NoticeKind.OBJECTION_OVERDUE}),
    }
)
"""Which notices somebody sees, by the permission that they hold on the unit."""


@dataclass(frozen=True, slots=True)
class Want:
    """What a subscriber is told of: notices of a kind; of a threshold with node and score."""

    kind: NoticeKind
    scheme: str | None = None
    node: str | None = None
    below: float | None = None

    def problems(self) -> Iterator[Problem]:
        """What is wrong with it."""
        if self.kind is NoticeKind.THRESHOLD:
            is_right = bool(self.node) and self.below is not None and 0 < self.below <= 100
        else:
            is_right = self.node is None and self.below is None
        if not is_right:
            yield Problem(SUBSCRIBER_THRESHOLD, Place(field="wants"), {"kind": self.kind.value})

    def matches(self, told: Want) -> bool:
        """Whether a notice is wanted that says: this kind, of this scheme, of this threshold."""
        same = (self.kind, self.node, self.below) == (told.kind, told.node, told.below)
        return same and self.scheme in (None, told.scheme)

    def written(self) -> dict[str, Any]:
        """As JSON, what is not said left out."""
        found = {"kind": self.kind.value, "scheme": self.scheme, "node": self.node, "below": self.below}
        return {name: value for name, value in found.items() if value is not None}


def wants_of(kinds: Sequence[Mapping[str, Any]]) -> tuple[Want, ...]:
    """The wants that were written down."""
    return tuple(Want(**{**each, "kind": NoticeKind(each["kind"])}) for each in kinds)


def wants_problems(wants: Sequence[Want]) -> Iterator[Problem]:
    """What is wrong with all that a subscriber wants."""
    if not 0 < len(wants) <= MOST_WANTS:
        yield Problem(SUBSCRIBER_KINDS, Place(field="wants"), {"found": len(wants), "most": MOST_WANTS})
    for each in wants:
        yield from each.problems()
