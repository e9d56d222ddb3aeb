"""Who is let in, as whom, and what it costs; on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from conftest import StatementCounter
from credentials import account_with, add_token, token_for
from identity.issuer import AUDIENCE, Issuer, pair, running_issuer
from steelyard.access.permissions import Permission
from steelyard.access.rights import UNLIMITED, Limit
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Text, Unauthenticated
from steelyard.identity.tokens import checksum, issue
from steelyard.services import structure
from steelyard.services.authentication import Admitted, Authenticator, open_authenticator
from steelyard.services.context import Context
from steelyard.store import accounts, grants, identities, persons, providers, tenants, tokens, units
from steelyard.store.accounts import AccountKind, AccountState, NewAccount
from steelyard.store.grants import NewGrant
from steelyard.store.persons import NewPerson, PersonKind
from steelyard.store.tables import ACCOUNT_GRANT, TENANT
from steelyard.store.tenants import TenantState
from steelyard.store.tokens import NewToken

CLIENT = "192.0.2.7"
DAY = timedelta(days=1)


@pytest.fixture
async def door(writing: Context) -> AsyncIterator[Authenticator]:
    async with open_authenticator(writing) as opened:
        yield opened


@pytest.fixture
async def ids(writing: Context) -> dict[str, int]:
    """The units of the shops by code."""
    found = await structure.load_whole(writing.view(), writing.scope)
    return {unit.code: unit.id for unit in found.units}


async def admit(door: Authenticator, text: str) -> Admitted:
    return await door.admit([f"Bearer {text}"], CLIENT)


async def viewer(context: Context, *, life: timedelta = DAY, limit: Limit = UNLIMITED) -> str:
    """A token of the account `frontend`, which sees everything."""
    role = (Role.VIEWER, None)
    return await token_for(context.database, context.scope, "frontend", role, limit=limit, life=life)


def key_of(text: str) -> str:
    return text.split("_")[2]


def signed(body: str) -> str:
    return f"{body}_{checksum(body)}"


async def revoked(context: Context) -> str:
    text = await viewer(context)
    async with context.database.write(context.scope) as writer:
        await tokens.revoke(writer, context.scope, key_of(text))
    return text


async def of_suspended_account(context: Context) -> str:
    text = await viewer(context)
    async with context.database.write(context.scope) as writer:
        account = await accounts.find(writer, context.scope, "frontend")
        assert account is not None
        await accounts.set_state(writer, context.scope, account.id, AccountState.SUSPENDED)
    return text


async def of_suspended_tenant(context: Context) -> str:
    text = await viewer(context)
    async with context.database.write_all() as writer:
        mine = TENANT.c.id == context.scope.tenant_id
        await writer.run(update(TENANT).where(mine).values(state=TenantState.SUSPENDED))
    return text


async def of_another_tenant(context: Context) -> str:
    """The key and the secret of a token under the number of another tenant, which exists."""
    text = await viewer(context)
    async with context.database.write_all() as writer:
        other = await tenants.ensure(writer, "other", Text("他", "Other"))
    _, _, rest = text.removeprefix("sty_").partition("_")
    return signed(f"sty_{other.id}_{rest[:-7]}")


async def with_another_secret(context: Context) -> str:
    text, guess = await viewer(context), issue(context.scope.tenant_id).text
    head, secret = text[: text.index(key_of(text)) + 10], guess[guess.index(key_of(guess)) + 11 : -7]
    return signed(f"{head}_{secret}")


async def never_issued(context: Context) -> str:
    return issue(context.scope.tenant_id).text


async def expired(context: Context) -> str:
    return await viewer(context, life=-timedelta(seconds=1))


async def cut(context: Context) -> str:
    return (await viewer(context))[:-3]


async def altered(context: Context) -> str:
    return f"{(await viewer(context))[:-1]}-"


async def with_another_checksum(context: Context) -> str:
    text = await viewer(context)
    return text[:-6] + ("000000" if text[-6:] != "000000" else "111111")


async def of_a_tenant_that_is_not_there(context: Context) -> str:
    return issue(2**62).text


REFUSED: dict[str, tuple[Callable[[Context], Awaitable[str]], str]] = {
    "never issued": (never_issued, "unknown"),
    "cut": (cut, "malformed"),
    "altered": (altered, "malformed"),
    "another checksum": (with_another_checksum, "wrong_checksum"),
    "another secret": (with_another_secret, "unproven"),
    "another tenant": (of_another_tenant, "unknown"),
    "no such tenant": (of_a_tenant_that_is_not_there, "unknown"),
    "revoked": (revoked, "revoked"),
    "expired": (expired, "expired"),
    "suspended account": (of_suspended_account, "account_suspended"),
    "suspended tenant": (of_suspended_tenant, "tenant_suspended"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
async def test_refused(
    writing: Context, door: Authenticator, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    make, reason = REFUSED[case]
    text = await make(writing)
    with pytest.raises(Unauthenticated) as caught:
        await admit(door, text)
    assert caught.value.code == "UNAUTHENTICATED"
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert f"reason={reason}" in caplog.text
    assert f"client={CLIENT}" in caplog.text
    assert not any(piece in caplog.text for piece in (text, text[20:40]))


HEADERS = [
    ([], "absent"),
    (["Basic dXNlcjpwYXNz"], "other_scheme"),
    (["Bearer"], "malformed"),
    (["Bearer "], "malformed"),
    (["Bearer x", "Bearer x"], "malformed"),
    (["Bearer a b"], "malformed"),
    (["Bearer \u00e9"], "malformed"),
]


@pytest.mark.parametrize(("headers", "reason"), HEADERS, ids=str)
async def test_headers(
    door: Authenticator, headers: list[str], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Unauthenticated):
        await door.admit(headers, CLIENT)
    assert f"reason={reason}" in caplog.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_schemes_letters_do_not_matter(writing: Context, door: Authenticator, scheme: str) -> None:
    found = await door.admit([f"{scheme} {await viewer(writing)}"], CLIENT)
    assert found.actor.id == "frontend"


async def test_the_actor_is_the_account_with_its_rights(writing: Context, door: Authenticator) -> None:
    text = await viewer(writing)
    actor = (await admit(door, text)).actor
    assert (actor.id, actor.token) == ("frontend", key_of(text))
    assert dict(actor.rights) == {Permission.SCORE_READ: None}


NORTH, SOUTH = {"NORTH", "S1", "S2"}, {"SOUTH", "S3", "S4", "S5"}
BOTH = frozenset({Permission.SCORE_READ, Permission.MEASUREMENT_READ})
# grants by role and unit; what the token is limited to → the units on which each permission holds
LIMITS: dict[
    str, tuple[list[tuple[Role, str | None]], tuple[frozenset[Permission] | None, str | None], object]
] = {
    "nothing granted": ([], (None, None), {}),
    "on one region": ([(Role.VIEWER, "NORTH")], (None, None), {Permission.SCORE_READ: NORTH}),
    "on two regions": (
        [(Role.VIEWER, "NORTH"), (Role.VIEWER, "SOUTH")],
        (None, None),
        {Permission.SCORE_READ: NORTH | SOUTH},
    ),
    "token narrower than grants": (
        [(Role.VIEWER, None)],
        (None, "S1"),
        {Permission.SCORE_READ: {"S1"}},
    ),
    "grants narrower than token": (
        [(Role.VIEWER, "S1")],
        (None, "NORTH"),
        {Permission.SCORE_READ: {"S1"}},
    ),
    "grants beside the token": ([(Role.VIEWER, "S1")], (None, "SOUTH"), {Permission.SCORE_READ: set()}),
    "fewer permissions than granted": (
        [(Role.ADMINISTRATOR, None)],
        (frozenset({Permission.SCORE_READ}), None),
        {Permission.SCORE_READ: None},
    ),
    "more permissions than granted": (
        [(Role.VIEWER, "S1")],
        (BOTH, None),
        {Permission.SCORE_READ: {"S1"}},
    ),
    "no permission": ([(Role.VIEWER, None)], (frozenset(), None), {}),
    "what concerns the tenant needs all of it": (
        [(Role.AUDITOR, None)],
        (frozenset({Permission.ACT_READ}), "NORTH"),
        {},
    ),
}


@pytest.mark.parametrize("case", LIMITS, ids=str)
async def test_grants_and_limits(
    writing: Context, door: Authenticator, ids: dict[str, int], case: str
) -> None:
    roles, (permissions, unit), expected = LIMITS[case]
    granted = [(role, None if code is None else ids[code]) for role, code in roles]
    limit = Limit(permissions, None if unit is None else ids[unit])
    text = await token_for(writing.database, writing.scope, "x", *granted, limit=limit)
    found = await admit(door, text)
    codes = {id: code for code, id in ids.items()}
    rights = {
        permission: None if units is None else {codes[id] for id in units}
        for permission, units in found.actor.rights.items()
    }
    assert rights == expected
    assert found.scope == Scope(writing.scope.tenant_id, found.actor.units(Permission.SCORE_READ))


async def test_a_grant_ends_by_itself(writing: Context, door: Authenticator) -> None:
    text = await token_for(writing.database, writing.scope, "x")
    async with writing.database.write(writing.scope) as writer:
        account = await accounts.find(writer, writing.scope, "x")
        assert account is not None
        new = NewGrant(account.id, Role.VIEWER, None, "test", writer.now + DAY)
        id = await grants.add(writer, writing.scope, new)
    assert (await admit(door, text)).actor.may(Permission.SCORE_READ)
    async with writing.database.write(writing.scope) as writer:
        mine = (ACCOUNT_GRANT.c.tenant_id == writing.scope.tenant_id) & (ACCOUNT_GRANT.c.id == id)
        await writer.run(update(ACCOUNT_GRANT).where(mine).values(expires_at=writer.now))
    assert (await admit(door, text)).actor.rights == {}


async def test_a_revoked_grant_is_gone_with_the_next_request(writing: Context, door: Authenticator) -> None:
    text = await viewer(writing)
    assert (await admit(door, text)).actor.rights
    async with writing.database.write(writing.scope) as writer:
        (grant,) = await grants.load(writer, writing.scope, account="frontend")
        await grants.revoke(writer, writing.scope, grant.id)
    assert (await admit(door, text)).actor.rights == {}


RATED: dict[str, tuple[str | None, list[tuple[Role, str]], set[str]]] = {
    "belongs nowhere": (None, [(Role.ASSESSOR, "NORTH")], set()),
    "belongs to a shop": ("S1", [], {"S1", "NORTH", "CO"}),
    "manages a region": (None, [(Role.BRANCH_MANAGER, "NORTH")], NORTH),
    "both": ("S3", [(Role.BRANCH_MANAGER, "S1")], {"S3", "SOUTH", "CO", "S1"}),
}


@pytest.mark.parametrize("case", RATED, ids=str)
async def test_who_is_rated_with_what(
    writing: Context, door: Authenticator, ids: dict[str, int], case: str
) -> None:
    home, roles, expected = RATED[case]
    async with writing.database.write(writing.scope) as writer:
        granted = [(role, ids[code]) for role, code in roles]
        unit_id = None if home is None else ids[home]
        account = await account_with(writer, writing.scope, "x", *granted, unit_id=unit_id)
        text = await add_token(writer, writing.scope, account.id, Limit(frozenset()), writer.now + DAY)
    found = await admit(door, text)
    assert found.actor.rated == {ids[code] for code in expected}


async def test_a_person_is_rated_with_the_unit_that_stands_for_them(
    writing: Context, door: Authenticator, ids: dict[str, int]
) -> None:
    scope = writing.scope
    async with writing.database.write(scope) as writer:
        await persons.add(writer, scope, NewPerson("P-1", PersonKind.EMPLOYEE))
        (person,) = await persons.load(writer, scope)
        await units.set_person(writer, scope, ids["S1"], person.id)
        new = NewAccount("P-1", AccountKind.PERSON, Text("P-1", "P-1"), person_id=person.id)
        await accounts.add(writer, scope, new)
    found = await admit(door, await token_for(writing.database, scope, "P-1"))
    assert found.actor.rated == {ids[code] for code in ("S1", "NORTH", "CO")}


async def test_a_person_is_rated_with_all_their_accounts(
    writing: Context, door: Authenticator, ids: dict[str, int]
) -> None:
    """So is who comes with a program's token that they created."""
    scope = writing.scope
    async with writing.database.write(scope) as writer:
        await persons.add(writer, scope, NewPerson("P-1", PersonKind.EMPLOYEE))
        (person,) = await persons.load(writer, scope)
        for code, home in (("P-1", None), ("P-1b", ids["S3"])):
            new = NewAccount(code, AccountKind.PERSON, Text(code, code), person_id=person.id, unit_id=home)
            await accounts.add(writer, scope, new)
        other = await accounts.find(writer, scope, "P-1b")
        assert other is not None
        await grants.add(writer, scope, NewGrant(other.id, Role.BRANCH_MANAGER, ids["S1"], "test"))
        robot = await account_with(writer, scope, "robot", (Role.ASSESSOR, None))
        issued = issue(scope.tenant_id)
        end = writer.now + DAY
        made = NewToken(issued.key, robot.id, "x", issued.secret_hash, UNLIMITED, "P-1", end)
        await tokens.add(writer, scope, made)
    expected = {ids[code] for code in ("S3", "SOUTH", "CO", "S1")}
    for text in (await token_for(writing.database, scope, "P-1"), issued.text):
        assert (await admit(door, text)).actor.rated == expected


