"""Putting a world into a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

from noninterference.administering import administer
from noninterference.answering import answer
from noninterference.calling import CLERK, START, Clock, take_calls
from noninterference.correcting import correct
from noninterference.industry import BRANCH, DESK
from noninterference.worlds import MEMBERS, SCHEMES, Member, Row, Twin, World
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.rights import ALL_RIGHTS
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.services import evaluating, importing
from steelyard.services.administration.perform import perform
from steelyard.services.administration.persons import RegisterPerson
from steelyard.services.administration.units import AssignPerson
from steelyard.services.context import Context
from steelyard.store import attributes, parentage, tenants, units
from steelyard.store.attributes import Setting
from steelyard.store.parentage import Placement
from steelyard.store.persons import PersonKind
from steelyard.store.spans import BEGINNING
from steelyard.store.transaction import Writer
from steelyard.store.units import NewUnit

TENANT = "ours"
HEADERS = {BRANCH: "unit,period,SPEED,KIND,complaints,bonus", DESK: "unit,period,DESK.SPEED,DESK.KIND"}
_FAR = date(2025, 2, 1)


@contextmanager
def stopped(clock: Clock) -> Iterator[Clock]:
    """Let writers take their time from a clock that moves only when it is told to."""
    with patch.object(Writer, "clock", staticmethod(lambda: clock.now)):
        yield clock


async def tenant_scope(context: Context) -> Scope:
    """All of the tenant of a world: not the one that operates the installation, which knows of the others."""
    async with context.database.read_all() as reader:
        tenant = await tenants.find(reader, TENANT)
    assert tenant is not None
    return Scope(tenant.id)


async def build(context: Context, world: World, clock: Clock) -> None:
    """Put a world into a database that has no units yet."""
    clock.now = START - timedelta(days=30)
    await _tenants(context, world)
    scope = await tenant_scope(context)
    made = await _units(context, scope, world)
    await _tree(context, scope, world, made)
    await _attributes(context, scope, world, made)
    await _persons(context, scope, world)
    await take_calls(context, scope, world, clock)
    await administer(context, scope, world)
    await _measure(context, scope, world, clock)
    await _evaluate(context, scope, world, clock)
    await correct(context, scope, world, clock)
    if world.twin is Twin.DEALT:
        # A shifted twin does not keep how far the changes of others are apart, which effects are held to.
        clock.now = START + timedelta(days=6)
        await answer(context, scope, world)
        clock.now = START + timedelta(days=7)
        await evaluating.evaluate_scheme(context.view(), LOCAL_ADMINISTRATOR, scope, scheme=BRANCH)


async def _tenants(context: Context, world: World) -> None:
    """The world's tenant, and others, of which the sides have different ones, with units called as ours."""
    codes = [TENANT, *(f"other-{world.side}-{number}" for number in range(1 + 2 * world.side))]
    for count, code in enumerate(codes):
        async with context.database.write_all() as writer:
            tenant = await tenants.ensure(writer, code, Text(f"租户 {code}", f"Tenant {code}"))
        async with context.database.write(Scope(tenant.id)) as writer:
            news = [NewUnit(f"M-R1.B{n}", Text("他人", "Theirs"), "branch") for n in range(1, count + 2)]
            await units.ensure(writer, Scope(tenant.id), news if count else [])


async def _units(context: Context, scope: Scope, world: World) -> dict[str, int]:
    order = sorted(MEMBERS, key=lambda member: (world.sees(member) != world.differs, member.key))
    news = [_new_unit(world, member) for member in order] + list(_more(world))
    async with context.database.write(scope) as writer:
        found = await units.ensure(writer, scope, news)
    by_key = {member.key: found[world.codes[member.key]].id for member in MEMBERS}
    return by_key | {unit.code: found[unit.code].id for unit in news[len(MEMBERS) :]}


def _new_unit(world: World, member: Member) -> NewUnit:
    code = world.codes[member.key]
    if world.sees(member):
        closed = date(2027, 1, 1) if member.key.endswith("B2") else None
        return NewUnit(code, Text(f"看得见 {code}", f"Seen {code}"), member.type, date(2020, 1, 1), closed)
    opened = date(2000 + world.side, 1, 1)
    return NewUnit(code, Text(f"看不见 {code}", f"Unseen {code}"), member.type, opened)


def _more(world: World) -> Iterator[NewUnit]:
    """Units out of scope that one side has and the other has not: none has any score."""
    if world.outside:
        yield NewUnit(f"X-{world.side}-GROUP", Text("组", "Group"), "region")
        for number in range(2 * world.side):
            yield NewUnit(f"X-{world.side}-{number}", Text("仓库", "Store"), ("branch", "warehouse")[number])


