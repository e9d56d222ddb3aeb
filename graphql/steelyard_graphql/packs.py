"""The installed packs: which there are, what became of them, and the schemes that they bring."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from steelyard.errors import NotFound, Place, Problem, Text
from steelyard.packs import PackListing
from steelyard.packs import PackState as State
from steelyard.scheme.suggestion import suggested
from steelyard.services import catalogue
from steelyard_graphql import faults, schemes
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.instruments import Instrument
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.nodes import Node
from steelyard_graphql.problems import PACK_NOT_FOUND

if TYPE_CHECKING:
    from steelyard_graphql.schemes import Scheme


@strawberry.enum(description="What became of a pack.")
class PackState(Enum):
    """The states of `steelyard.packs`."""

    LOADED = strawberry.enum_value(State.LOADED.value, description="It is in use.")
    FAILED = strawberry.enum_value(
        State.FAILED.value, description="It cannot be imported, or a hook of it fails."
    )
    INCOMPATIBLE = strawberry.enum_value(
        State.INCOMPATIBLE.value, description="It was written for another version of the packs' interface."
    )
    CLASHING = strawberry.enum_value(
        State.CLASHING.value, description="It provides a name that another pack provides already."
    )
    INVALID = strawberry.enum_value(
        State.INVALID.value, description="Its schemes, calendars, playbook or samples have problems."
    )
    NOT_ALLOWED = strawberry.enum_value(
        State.NOT_ALLOWED.value, description="Whoever runs the server allows other packs only."
    )


@strawberry.type(
    description="An industry's contribution: schemes, rubrics, playbook and samples (行业指标包)."
)
class Pack(Node):
    """One pack as it was found."""

    name: str = strawberry.field(description="Its name, unique among the installed packs.")
    version: str = strawberry.field(description="Its version; empty where it could not say.")
    origin: str = strawberry.field(description="The distribution or folder that it comes from.")
    state: PackState = strawberry.field(description="What became of it.")
    reasons: list[faults.Problem] = strawberry.field(
        description="Why it was not loaded; empty for a loaded pack."
    )
    warnings: list[faults.Problem] = strawberry.field(description="What its scheme files were warned of.")
    words: strawberry.Private[Text | None]

    @computed("Its title; null where it could not say.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the title in the language asked for."""
        return None if self.words is None else said(self.words, locale)

    @computed("The schemes it brings, by code.")
    def schemes(self, info: Info) -> list[Annotated[Scheme, strawberry.lazy("steelyard_graphql.schemes")]]:
        """Return the pack's schemes."""
        found = catalogue.schemes(*info.context.seat, pack=self.name)
        return [schemes.Scheme.of(entry) for entry in found]

    @computed("Its questionnaires, in the order of the pack.")
    def instruments(self, info: Info) -> list[Instrument]:
        """Return the pack's instruments."""
        found = catalogue.instruments(*info.context.seat, pack=self.name)
        return [Instrument.of(instrument) for instrument in found]

    @classmethod
    def of(cls, listing: PackListing) -> Self:
        """Show a pack."""
        return cls(
            id=strawberry.ID(global_id("Pack", listing.name)),
            name=listing.name,
            version=listing.version,
            # Where on the disk its folder is concerns nobody outside.
            origin=PurePath(listing.origin).name,
            state=PackState(listing.state.value),
            reasons=[faults.Problem.of(problem) for problem in listing.reason],
            warnings=[faults.Problem.of(problem) for problem in listing.warnings],
            words=listing.title,
        )


async def find_pack(context: RequestContext, name: str) -> Pack:
    """Return one pack; NotFound (PACK_NOT_FOUND)."""
    listings = {listing.name: listing for listing in catalogue.packs(*context.seat)}
    if name not in listings:
        raise NotFound(Problem(PACK_NOT_FOUND, Place(field="name"), suggested(name, listings)))
    return Pack.of(listings[name])


@strawberry.type
class PackQueries:
    """The queries about packs."""

    @computed("All installed packs, loaded or not, by name.")
    def packs(self, info: Info) -> list[Pack]:
        """Return all packs."""
        return [Pack.of(listing) for listing in catalogue.packs(*info.context.seat)]

    @computed("One pack by its name.")
    async def pack(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="Its name, e.g. `automotive`.")],
    ) -> Pack | None:
        """Return one pack."""
        return await find_pack(info.context, name)
