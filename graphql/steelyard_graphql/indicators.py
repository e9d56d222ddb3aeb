"""Indicators (指标): the nodes of a scheme's tree, as the scheme defines them."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard_graphql.advice import Advice
from steelyard_graphql.compiled.plain import plain
from steelyard_graphql.fields import computed
from steelyard_graphql.figures import percent
from steelyard_graphql.ids import version_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node


@plain
@strawberry.type(
    description="A node of a scheme's tree: a group of indicators, or a leaf that is measured (指标)."
)
class Indicator(Node):
    """An indicator as its scheme defines it."""

    code: str = strawberry.field(description="Its code, unique in the scheme.")
    scheme_code: str = strawberry.field(description="The code of its scheme.")
    depth: int = strawberry.field(description="0 for the root, 1 for the first level (一级指标), and so on.")
    parent_code: str | None = strawberry.field(
        description="The code of the group it is in; null for the root."
    )
    is_leaf: bool = strawberry.field(description="Whether it is measured itself.")
    local_weight: float = strawberry.field(description="Its share 0…1 among its siblings.")
    global_weight: float = strawberry.field(description="Its share 0…1 of the root.")
    full_mark: float = strawberry.field(description="Its full mark in points (满分).")
    pass_line: float | None = strawberry.field(
        description="The score 0…100 from which it passes by its scheme; weight sets may differ (合格线)."
    )
    rubric_kind: str | None = strawberry.field(
        description="The kind of a leaf's rubric, e.g. `points` or `deduct`; null for a group."
    )
    measures: list[str] = strawberry.field(description="The measures that a leaf reads.")
    source: str | None = strawberry.field(description="Where it comes from.")
    assumed: bool = strawberry.field(description="Whether a figure is not the source's; see note.")
    entry: strawberry.Private[SchemeEntry]
    found: strawberry.Private[SchemeNode]

    @computed("Its title.", plain=True)
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.found.indicator.label, locale)

    @computed(
        "A leaf's rubric (评分标准), or how a group combines its children, in one sentence.", plain=True
    )
    def rubric(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.found.rubric, locale)

    @computed("What is to be known about it, e.g. in what way it is assumed.", plain=True)
    def note(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the note in the language asked for."""
        note = self.found.indicator.note
        return None if note is None else said(note, locale)

    @computed("The group it is in; null for the root.", plain=True)
    def parent(self) -> Indicator | None:
        """Return the parent."""
        return None if self.found.parent is None else self._other(self.found.parent)

    @computed("The indicators right below it.", plain=True)
    def children(self) -> list[Indicator]:
        """Return the children."""
        return [self._other(code) for code in self.found.children]

    @computed("What the pack's playbook advises about it.", plain=True)
    def advice(self) -> list[Advice]:
        """Return the advice for this indicator."""
        return [Advice.of(item) for item in self.entry.advice if item.indicator == self.code]

    def _other(self, code: str) -> Indicator:
        return Indicator.of(self.entry, self.entry.node(code))

    @classmethod
    def of(cls, entry: SchemeEntry, found: SchemeNode) -> Self:
        """Show a node of a scheme."""
        return cls(
            id=strawberry.ID(version_id("Indicator", entry.code, found.code, entry=entry)),
            code=found.code,
            scheme_code=entry.code,
            depth=found.depth,
            parent_code=found.parent,
            is_leaf=found.indicator.is_leaf,
            local_weight=found.local_weight,
            global_weight=found.global_weight,
            full_mark=found.full,
            pass_line=None if found.line is None else percent(found.line),
            rubric_kind=found.rubric_kind,
            measures=list(found.measures),
            source=found.indicator.source,
            assumed=found.indicator.assumed,
            entry=entry,
            found=found,
        )