async def test_what_remains_of_the_rights_once_a_grant_ends(
    writing: Context, door: Authenticator, ids: dict[str, int]
) -> None:
    text = await token_for(writing.database, writing.scope, "x", (Role.VIEWER, ids["S1"]))
    async with writing.database.write(writing.scope) as writer:
        account = await accounts.find(writer, writing.scope, "x")
        assert account is not None
        end = writer.now + DAY
        await grants.add(writer, writing.scope, NewGrant(account.id, Role.ASSESSOR, None, "test", end))
    actor = (await admit(door, text)).actor
    assert actor.units(Permission.SCORE_READ) is None
    [(moment, rights)] = actor.endings
    assert moment == end
    assert rights == {Permission.SCORE_READ: frozenset([ids["S1"]])}


async def test_the_last_use_is_noted_once_a_minute(writing: Context) -> None:
    text, before = await viewer(writing), datetime.now(UTC)

    async def last_used() -> datetime | None:
        async with writing.database.read(writing.scope) as reader:
            found = await tokens.find(reader, writing.scope, key_of(text))
        return None if found is None else found.last_used_at

    assert await last_used() is None
    for _ in range(2):
        async with open_authenticator(writing) as door:
            await asyncio.gather(*(admit(door, text) for _ in range(5)))
        noted = await last_used()
        assert noted is not None
        assert before <= noted
    async with writing.database.write(writing.scope) as writer:
        await tokens.note_use(writer, writing.scope, key_of(text))
    assert await last_used() == noted


