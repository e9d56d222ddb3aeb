"""Seats: who asks. Each role on the node of a level."""

from __future__ import annotations

from collections.abc import Iterable

from noninterference.building import tenant_scope
from noninterference.worlds import MEMBERS, Level, World
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.rights import Granted, rights_of
from steelyard.access.roles import TITLES, Role
from steelyard.access.scope import Scope
from steelyard.services import structure
from steelyard.services.context import Context


async def seat(context: Context, world: World, role: Role) -> tuple[Actor, Scope]:
    """The actor with a role on the level's node, and what they may see."""
    tenant = await tenant_scope(context)
    whole = await structure.load(context.view(), LOCAL_ADMINISTRATOR, tenant)
    ids = {member.key: whole.unit(world.codes[member.key]).id for member in MEMBERS}
    seen = {ids[member.key] for member in MEMBERS if world.sees(member)}

    def below(_: int) -> Iterable[int]:
        return seen

    node = None if world.level is Level.TENANT else ids[world.level.value]
    rated = frozenset(seen) if role is Role.BRANCH_MANAGER else frozenset[int]()
    actor = Actor(role.value, TITLES[role], rights_of([Granted(role, node)], below), rated)
    return actor, actor.scope(tenant.tenant_id)
