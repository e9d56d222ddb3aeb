"""Schemes (评价体系): their trees, weights, bands, rules, and everything in them that is assumed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Self

import strawberry

from steelyard.errors import Text
from steelyard.scoring import rule_sentence
from steelyard.services import catalogue
from steelyard.services.scheme_entry import SchemeEntry
from steelyard_graphql import packs
from steelyard_graphql.arguments import IndicatorCode, MaxDepth
from steelyard_graphql.bands import Band
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import version_id
from steelyard_graphql.indicators import Indicator
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node
from steelyard_graphql.periods import Calendar, Period
from steelyard_graphql.rules import Rule
from steelyard_graphql.weights.sets import SchemeWeightSets


@strawberry.enum(description="What a group does about indicators below it that have no score.")
class MissingPolicy(Enum):
    """The policies of a scheme file."""

    EXCLUDE = strawberry.enum_value("exclude", description="They are left out of the group.")
    ZERO = strawberry.enum_value("zero", description="They count as 0.")
    BLOCK = strawberry.enum_value("block", description="The group has no score either.")


@strawberry.enum(description="Where the weight of an indicator goes that does not apply.")
class NotApplicablePolicy(Enum):
    """The settings of a scheme file."""

    WITHIN = strawberry.enum_value("within", description="To its siblings; the group keeps its own weight.")
    POOLED = strawberry.enum_value("pooled", description="To everything that applies in the whole sheet.")


@strawberry.type(description="Something in a scheme that its source does not give (假设).")
class Assumption:
    """An assumption."""

    about: str = strawberry.field(
        description="The code of the scheme, indicator, rule or calendar that is assumed."
    )
    source: str | None = strawberry.field(description="Where the rest of it comes from.")
    title_text: strawberry.Private[Text]
    note_text: strawberry.Private[Text | None]

    @computed("The title of what is assumed.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.title_text, locale)

    @computed("In what way it is assumed.")
    def note(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the note in the language asked for."""
        return None if self.note_text is None else said(self.note_text, locale)


@strawberry.type(description="A version of a scheme that something was evaluated with.")
class SchemeVersion:
    """A recorded version."""

    version: str = strawberry.field(description="The version that the scheme file states.")
    hash: str = strawberry.field(description="sha256 of its content: equal versions have equal hashes.")
    recorded_at: datetime.datetime = strawberry.field(description="When it was recorded.")