async def test_a_use_that_cannot_be_noted_fails_no_request(
    writing: Context, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    text = await viewer(writing)

    async def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(tokens, "note_use", fail)
    async with open_authenticator(writing) as door:
        assert (await admit(door, text)).actor.id == "frontend"
    assert f"{key_of(text)} could not be noted: the disk is full" in caplog.text


async def test_statements(writing: Context, door: Authenticator, count_statements: StatementCounter) -> None:
    text = await viewer(writing)
    await admit(door, text)
    await asyncio.sleep(0.1)
    with count_statements(writing.database) as seen:
        found = await admit(door, text)
        await structure.load(found.view, found.actor, found.scope)
    assert len(seen) == 2, seen


async def test_fifty_at_once(
    writing: Context, door: Authenticator, count_statements: StatementCounter
) -> None:
    text, wrong = await viewer(writing), await never_issued(writing)
    await admit(door, text)
    await asyncio.sleep(0.1)
    with count_statements(writing.database) as seen:
        asked = [admit(door, text if number % 2 else wrong) for number in range(50)]
        found = await asyncio.gather(*asked, return_exceptions=True)
    assert [isinstance(each, Admitted) for each in found] == [bool(number % 2) for number in range(50)]
    assert len(seen) == 75


@pytest.fixture
async def trusted(writing: Context) -> AsyncIterator[Issuer]:
    """An issuer that the tenant trusts, and who alice is."""
    with running_issuer(pair("one")) as issuer:
        await trust(writing, writing.scope, issuer.address, AUDIENCE)
        yield issuer


async def trust(context: Context, scope: Scope, issuer: str, audience: str) -> None:
    async with context.database.write(scope) as writer:
        account = await accounts.find(writer, scope, "alice")
        if account is None:
            account = await account_with(writer, scope, "alice", (Role.VIEWER, None))
        await providers.add(writer, scope, issuer, audience)
        provider = next(each for each in await providers.load(writer, scope) if each.audience == audience)
        await identities.link(writer, scope, provider.id, "alice", account.id)


async def test_a_signed_token(writing: Context, door: Authenticator, trusted: Issuer) -> None:
    found = await admit(door, trusted.token(pair("one")))
    assert (found.actor.id, found.actor.token, found.scope) == ("alice", None, writing.scope)


async def test_a_signed_token_warm(
    writing: Context, door: Authenticator, trusted: Issuer, count_statements: StatementCounter
) -> None:
    await admit(door, trusted.token(pair("one")))
    with count_statements(writing.database) as seen:
        await admit(door, trusted.token(pair("one")))
    assert (len(seen), trusted.fetches()) == (2, 1)


async def test_signed_tokens_that_are_refused(
    door: Authenticator, trusted: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    with running_issuer(pair("one")) as stranger:
        texts = {
            "unknown_subject": trusted.token(pair("one"), sub="mallory"),
            "other_audience": trusted.token(pair("one"), aud="another"),
            "unknown_issuer": stranger.token(pair("one")),
            "wrong_signature": trusted.token(pair("two"), headers={"kid": "one"}),
            "expired": trusted.token(pair("one"), exp=1),
        }
        for reason, text in texts.items():
            caplog.clear()
            with pytest.raises(Unauthenticated):
                await admit(door, text)
            assert f"reason={reason}" in caplog.text
            assert text not in caplog.text
        assert stranger.asked == []


async def test_a_provider_that_is_removed_lets_nobody_in(
    writing: Context, door: Authenticator, trusted: Issuer
) -> None:
    await admit(door, trusted.token(pair("one")))
    async with writing.database.write(writing.scope) as writer:
        (provider,) = await providers.load(writer, writing.scope)
        await providers.set_removed(writer, writing.scope, provider.id, removed=True)
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            await admit(door, trusted.token(pair("one")))


async def test_two_tenants_with_one_issuer(
    writing: Context, door: Authenticator, trusted: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    async with writing.database.write_all() as writer:
        other = Scope((await tenants.ensure(writer, "other", Text("他", "Other"))).id)
    await admit(door, trusted.token(pair("one")))
    await trust(writing, other, trusted.address, "second")
    assert (await admit(door, trusted.token(pair("one"), aud="second"))).scope == other
    assert (await admit(door, trusted.token(pair("one")))).scope == writing.scope
    with pytest.raises(Unauthenticated):
        await admit(door, trusted.token(pair("one"), aud=[AUDIENCE, "second"]))
    assert "reason=several_audiences" in caplog.text


async def test_what_a_token_says_of_itself_cannot_forge_the_log(
    door: Authenticator, trusted: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Unauthenticated):
        await admit(door, trusted.token(pair("one"), iss="x\nadmitted: account=admin"))
    assert len(caplog.text.splitlines()) == 1


async def test_a_view_is_the_requests_own(writing: Context, door: Authenticator) -> None:
    text = await viewer(writing)
    one, two = await admit(door, text), await admit(door, text)
    assert one.view is not two.view
    assert replace(one, view=two.view) == two
