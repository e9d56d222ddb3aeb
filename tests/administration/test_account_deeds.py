"""Deeds of accounts, grants, tokens and identity providers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from administration.conftest import ByHand, Do
from administration.people import Seat, acting, seen
from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.permissions import Permission
from steelyard.access.rights import Granted, Limit, rights_of
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, SteelyardError, Text
from steelyard.identity import tokens as secrets
from steelyard.services.administration import access_lists, listing
from steelyard.services.administration.accounts import (
    CreateAccount,
    LinkAccount,
    ResumeAccount,
    SuspendAccount,
    UnlinkAccount,
)
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.first_token import provide_token
from steelyard.services.administration.grants import AddGrant, RevokeGrant
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.perform import Performed, perform
from steelyard.services.administration.persons import RegisterPerson
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.providers import AddProvider, RemoveProvider
from steelyard.services.administration.tokens import CreatedToken, CreateToken, RevokeToken
from steelyard.services.administration.unit_import import ImportUnits
from steelyard.services.administration.unit_table import UnitRow
from steelyard.services.administration.units import AssignPerson, CreateUnit
from steelyard.services.administration.verify import verify
from steelyard.services.context import Context
from steelyard.store import tenants, units
from steelyard.store.accounts import AccountKind, AccountState
from steelyard.store.persons import PersonKind
from steelyard.store.proposals import ProposalRecord

ISSUER = "https://login.example.org"
UNITS: tuple[Deed[object], ...] = (
    CreateUnit("NORTH", "北区", "North", "region"),
    CreateUnit("SOUTH", "南区", "South", "region"),
)
LINK = ("app", ISSUER, "steelyard", "alice")


@pytest.fixture
async def ids(seat: Seat, do: Do) -> dict[str, int]:
    """Two regions by code."""
    await do(*UNITS)
    view, _, scope = seat
    async with view.context.database.read(scope) as reader:
        return {unit.code: unit.id for unit in await units.load(reader, scope)}


def branch_seat(seat: Seat, *units_held: int, role: Role = Role.ADMINISTRATOR) -> Seat:
    """Somebody with a role on some units, who sees no others."""
    actor = acting("bea", role, units_held)
    return seat[0], actor, seen(actor, seat[2])


async def test_a_programs_account(do: Do) -> None:
    made = (await do(CreateAccount("app", "前端", "Frontend"))).result
    assert (made.kind, made.title) == (AccountKind.SERVICE, Text("前端", "Frontend"))
    assert (made.state, made.person_id, made.unit_id) == (AccountState.ACTIVE, None, None)


async def test_a_persons_account_goes_by_its_pseudonym(do: Do, ids: dict[str, int]) -> None:
    person = RegisterPerson("P-1", PersonKind.EMPLOYEE, "Zhang San")
    done = await do(person, CreateAccount("P-1", person="P-1", unit="NORTH"))
    assert (done.result.kind, done.result.title) == (AccountKind.PERSON, Text("P-1", "P-1"))
    assert (done.result.unit_id, "Zhang" in (done.act.after or "")) == (ids["NORTH"], False)


async def test_an_account_comes_and_goes(do: Do) -> None:
    assert (await do(CreateAccount("app"), SuspendAccount("app"))).result.state == AccountState.SUSPENDED
    assert (await do(ResumeAccount("app"))).result.state == AccountState.ACTIVE


async def test_a_grant(do: Do, ids: dict[str, int]) -> None:
    made = (await do(CreateAccount("app"), AddGrant("app", Role.VIEWER, "NORTH", days=3))).result
    assert (made.account, made.role, made.unit_id, made.granted_by) == (
        "app",
        Role.VIEWER,
        ids["NORTH"],
        "ada",
    )
    assert made.expires_at == made.granted_at + timedelta(days=3)
    ended = (await do(RevokeGrant("app", Role.VIEWER, "NORTH"))).result
    assert ended.revoked_at is not None
    assert (await do(AddGrant("app", Role.VIEWER, "NORTH"))).result.expires_at is None


async def test_a_tokens_secret_is_in_its_result_alone(seat: Seat, do: Do) -> None:
    done = await do(CreateAccount("app"), CreateToken("app", "website", days=7))
    made: CreatedToken = done.result
    presented = secrets.read(made.text)
    assert presented.proves(made.record.hash)
    assert made.record.expires_at == made.record.created_at + timedelta(days=7)
    acts = await listing.acts_before(*seat)
    assert all(presented.secret not in (act.after or "") for act in acts)
    assert presented.secret not in repr(done)
    assert (await do(RevokeToken(made.record.key))).result.revoked_at is not None


async def test_a_token_with_limits(do: Do, ids: dict[str, int]) -> None:
    only = (Permission.SCORE_READ,)
    made = (await do(CreateAccount("app"), CreateToken("app", "x", only, "NORTH"))).result
    assert made.record.limit == Limit(frozenset(only), ids["NORTH"])


async def test_a_provider_and_its_identities(seat: Seat, do: Do) -> None:
    await do(CreateAccount("app"), AddProvider(ISSUER, "steelyard"), LinkAccount(*LINK))
    assert [each.subject for each in await access_lists.identities_in(*seat)] == ["alice"]
    await do(UnlinkAccount(*LINK), RemoveProvider(ISSUER, "steelyard"))
    assert await access_lists.providers_in(*seat) == []
    await do(AddProvider(ISSUER, "steelyard"), LinkAccount(*LINK))
    acts = await listing.acts_before(*seat)
    assert all("alice" not in f"{act.subject}{act.before}{act.after}" for act in acts)


async def test_a_provider_serves_one_tenant(seat: Seat, context: Context, do: Do) -> None:
    await do(AddProvider(ISSUER, "steelyard"))
    async with context.database.write_all() as writer:
        other = Scope((await tenants.ensure(writer, "other", Text("他", "Other"))).id)
    with pytest.raises(Conflict) as caught:
        await perform(context.view(), acting("eve"), other, AddProvider(ISSUER, "steelyard"), reason="mine")
    assert caught.value.code == "PROVIDER_EXISTS"


# What was there before, and what cannot be done then.
REFUSED: list[tuple[tuple[Deed[object], ...], Deed[object], type[SteelyardError], str]] = [
    ((), CreateAccount("local"), InvalidInput, "ACCOUNT_RESERVED"),
    ((), CreateAccount("two words"), InvalidInput, "CODE_INVALID"),
    ((), CreateAccount("Ｌocal"), InvalidInput, "ACCOUNT_RESERVED"),
    ((), CreateAccount("l\u043ecal"), InvalidInput, "CODE_INVALID"),
    ((), CreateAccount("app\u200b"), InvalidInput, "CODE_INVALID"),
    ((), CreateAccount("app\ue000"), InvalidInput, "CODE_INVALID"),
    ((), CreateAccount("app\u0378"), InvalidInput, "CODE_INVALID"),
    ((), CreateAccount("app\u3164"), InvalidInput, "CODE_INVALID"),
    ((), CreateAccount(".."), InvalidInput, "CODE_INVALID"),
    ((), CreateAccount("x", title_en=" "), InvalidInput, "TEXT_EMPTY"),
    ((), CreateAccount("x", title_en="Zhang San", person="P-1"), InvalidInput, "ACCOUNT_TITLE"),
    ((), CreateAccount("x", person="P-9"), NotFound, "PERSON_NOT_FOUND"),
    ((), CreateAccount("x", unit="EAST"), NotFound, "UNIT_NOT_FOUND"),
    ((CreateAccount("app"),), CreateAccount("app"), Conflict, "ACCOUNT_EXISTS"),
    ((), SuspendAccount("app"), NotFound, "ACCOUNT_NOT_FOUND"),
    ((CreateAccount("app"),), ResumeAccount("app"), Conflict, "ACCOUNT_IS_ACTIVE"),
    ((CreateAccount("app"), SuspendAccount("app")), SuspendAccount("app"), Conflict, "ACCOUNT_IS_SUSPENDED"),
    ((), AddGrant("app", Role.VIEWER), NotFound, "ACCOUNT_NOT_FOUND"),
    ((CreateAccount("app"),), AddGrant("app", Role.VIEWER, "EAST"), NotFound, "UNIT_NOT_FOUND"),
    ((CreateAccount("app"),), AddGrant("app", Role.VIEWER, days=0), InvalidInput, "DAYS_INVALID"),
    (
        (CreateAccount("app"), AddGrant("app", Role.VIEWER)),
        AddGrant("app", Role.VIEWER),
        Conflict,
        "GRANT_EXISTS",
    ),
    ((), RevokeGrant("app", Role.VIEWER), NotFound, "GRANT_NOT_FOUND"),
    ((), CreateToken("app", "x"), NotFound, "ACCOUNT_NOT_FOUND"),
    ((CreateAccount("app"),), CreateToken("app", "x", days=367), InvalidInput, "DAYS_INVALID"),
    ((CreateAccount("app"),), CreateToken("app", ""), InvalidInput, "TEXT_EMPTY"),
    ((), RevokeToken("0123456789"), NotFound, "TOKEN_NOT_FOUND"),
    ((), AddProvider("http://login.example.org", "x"), InvalidInput, "PROVIDER_ISSUER"),
    ((), AddProvider(ISSUER, ""), InvalidInput, "TEXT_EMPTY"),
    ((AddProvider(ISSUER, "x"),), AddProvider(ISSUER, "x"), Conflict, "PROVIDER_EXISTS"),
    ((), RemoveProvider(ISSUER, "x"), NotFound, "PROVIDER_NOT_FOUND"),
    ((CreateAccount("app"),), LinkAccount(*LINK), NotFound, "PROVIDER_NOT_FOUND"),
    (
        (CreateAccount("app"), AddProvider(ISSUER, "steelyard")),
        UnlinkAccount(*LINK),
        NotFound,
        "IDENTITY_NOT_FOUND",
    ),
    (
        (CreateAccount("app"), AddProvider(ISSUER, "steelyard"), LinkAccount(*LINK)),
        LinkAccount(*LINK),
        Conflict,
        "IDENTITY_EXISTS",
    ),
]


@pytest.mark.parametrize(("before", "deed", "kind", "code"), REFUSED, ids=lambda each: str(each)[:60])
async def test_refused(
    seat: Seat,
    do: Do,
    before: tuple[Deed[object], ...],
    deed: Deed[object],
    kind: type[SteelyardError],
    code: str,
) -> None:
    if before:
        await do(*before)
    with pytest.raises(kind) as caught:
        await perform(*seat, deed, reason="because")
    assert caught.value.code == code


async def test_what_ended_ends_no_second_time(seat: Seat, do: Do) -> None:
    await do(CreateAccount("app"), AddGrant("app", Role.VIEWER))
    token = (await do(CreateToken("app", "x"))).result.record
    revoked = RevokeGrant("app", Role.VIEWER)
    await do(revoked, RevokeToken(token.key))
    for deed, code in ((revoked, "GRANT_NOT_FOUND"), (RevokeToken(token.key), "TOKEN_REVOKED")):
        with pytest.raises((Conflict, NotFound)) as caught:
            await perform(*seat, deed, reason="again")
        assert caught.value.code == code


# What an administrator of NORTH alone tries, and what is said; None where it is done.
BRANCH: list[tuple[Deed[object], str | None]] = [
    (CreateAccount("x", unit="NORTH"), "FORBIDDEN"),
    (CreateAccount("x"), "FORBIDDEN"),
    (CreateAccount("s", unit="NORTH"), "FORBIDDEN"),
    (AddGrant("n", Role.ADMINISTRATOR, "NORTH"), None),
    (AddGrant("n", Role.VIEWER), "FORBIDDEN"),
    (AddGrant("n", Role.VIEWER, "SOUTH"), "UNIT_NOT_FOUND"),
    (AddGrant("s", Role.VIEWER, "NORTH"), "ACCOUNT_NOT_FOUND"),
    (CreateToken("n", "x", unit="NORTH"), None),
    (CreateToken("n", "x"), "FORBIDDEN"),
    (CreateToken("s", "x", unit="NORTH"), "ACCOUNT_NOT_FOUND"),
    (SuspendAccount("n"), "FORBIDDEN"),
    (AddProvider(ISSUER, "x"), "FORBIDDEN"),
    (LinkAccount("n", ISSUER, "steelyard", "bea"), "FORBIDDEN"),
]


@pytest.mark.parametrize(("deed", "code"), BRANCH, ids=lambda each: str(each)[:60])
async def test_an_administrator_of_one_region(
    seat: Seat, do: Do, ids: dict[str, int], deed: Deed[object], code: str | None
) -> None:
    await do(CreateAccount("n", unit="NORTH"), CreateAccount("s", unit="SOUTH"))
    branch = branch_seat(seat, ids["NORTH"])
    if code is None:
        assert isinstance(await perform(*branch, deed, reason="mine"), Performed)
        return
    with pytest.raises((Forbidden, NotFound)) as caught:
        await perform(*branch, deed, reason="mine")
    assert caught.value.code == code


@pytest.mark.parametrize(
    "deed",
    [AddGrant("app", Role.AUDITOR), CreateToken("app", "x"), CreateToken("app", "x", (Permission.ACT_READ,))],
    ids=str,
)
async def test_nobody_hands_out_what_they_do_not_hold(seat: Seat, do: Do, deed: Deed[object]) -> None:
    """A token that leaves nothing but `grant.edit` and `score.read` makes none that does more."""
    await do(CreateAccount("app"))
    limit = Limit(frozenset({Permission.GRANT_EDIT, Permission.SCORE_READ}))
    rights = rights_of([Granted(Role.ADMINISTRATOR, None)], lambda unit: [unit], limit)
    limited = Actor("mallory", Text("m", "m"), rights)
    with pytest.raises(Forbidden) as caught:
        await perform(seat[0], limited, seat[2], deed, reason="more")
    assert caught.value.code == "MORE_THAN_HELD"
    assert isinstance(
        await perform(seat[0], limited, seat[2], AddGrant("app", Role.VIEWER), reason="ok"), Performed
    )


async def test_lists_show_what_one_may_read(seat: Seat, do: Do, ids: dict[str, int]) -> None:
    await do(CreateAccount("n", unit="NORTH"), CreateAccount("s", unit="SOUTH"), CreateAccount("app"))
    await do(AddGrant("app", Role.VIEWER, "NORTH"), AddGrant("app", Role.VIEWER, "SOUTH"))
    await do(CreateToken("app", "a"), CreateToken("s", "b"))
    branch = branch_seat(seat, ids["NORTH"])
    assert [each.code for each in await access_lists.accounts_in(*branch)] == ["app", "n"]
    assert [each.unit_id for each in await access_lists.grants_in(*branch)] == [ids["NORTH"]]
    assert [each.account for each in await access_lists.tokens_in(*branch)] == ["app"]
    viewer = branch_seat(seat, ids["NORTH"], role=Role.VIEWER)
    with pytest.raises(Forbidden):
        await access_lists.accounts_in(*viewer)


async def test_a_token_of_a_unit_out_of_sight_is_not_there(seat: Seat, do: Do, ids: dict[str, int]) -> None:
    await do(CreateAccount("app"), AddGrant("app", Role.VIEWER, "NORTH"))
    north = (await do(CreateToken("app", "a", unit="NORTH"))).result.record
    south = (await do(CreateToken("app", "b", unit="SOUTH"))).result.record
    branch = branch_seat(seat, ids["NORTH"])
    assert [each.key for each in await access_lists.tokens_in(*branch)] == [north.key]
    with pytest.raises(NotFound) as caught:
        await perform(*branch, RevokeToken(south.key), reason="mine")
    assert caught.value.code == "TOKEN_NOT_FOUND"


async def test_a_persons_tokens_are_made_by_them_or_at_the_machine(seat: Seat, do: Do) -> None:
    view, _, scope = seat
    await do(RegisterPerson("P-1", PersonKind.EMPLOYEE), CreateAccount("P-1", person="P-1"))
    with pytest.raises(Forbidden) as caught:
        await do(CreateToken("P-1", "x"))
    assert caught.value.code == "TOKEN_OF_ANOTHER"
    for actor in (acting("P-1"), LOCAL_ADMINISTRATOR):
        assert isinstance(await perform(view, actor, scope, CreateToken("P-1", "x"), reason="x"), Performed)


async def test_who_creates_a_token_through_a_programs_is_who_created_that(seat: Seat, do: Do) -> None:
    view, _, scope = seat
    await do(CreateAccount("app"))
    for maker, expected in (("ada", "ada"), ("local", "robot"), (None, "robot")):
        robot = replace(acting("robot"), maker=maker)
        done = await perform(view, robot, scope, CreateToken("app", "x"), reason="x")
        assert isinstance(done, Performed)
        assert done.result.record.created_by == expected


LETTING_IN: list[tuple[Deed[object], str | None]] = [
    (AddProvider(ISSUER, "mine"), "MORE_THAN_HELD"),
    (LinkAccount("boss", ISSUER, "steelyard", "mallory"), "MORE_THAN_HELD"),
    (ResumeAccount("boss"), "MORE_THAN_HELD"),
    (LinkAccount("app", ISSUER, "steelyard", "mallory"), None),
    (ResumeAccount("app"), None),
]


@pytest.mark.parametrize(("deed", "code"), LETTING_IN, ids=lambda each: str(each)[:60])
async def test_who_lets_an_account_in_holds_what_it_holds(
    seat: Seat, do: Do, ids: dict[str, int], deed: Deed[object], code: str | None
) -> None:
    await do(AddProvider(ISSUER, "steelyard"), CreateAccount("boss"), CreateAccount("app"))
    await do(AddGrant("boss", Role.ADMINISTRATOR, "NORTH"), AddGrant("app", Role.VIEWER, "NORTH"))
    await do(SuspendAccount("boss"), SuspendAccount("app"))
    limit = Limit(frozenset({Permission.GRANT_EDIT, Permission.SCORE_READ}))
    rights = rights_of([Granted(Role.ADMINISTRATOR, None)], lambda unit: [unit], limit)
    limited = seat[0], Actor("mallory", Text("m", "m"), rights), seat[2]
    if code is None:
        assert isinstance(await perform(*limited, deed, reason="mine"), Performed)
        return
    with pytest.raises(Forbidden) as caught:
        await perform(*limited, deed, reason="mine")
    assert caught.value.code == code


async def test_a_provider_on_the_machine_is_for_who_sits_there(seat: Seat) -> None:
    view, actor, scope = seat
    for issuer in ("http://localhost:8080", "http://127.0.0.1", "https://[::1]"):
        deed = AddProvider(issuer, "x")
        with pytest.raises(Forbidden) as caught:
            await perform(view, actor, scope, deed, reason="look inside")
        assert caught.value.code == "PROVIDER_LOCAL"
        assert isinstance(await perform(view, LOCAL_ADMINISTRATOR, scope, deed, reason="try"), Performed)


ENDS: list[tuple[Deed[object], str | None]] = [
    (AddGrant("app", Role.VIEWER), "HELD_FOR_A_TIME"),
    (AddGrant("app", Role.VIEWER, days=4), "HELD_FOR_A_TIME"),
    (AddGrant("app", Role.VIEWER, days=2), None),
    (AddGrant("app", Role.VIEWER, "NORTH"), None),
    (CreateToken("app", "x", days=4), "HELD_FOR_A_TIME"),
    (CreateToken("app", "x", days=2), None),
]


@pytest.mark.parametrize(("deed", "code"), ENDS, ids=lambda each: str(each)[:60])
async def test_what_is_held_for_a_time_is_handed_out_for_no_longer(
    seat: Seat, do: Do, ids: dict[str, int], deed: Deed[object], code: str | None
) -> None:
    """All is held for three days, NORTH for good."""
    await do(CreateAccount("app"))
    north = rights_of([Granted(Role.ADMINISTRATOR, ids["NORTH"])], lambda unit: [unit])
    passing = replace(seat[1], endings=((datetime.now(UTC) + timedelta(days=3), north),))
    if code is None:
        assert isinstance(await perform(seat[0], passing, seat[2], deed, reason="mine"), Performed)
        return
    with pytest.raises(Forbidden) as caught:
        await perform(seat[0], passing, seat[2], deed, reason="mine")
    assert caught.value.code == code


OWN: list[Deed[object]] = [
    RevokeGrant("P-1", Role.BRANCH_MANAGER, "NORTH"),
    RevokeGrant("second", Role.BRANCH_MANAGER, "NORTH"),
    AssignPerson("SOUTH", None),
    AssignPerson("SOUTH", "P-2"),
    MoveUnit("SOUTH", "NORTH", date(2026, 1, 1)),
    ImportUnits("u.csv", (UnitRow(2, "SOUTH", parent="NORTH"),), date(2026, 1, 1)),
]


@pytest.mark.parametrize("deed", OWN, ids=lambda each: str(each)[:60])
async def test_nobody_lifts_their_own_rating(
    seat: Seat, do: Do, ids: dict[str, int], deed: Deed[object]
) -> None:
    view, _, scope = seat
    await do(*(RegisterPerson(each, PersonKind.EMPLOYEE) for each in ("P-1", "P-2")))
    await do(CreateAccount("P-1", person="P-1"), CreateAccount("second", person="P-1"))
    await do(*(AddGrant(each, Role.BRANCH_MANAGER, "NORTH") for each in ("P-1", "second")))
    await do(AssignPerson("SOUTH", "P-1"))
    rated = replace(acting("P-1"), rated=frozenset(ids.values()))
    with pytest.raises(Forbidden) as caught:
        await perform(view, rated, scope, deed, reason="for a day")
    assert caught.value.code == "OWN_RATING"
    assert isinstance(await perform(*seat, deed, reason="by somebody else"), Performed)


@pytest.mark.parametrize(
    "deed",
    [AssignPerson("NORTH", "P-1"), AssignPerson("NORTH", "P-9"), CreateAccount("x", person="P-9")],
    ids=str,
)
async def test_who_may_not_edit_persons_learns_of_no_pseudonym(
    seat: Seat, do: Do, ids: dict[str, int], deed: Deed[object]
) -> None:
    await do(RegisterPerson("P-1", PersonKind.EMPLOYEE))
    limit = Limit(frozenset({Permission.GRANT_EDIT, Permission.UNIT_EDIT, Permission.SCORE_READ}))
    rights = rights_of([Granted(Role.ADMINISTRATOR, None)], lambda unit: [unit], limit)
    with pytest.raises(Forbidden, match=r"person\.edit"):
        await perform(seat[0], Actor("mallory", Text("m", "m"), rights), seat[2], deed, reason="who is it")


async def test_a_programs_way_in_all_at_once(seat: Seat, ids: dict[str, int]) -> None:
    token = CreateToken("app", "website")
    first = await provide_token(*seat, token, role=Role.VIEWER, unit="NORTH", reason="website")
    again = await provide_token(*seat, token, role=Role.VIEWER, unit="NORTH", reason="website")
    assert (first.done, again.done) == (
        ("account.create", "grant.add", "token.create"),
        ("token.create",),
    )
    assert [each.unit_id for each in await access_lists.grants_in(*seat)] == [ids["NORTH"]]


@pytest.mark.parametrize(
    ("token", "unit", "reason"),
    [
        (CreateToken("app", "x"), "EAST", "because"),
        (CreateToken("app", "x", days=0), None, "because"),
        (CreateToken("app", "x"), None, " "),
    ],
    ids=["unit", "days", "reason"],
)
async def test_no_half_way_in(seat: Seat, token: CreateToken, unit: str | None, reason: str) -> None:
    with pytest.raises((NotFound, InvalidInput)):
        await provide_token(*seat, token, role=Role.VIEWER, unit=unit, reason=reason)
    assert await access_lists.accounts_in(*seat) == []


async def test_a_way_in_that_a_second_person_is_asked_for(seat: Seat, do: Do) -> None:
    await do(SetPolicy("second_person", ("grant.add",)))
    found = await provide_token(*seat, CreateToken("app", "x"), role=Role.VIEWER, reason="because")
    assert (found.done, found.token) == (("account.create",), None)
    assert isinstance(found.waiting, ProposalRecord)
    assert found.waiting.deed == "grant.add"


BY_HAND = [
    ("UPDATE account SET state = 'active'", "ROW_CHANGED", "account:app"),
    ("UPDATE account SET title_en = 'x'", "ROW_CHANGED", "account:app"),
    ("UPDATE account SET unit_id = NULL", "ROW_CHANGED", "account:app"),
    ("UPDATE account_grant SET role = 'administrator'", "ROW_CHANGED", "grant:1"),
    ("UPDATE account_grant SET unit_id = NULL", "ROW_CHANGED", "grant:1"),
    ("UPDATE account_grant SET expires_at = NULL", "ROW_CHANGED", "grant:1"),
    ("DELETE FROM account_grant", "ROW_REMOVED", "grant:1"),
    ("UPDATE api_token SET hash = 'x'", "ROW_CHANGED", "token:KEY"),
    ("UPDATE api_token SET permissions = NULL", "ROW_CHANGED", "token:KEY"),
    ("UPDATE api_token SET revoked_at = NULL", "ROW_CHANGED", "token:KEY"),
    ("UPDATE identity_provider SET audience = 'x'", "ROW_REMOVED", f"provider:{ISSUER} steelyard"),
    ("UPDATE identity_provider SET removed_at = created_at", "ROW_CHANGED", f"provider:{ISSUER} steelyard"),
]


@pytest.mark.parametrize(("sql", "code", "subject"), BY_HAND, ids=lambda each: each[:60])
async def test_rows_changed_by_hand_are_named(
    seat: Seat, do: Do, ids: dict[str, int], by_hand: ByHand, sql: str, code: str, subject: str
) -> None:
    await do(CreateAccount("app", unit="NORTH"), SuspendAccount("app"), AddProvider(ISSUER, "steelyard"))
    grant = (await do(AddGrant("app", Role.VIEWER, "NORTH", days=3))).result
    token = (await do(CreateToken("app", "x", (Permission.SCORE_READ,)))).result.record
    await do(RevokeToken(token.key))
    named = subject.replace("KEY", token.key).replace("grant:1", f"grant:{grant.id}")
    assert (await verify(*seat, [])).findings == ()
    await by_hand(sql)
    findings = [(each.code, each.values.get("subject")) for each in (await verify(*seat, [])).findings]
    assert (code, named) in findings


async def test_an_identity_moved_by_hand_is_named(seat: Seat, do: Do, by_hand: ByHand) -> None:
    await do(CreateAccount("app"), CreateAccount("boss"), AddProvider(ISSUER, "steelyard"))
    act = (await do(LinkAccount(*LINK))).act
    await by_hand("UPDATE account_identity SET account_id = (SELECT id FROM account WHERE code = 'boss')")
    (finding,) = (await verify(*seat, [])).findings
    assert (finding.code, finding.values.get("subject")) == ("ROW_CHANGED", act.subject)


async def test_using_a_token_changes_nothing_that_is_verified(seat: Seat, do: Do, by_hand: ByHand) -> None:
    await do(CreateAccount("app"), CreateToken("app", "x"))
    await by_hand("UPDATE api_token SET last_used_at = created_at")
    assert (await verify(*seat, [])).findings == ()