@strawberry.type(description="One weighted indicator tree with bands and rules (评价体系).")
class Scheme(Node, SchemeWeightSets):
    """A scheme in one version: the installed one, or that which a closed period was evaluated with."""

    code: str = strawberry.field(
        description="Its name, unique among all packs, e.g. `automotive.front-desk`."
    )
    version: str = strawberry.field(description="Its version.")
    hash: str = strawberry.field(description="sha256 of its content: equal versions have equal hashes.")
    unit_type: str = strawberry.field(description="The type of units that it scores.")
    source: str | None = strawberry.field(description="Where it comes from.")
    assumed: bool = strawberry.field(
        description="Whether it is assumed as a whole; the note says in what way."
    )
    pass_line: float | None = strawberry.field(
        description="The score 0…100 from which a unit passes by the scheme; weight sets may differ (合格线)."
    )
    missing: MissingPolicy = strawberry.field(description="What happens to indicators that have no score.")
    not_applicable: NotApplicablePolicy = strawberry.field(
        description="Where the weight of indicators goes that do not apply."
    )
    min_coverage: float = strawberry.field(description="The coverage (0…1) below which a group has no score.")
    bands: list[Band] = strawberry.field(description="Its bands, the best first.")
    rules: list[Rule] = strawberry.field(description="Its rules.")
    verdicts: list[str] = strawberry.field(
        description="The verdicts its rules may give, from mild to severe."
    )
    calendars: list[Calendar] = strawberry.field(description="The calendars whose periods it scores.")
    assumptions: list[Assumption] = strawberry.field(
        description="Everything in it that its source does not give."
    )

    @computed("Its title.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.entry.scheme.label, locale)

    @computed("What is to be known about it.")
    def note(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the note in the language asked for."""
        note = self.entry.scheme.note
        return None if note is None else said(note, locale)

    @computed("The pack that brings it.")
    async def pack(self, info: Info) -> packs.Pack:
        """Return its pack."""
        return await packs.find_pack(info.context, self.entry.pack)

    @computed(
        "The versions that something was evaluated with, the oldest first; none for those who do not see all"
        " units."
    )
    async def versions(self, info: Info) -> list[SchemeVersion]:
        """Return the recorded versions."""
        found = await catalogue.versions(*info.context.seat, scheme=self.code)
        return [
            SchemeVersion(version=one.version, hash=one.hash, recorded_at=one.recorded_at) for one in found
        ]

    @computed("The root of its tree.")
    def root(self) -> Indicator:
        """Return the root."""
        return Indicator.of(self.entry, self.entry.nodes[0])

    @computed("All indicators of its tree as one list, parents before children.")
    def indicators(
        self,
        max_depth: MaxDepth = None,
    ) -> list[Indicator]:
        """Return the indicators in preorder."""
        nodes = self.entry.nodes
        return [
            Indicator.of(self.entry, node) for node in nodes if max_depth is None or node.depth <= max_depth
        ]

    @computed("One indicator by its code.")
    def indicator(self, code: IndicatorCode) -> Indicator | None:
        """Return one indicator."""
        return Indicator.of(self.entry, self.entry.node(code))

    @computed(
        "The periods for which something that it reads was recorded of units one sees, by calendar and start."
    )
    async def periods(self, info: Info) -> list[Period]:
        """Return the periods with data."""
        found = await catalogue.periods(*info.context.seat, scheme=self.code)
        return [Period.of(period) for period in found]

    @classmethod
    def of(cls, entry: SchemeEntry) -> Self:
        """Show a scheme."""
        scheme = entry.scheme
        return cls(
            id=strawberry.ID(version_id("Scheme", entry.code, entry=entry)),
            code=entry.code,
            version=scheme.version,
            hash=entry.hash,
            unit_type=scheme.unit_type,
            source=scheme.source,
            assumed=scheme.assumed,
            pass_line=None if scheme.pass_ is None else float(scheme.pass_.resolved({}) * 100),
            missing=MissingPolicy(scheme.missing),
            not_applicable=NotApplicablePolicy(scheme.not_applicable),
            min_coverage=float(scheme.min_coverage.resolved({})),
            bands=Band.of_all(scheme.bands),
            rules=[Rule.of(rule) for rule in scheme.rules],
            verdicts=list(scheme.verdicts),
            calendars=[Calendar.of(calendar) for calendar in entry.calendars],
            assumptions=list(_assumptions(entry)),
            entry=entry,
        )


def _assumptions(entry: SchemeEntry) -> Iterator[Assumption]:
    scheme = entry.scheme
    if scheme.assumed:
        yield Assumption(
            about=entry.code, source=scheme.source, title_text=scheme.label, note_text=scheme.note
        )
    for node in entry.nodes:
        found = node.indicator
        if found.assumed:
            yield Assumption(
                about=node.code, source=found.source, title_text=found.label, note_text=found.note
            )
    for rule in scheme.rules:
        if rule.assumed:
            title = rule_sentence(rule)
            yield Assumption(about=rule.id, source=rule.source, title_text=title, note_text=rule.note)
    for calendar in entry.calendars:
        if calendar.assumed:
            yield Assumption(
                about=calendar.code, source=None, title_text=calendar.title, note_text=calendar.note
            )


async def find_scheme(context: RequestContext, code: str, hash: str | None = None) -> Scheme:
    """Return one scheme, the installed version if no other is named; NotFound (SCHEME_NOT_FOUND)."""
    return Scheme.of(await _entry(context, code, hash))


async def find_indicator(
    context: RequestContext, scheme: str, code: str, hash: str | None = None
) -> Indicator:
    """Return one indicator of a scheme; NotFound."""
    entry = await _entry(context, scheme, hash)
    return Indicator.of(entry, entry.node(code))


async def _entry(context: RequestContext, scheme: str, hash: str | None) -> SchemeEntry:
    if hash is None:
        return catalogue.scheme(*context.seat, scheme=scheme)
    return await catalogue.version(*context.seat, scheme=scheme, hash=hash)


@strawberry.type
class SchemeQueries:
    """The queries about schemes."""

    @computed("All schemes of the loaded packs, by code.")
    async def schemes(
        self,
        info: Info,
        pack: Annotated[
            str | None, strawberry.argument(description="The name of a pack: only its schemes.")
        ] = None,
        unit_type: Annotated[
            str | None, strawberry.argument(description="Only schemes that score this type of units.")
        ] = None,
    ) -> list[Scheme] | None:
        """Return schemes."""
        if pack is not None:
            await packs.find_pack(info.context, pack)
        found = catalogue.schemes(*info.context.seat, pack=pack)
        return [Scheme.of(entry) for entry in found if unit_type in (None, entry.scheme.unit_type)]

    @computed("One scheme by its code.")
    async def scheme(
        self,
        info: Info,
        code: Annotated[str, strawberry.argument(description="Its code, e.g. `automotive.front-desk`.")],
    ) -> Scheme | None:
        """Return one scheme."""
        return await find_scheme(info.context, code)