async def _tree(context: Context, scope: Scope, world: World, made: dict[str, int]) -> None:
    placements = []
    group = made.get(f"X-{world.side}-GROUP")
    for member in MEMBERS:
        above = member.parent
        if above is None:
            continue
        # In the past the sides differ: there a unit in scope was part of another one that is not.
        since = _FAR if member.key == "R1.B3" else BEGINNING
        if since is _FAR and group is not None:
            placements.append(Placement(made[member.key], group))
        others = not world.sees(member) and world.differs and member.type == "branch"
        target = group if others and group is not None else made[above]
        placements.append(Placement(made[member.key], target, since))
    if group is not None:
        top = made["CO"] if world.side == 0 else made["R2"]
        placements.append(Placement(group, top))
    async with context.database.write(scope) as writer:
        await parentage.place(writer, scope, placements)


async def _attributes(context: Context, scope: Scope, world: World, made: dict[str, int]) -> None:
    settings = []
    for member in MEMBERS:
        if world.profile(member).endswith(("B1", "B4")) and member.type == "branch":
            settings.append(Setting(made[member.key], "size", "large"))
        if world.sees(member):
            settings.append(Setting(made[member.key], "city", "一", date(2024, 1, 1)))
            settings.append(Setting(made[member.key], "city", "二", _FAR))
            settings.append(Setting(made[member.key], "area", str(10 * len(member.key))))
        else:
            settings.append(Setting(made[member.key], f"colour-{world.side}", f"{member.key}"))
            settings.append(Setting(made[member.key], "area", ("large", "7")[world.side]))
    async with context.database.write(scope) as writer:
        await attributes.assign(writer, scope, settings)


async def _persons(context: Context, scope: Scope, world: World) -> None:
    """For some desks there is a person; of those out of scope the sides know others."""
    for member in MEMBERS:
        if member.type != "desk" or not member.key.endswith("D1"):
            continue
        salt = 0 if world.sees(member) else world.side
        person = f"P-{member.key}-{salt}"
        deeds = (
            RegisterPerson(person, PersonKind.EMPLOYEE, f"某 {salt}", None, f"{member.key}-{salt}"),
            AssignPerson(world.codes[member.key], person),
        )
        for deed in deeds:
            await perform(context.view(), LOCAL_ADMINISTRATOR, scope, deed, reason="as hired")


async def _measure(context: Context, scope: Scope, world: World, clock: Clock) -> None:
    """Import: a table of both sides of the scope, one of what is in scope, and more of what is not."""
    for scheme in SCHEMES:
        rows = list(world.rows(scheme))
        own = [row for row in rows if world.sees(row[0]) and row[1].endswith(("03", "Q2"))]
        joint = [row for row in rows if row not in own]
        if world.differs:
            joint.reverse()
            clock.now = START - timedelta(days=9)
            wrong = [(who, when, Row(1, 1, None, 1, 1)) for who, when, _ in joint if not world.sees(who)]
            await _import(context, scope, scheme, world, wrong[:5], LOCAL_ADMINISTRATOR)
        clock.now = START
        await _import(context, scope, scheme, world, _by_scope(joint, world), LOCAL_ADMINISTRATOR)
        clock.now = START + timedelta(hours=1)
        await _import(context, scope, scheme, world, own, CLERK)
    clock.now = START + timedelta(days=3 + world.differs)
    outside = [member for member in world.outside if member.type == "branch"]
    for period in (("2024-11",), ("2024-10", "2025-08"))[world.side]:
        late = [(member, period, Row(64, 64, None, 0, 0)) for member in outside[: 2 + world.side]]
        await _import(context, scope, BRANCH, world, late, LOCAL_ADMINISTRATOR)


def _by_scope(rows: Sequence[tuple[Member, str, Row]], world: World) -> Iterable[tuple[Member, str, Row]]:
    """On one side what is in scope comes first, on the other last; among themselves in the same order."""
    inside = sorted((row for row in rows if world.sees(row[0])), key=lambda row: (row[0].key, row[1]))
    outside = [row for row in rows if not world.sees(row[0])]
    return [*inside, *outside] if world.side == 0 else [*outside, *inside]


async def _import(
    context: Context,
    scope: Scope,
    scheme: str,
    world: World,
    rows: Iterable[tuple[Member, str, Row]],
    actor: Actor,
) -> None:
    lines = [",".join([world.codes[who.key], when, *row.cells(scheme)]) for who, when, row in rows]
    if lines:
        data = "\n".join([HEADERS[scheme], *lines, ""]).encode()
        file = f"{scheme}-{len(lines)}.csv"
        seat = context.view(), actor, scope
        await importing.import_table(*seat, scheme=scheme, data=data, file=file)


async def _evaluate(context: Context, scope: Scope, world: World, clock: Clock) -> None:
    """Store runs; where somebody is out of scope one side does so later, and by somebody else."""
    actor = Actor("night", Text("夜班", "Night"), ALL_RIGHTS) if world.differs else LOCAL_ADMINISTRATOR
    clock.now = START + timedelta(days=4 + world.differs)
    for scheme in SCHEMES:
        await evaluating.evaluate_scheme(context.view(), actor, scope, scheme=scheme)
