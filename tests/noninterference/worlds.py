"""Twin worlds: databases that agree on what a scope sees and on declared peer statistics, on nothing else.

A world is described here and put into a database by `building`. Of both sides of a twin the units out of
scope have other codes, titles, parents and attributes, and each has another's measurements. In a shifted twin
these measurements are others too, so far as count, mean, median, quartiles and the ranks of the units in
scope allow; and where too few units are out of scope to be told about, all of them are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from math import ceil, floor

from noninterference.industry import BRANCH, DESK

MINIMUM = 5
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05")
QUARTERS = ("2025-Q1", "2025-Q2")
SEASON = "2025-cold"


class Level(Enum):
    """How much is in scope: a branch with its desks, a region, or the whole tenant."""

    BRANCH = "R1.B1"
    REGION = "R1"
    TENANT = ""


class Twin(Enum):
    """How the measurements out of scope differ: dealt out otherwise, or others."""

    DEALT = "dealt"
    SHIFTED = "shifted"


@dataclass(frozen=True)
class Member:
    """A unit of the world, whatever it is called in a database."""

    key: str
    type: str

    @property
    def parent(self) -> str | None:
        """The key of the unit above; None for the company."""
        return None if self.type == "company" else self.key.rpartition(".")[0] or "CO"


def _members() -> Iterator[Member]:
    yield Member("CO", "company")
    for region, branches in (("R1", 3), ("R2", 8)):
        yield Member(region, "region")
        for number in range(1, branches + 1):
            yield Member(f"{region}.B{number}", "branch")
    for branch, desks in (("R1.B1", 2), ("R1.B2", 2), ("R1.B3", 1), ("R2.B1", 2), ("R2.B2", 1)):
        for number in range(1, desks + 1):
            yield Member(f"{branch}.D{number}", "desk")


MEMBERS = tuple(_members())
SCHEMES = {BRANCH: "branch", DESK: "desk"}
PERIODS: Mapping[str, Sequence[str]] = {BRANCH: (*MONTHS, *QUARTERS), DESK: (*QUARTERS, SEASON)}
ODD = {("R1.B1", "2025-02"): "", ("R1.B3", "2025-Q1"): "n/a", ("R1.B1.D2", "2025-Q2"): "n/a"}
"""The second measure of some units in some periods: nothing, or not applicable."""
ABSENT = {("R1.B2", "2025-03"), ("R2.B4", "2025-03"), ("R1.B1.D1", SEASON)}
"""Of whom nothing is recorded in a period."""
LOW = {("R1.B1", "2025-05"), ("R1.B2", "2025-05"), ("R1.B1.D1", "2025-Q1")}
"""Who is the worst of all in a period."""


@dataclass(frozen=True)
class Row:
    """What is measured of a unit in a period; rates are n of 128."""

    speed: int
    kind: int
    odd: str | None
    complaints: int
    bonus: int

    def cells(self, scheme: str) -> list[str]:
        """The cells of a table, after unit and period."""
        kind = repr(self.kind / 128) if self.odd is None else self.odd
        first = [repr(self.speed / 128), kind]
        return first if scheme == DESK else [*first, str(self.complaints), str(self.bonus)]


@dataclass(frozen=True)
class World:
    """One side (0 or 1) of a twin."""

    level: Level
    twin: Twin
    side: int

    def sees(self, member: Member) -> bool:
        """Whether a unit is in scope."""
        root = self.level.value
        return not root or member.key == root or member.key.startswith(f"{root}.")

    @cached_property
    def outside(self) -> tuple[Member, ...]:
        """The units out of scope."""
        return tuple(member for member in MEMBERS if not self.sees(member))

    @property
    def differs(self) -> bool:
        """Whether this is the side on which everything out of scope is otherwise."""
        return self.side == 1 and bool(self.outside)

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """What the units are called, by key."""
        draw = random.Random(f"codes {self.side}")
        numbers = draw.sample(range(10, 99), len(MEMBERS))
        first = ("A", "P") if self.side == 0 else ("B", "Z")
        return {
            member.key: f"M-{member.key}" if self.sees(member) else f"{draw.choice(first)}-{number}"
            for member, number in zip(MEMBERS, numbers, strict=True)
        }

    def rows(self, scheme: str) -> Iterator[tuple[Member, str, Row]]:
        """What is measured for a scheme: those in scope first, each in all periods."""
        members = [member for member in MEMBERS if member.type == SCHEMES[scheme]]
        dealt = self._dealt(scheme)
        for member in sorted(members, key=self.sees, reverse=True):
            for period in PERIODS[scheme]:
                row = self._row(scheme, dealt[member.key], period)
                if row is not None:
                    yield member, period, row

    def calls(self, member: Member) -> Iterator[str]:
        """The calls of a branch as cells after its code; those out of scope are dealt out otherwise."""
        key = self._dealt(BRANCH)[member.key]
        draw = random.Random(f"calls {key}")
        for number in range(12):
            day = f"{draw.choice(('2024-12', *MONTHS[:2]))}-{draw.randint(1, 28):02}"
            solved, mark = draw.choice(("true", "true", "false", "")), draw.randint(3, 10)
            # Of some branches there is one mark alone, of which nobody knows how far it may be off.
            yield f"C{number},{day},{solved},{'' if number and key.endswith('B2') else mark}"

    def profile(self, member: Member) -> str:
        """The key of the unit whose measurements, and size, this one has."""
        scheme = next((code for code, type in SCHEMES.items() if type == member.type), None)
        return member.key if scheme is None else self._dealt(scheme)[member.key]

    def _dealt(self, scheme: str) -> Mapping[str, str]:
        members = [member for member in MEMBERS if member.type == SCHEMES[scheme]]
        outside = [member.key for member in members if not self.sees(member)]
        others = random.Random(f"deal {scheme} {self.side}").sample(outside, len(outside))
        return {member.key: member.key for member in members} | dict(zip(outside, others, strict=True))

    def _row(self, scheme: str, key: str, period: str) -> Row | None:
        if (key, period) in ABSENT:
            return None
        draw = random.Random(f"{key} {period}")
        level = 10 + 9 * _order(scheme, period).index(key) + self._shift(scheme, key, period)
        speed, kind = level + draw.randint(-1, 1), level + draw.randint(-1, 1)
        return Row(speed, kind, ODD.get((key, period)), draw.randint(0, 1), draw.randint(0, 1))

    def _shift(self, scheme: str, key: str, period: str) -> int:
        if self.twin is Twin.DEALT or self.side == 0:
            return 0
        outside = [member.key for member in self.outside if member.type == SCHEMES[scheme]]
        if key not in outside:
            return 0
        if len(outside) < MINIMUM:
            return random.Random(f"few {key} {period}").randint(1, 40)
        return self._moved(scheme, period, outside).get(key, 0)

    def _moved(self, scheme: str, period: str, outside: Sequence[str]) -> Mapping[str, int]:
        """Pairs of units, one as much better as the other is worse; none of them makes a quartile."""
        if any(odd[1] == period for odd in ODD):
            return {}
        scored = [key for key in _order(scheme, period) if (key, period) not in ABSENT]
        last = len(scored) - 1
        kept = {step(last * quarter / 4) for quarter in (1, 2, 3) for step in (floor, ceil)}
        free = [key for at, key in enumerate(scored) if at not in kept and key in outside]
        half = len(free) // 2
        return dict.fromkeys(free[:half], -1) | dict.fromkeys(free[len(free) - half :], 1)


@cache
def _order(scheme: str, period: str) -> Sequence[str]:
    """The units that a scheme scores, the worst first."""
    keys = [member.key for member in MEMBERS if member.type == SCHEMES[scheme]]
    mixed = random.Random(f"order {scheme} {period}").sample(keys, len(keys))
    return sorted(mixed, key=lambda key: (key, period) not in LOW)
