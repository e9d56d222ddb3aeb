"""Exports of twins: the same conditions written for both sides, and the tables held to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from noninterference.campaign import TwinDatabases
from noninterference.seats import seat
from noninterference.vocabulary import Texts, Vocabulary
from steelyard.access.actor import Actor
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import SteelyardError
from steelyard.reporting.table import Table
from steelyard.services import exports
from steelyard.services.context import Context
from steelyard.services.written_choice import read_choice

_KINDS: Mapping[str, str] = {
    "unit": "unit",
    "children-of": "childrenOf",
    "below": "below",
    "band": "band",
    "verdict": "verdict",
    "peers-of": "unit",
    "alike": "attribute",
    "ancestor-type": "ancestorType",
    "measure": "measure",
    "around": "around",
    "by": "indicator",
}
"""What conditions name, and what stands for it in the vocabulary."""
_FIXED: Mapping[str, Sequence[str]] = {
    "passed": ("true", "false"),
    "outcome": ("SCORED", "MISSING", "INCOMPLETE", "NOT_APPLICABLE"),
    "factor": ("1", "1.5", "4"),
    "top": ("0", "1", "3"),
    "bottom": ("1", "2"),
    "reach": ("0", "1", "5"),
}


@dataclass(frozen=True)
class Wanted:
    """An export that is asked for."""

    export: Callable[..., Any]
    arguments: Mapping[str, Any]
    where: Sequence[str]


class Exporter:
    """Draws exports: rankings and comparisons of units that conditions choose."""

    def __init__(self, vocabulary: Vocabulary, draw: Random) -> None:
        self._vocabulary, self._draw = vocabulary, draw

    def wanted(self) -> Wanted:
        """Draw one."""
        theme = self._vocabulary.theme(self._draw)
        where = list(self._conditions(theme))
        scheme = theme["scheme"][0]
        period = self._text("period", theme)
        if self._draw.random() < 0.5:
            return Wanted(exports.ranking, {"scheme": scheme, "period": period}, where)
        arguments = {"scheme": scheme, "periods": [period], "indicators": [self._text("indicator", theme)]}
        return Wanted(exports.comparison, arguments, where)

    def _conditions(self, theme: Texts) -> Iterator[str]:
        draw = self._draw
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            name = draw.choice(("attribute", *_KINDS, *_FIXED))
            if name == "attribute":
                sign = draw.choice(("=", "=", "<=", ">="))
                yield f"attribute.{self._text('attribute', theme)}{sign}{self._text('attributeValue', theme)}"
            elif name in _FIXED:
                yield f"{name}={draw.choice(_FIXED[name])}"
            else:
                yield f"{name}={self._text(_KINDS[name], theme)}"

    def _text(self, kind: str, theme: Texts) -> str:
        return self._vocabulary.text(kind, "", self._draw, theme)


@dataclass
class Exported:
    """How many exports gave a table with rows, and the first that differed with what both sides gave."""

    tables: int = 0
    difference: tuple[Wanted, tuple[object, ...]] | None = None


async def export_alike(twin: TwinDatabases, role: Role, count: int, seed: object) -> Exported:
    """Ask both sides of a twin for exports until they differ, or `count` times."""
    draw, outcome = Random(f"{seed} {role} {twin.worlds[0]}"), Exported()
    exporter = Exporter(Vocabulary(twin.worlds), draw)
    seats = [await seat(*each, role) for each in zip(twin.contexts, twin.worlds, strict=True)]
    for _ in range(count):
        wanted = exporter.wanted()
        given = [await _given(*each, wanted) for each in zip(twin.contexts, seats, strict=True)]
        if given[0] != given[1]:
            outcome.difference = wanted, tuple(given)
            return outcome
        outcome.tables += isinstance(given[0], Table) and bool(given[0].rows)
    return outcome


async def _given(context: Context, who: tuple[Actor, Scope], wanted: Wanted) -> object:
    """The table, or in all words why there is none."""
    try:
        choice = read_choice(wanted.where)
        return await wanted.export(context.view(), *who, **wanted.arguments, choice=choice)
    except SteelyardError as error:
        return error.text("zh"), error.text("en")
