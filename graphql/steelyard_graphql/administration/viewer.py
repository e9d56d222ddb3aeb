"""The viewer: who asks, and what they may do where; frontends show by it what can be clicked."""

from __future__ import annotations

import strawberry

from steelyard.access.permissions import Permission as Held
from steelyard.errors import Text
from steelyard.services import structure
from steelyard_graphql.administration.roles import Permission
from steelyard_graphql.context import Info
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.units import Unit


@strawberry.type(description="A permission that one holds, and on what.")
class HeldPermission:
    """A permission."""

    permission: Permission = strawberry.field(description="The permission.")
    name: str = strawberry.field(description="Its name, e.g. `unit.edit`.")
    whole_tenant: bool = strawberry.field(description="Whether it is held on all units.")
    held: strawberry.Private[Held]

    @computed(
        "The highest units on which it is held, by code: it is held on all below them. Empty where it is"
        " held on the whole tenant."
    )
    async def units(self, info: Info) -> list[Unit]:
        """Return the tops of the subtrees."""
        on = info.context.actor.units(self.held)
        if on is None:
            return []
        whole = await structure.load(*info.context.seat)
        seen = [unit for unit in whole.units if unit.id in on]
        above = {unit.id: whole.parent(unit) for unit in seen}
        tops = [unit for unit in seen if (up := above[unit.id]) is None or up.id not in on]
        return [Unit.of(unit) for unit in tops]


@strawberry.type(description="Who asks.")
class Viewer:
    """The actor of this request."""

    code: str = strawberry.field(description="The code of the account, which records and acts carry.")
    permissions: list[HeldPermission] = strawberry.field(description="What one may do.")
    words: strawberry.Private[Text]

    @computed("The account's title; a person's is the pseudonym.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.words, locale)


@strawberry.type
class ViewerQueries:
    """The query about who asks."""

    @computed("Who asks, and what they may do.")
    def viewer(self, info: Info) -> Viewer:
        """Return the actor of the request."""
        actor = info.context.actor
        held = [permission for permission in Held if actor.units(permission) != frozenset()]
        return Viewer(
            code=actor.id,
            words=actor.title,
            permissions=[
                HeldPermission(
                    permission=Permission(each.value),
                    name=each.value,
                    whole_tenant=actor.units(each) is None,
                    held=each,
                )
                for each in held
            ],
        )
