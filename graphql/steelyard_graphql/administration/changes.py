"""The mutations that administer units, periods, accounts and persons; each does one deed."""

from __future__ import annotations

from typing import Any

import strawberry

from steelyard.services.administration import (
    access_lists,
    accounts,
    calendars,
    grants,
    moves,
    persons,
    providers,
    tokens,
    units,
)
from steelyard.services.administration.tenant_list import all_tenants
from steelyard.services.administration.tenants import (
    CreateTenant,
    DeleteTenant,
    ResumeTenant,
    SuspendTenant,
)
from steelyard.services.administration.tokens import CreatedToken
from steelyard.store.accounts import AccountRecord
from steelyard.store.grants import GrantRecord
from steelyard.store.periods import PeriodRecord
from steelyard.store.persons import PersonRecord
from steelyard.store.tokens import TokenRecord
from steelyard.store.units import UnitRecord
from steelyard_graphql.administration import results
from steelyard_graphql.administration.accounts import (
    Account,
    Grant,
    IdentityProvider,
    Token,
    find_account,
)
from steelyard_graphql.administration.deeds import Done, deed_mutation
from steelyard_graphql.administration.persons import Person
from steelyard_graphql.administration.tenants import Tenant
from steelyard_graphql.context import RequestContext
from steelyard_graphql.periods import Period, find_calendar
from steelyard_graphql.units import Unit


async def _unit(_: RequestContext, deed: Any, done: Done[UnitRecord]) -> results.UnitChanged:
    return results.UnitChanged(unit=Unit.of(done.result), act=done.act)


async def _calendar(
    context: RequestContext, deed: calendars.DeclareCalendar, done: Done[None]
) -> results.CalendarDeclared:
    return results.CalendarDeclared(calendar=await find_calendar(context, deed.calendar), act=done.act)


async def _periods(
    _: RequestContext, deed: Any, done: Done[tuple[PeriodRecord, ...]]
) -> results.PeriodsAdded:
    return results.PeriodsAdded(periods=[Period.of(period) for period in done.result], act=done.act)


async def _period(_: RequestContext, deed: Any, done: Done[PeriodRecord]) -> results.PeriodChanged:
    return results.PeriodChanged(period=Period.of(done.result), act=done.act)


async def _account(_: RequestContext, deed: Any, done: Done[AccountRecord]) -> results.AccountChanged:
    return results.AccountChanged(account=Account.of(done.result), act=done.act)


async def _linked(
    context: RequestContext, deed: accounts.LinkAccount | accounts.UnlinkAccount, done: Done[object]
) -> results.AccountChanged:
    return results.AccountChanged(account=await find_account(context, deed.account), act=done.act)


async def _grant(_: RequestContext, deed: Any, done: Done[GrantRecord]) -> results.GrantChanged:
    return results.GrantChanged(grant=Grant.of(done.result), act=done.act)


async def _created(_: RequestContext, deed: Any, done: Done[CreatedToken]) -> results.TokenCreated:
    token = Token.of(done.result.record)
    return results.TokenCreated(token=token, secret=done.result.text, act=done.act)


async def _token(_: RequestContext, deed: Any, done: Done[TokenRecord]) -> results.TokenRevoked:
    return results.TokenRevoked(token=Token.of(done.result), act=done.act)


async def _providers(
    context: RequestContext, deed: Any, done: Done[object]
) -> results.IdentityProvidersChanged:
    trusted = await access_lists.providers_in(*context.seat)
    shown = [IdentityProvider.of(each) for each in trusted]
    return results.IdentityProvidersChanged(identity_providers=shown, act=done.act)


async def _person(_: RequestContext, deed: Any, done: Done[PersonRecord]) -> results.PersonChanged:
    return results.PersonChanged(person=Person.of(done.result), act=done.act)


async def _erased(_: RequestContext, deed: persons.ErasePerson, done: Done[None]) -> results.PersonsErased:
    return results.PersonsErased(pseudonyms=[deed.pseudonym], act=done.act)


async def _expired(_: RequestContext, deed: Any, done: Done[tuple[str, ...]]) -> results.PersonsErased:
    return results.PersonsErased(pseudonyms=list(done.result), act=done.act)


async def _tenant(context: RequestContext, deed: Any, done: Done[object]) -> results.TenantChanged:
    known = await all_tenants(*context.seat)
    [found] = [each for each in known if each.code == deed.tenant]
    return results.TenantChanged(tenant=Tenant.of(found), act=done.act)


async def _deleted(_: RequestContext, deed: DeleteTenant, done: Done[object]) -> results.TenantDeleted:
    return results.TenantDeleted(code=deed.tenant, act=done.act)


@strawberry.type
class UnitChanges:
    """The mutations about units."""

    create_unit = deed_mutation(units.CreateUnit, results.UnitResult, _unit)
    rename_unit = deed_mutation(units.RenameUnit, results.UnitResult, _unit)
    move_unit = deed_mutation(moves.MoveUnit, results.UnitResult, _unit)
    close_unit = deed_mutation(units.CloseUnit, results.UnitResult, _unit)
    reopen_unit = deed_mutation(units.ReopenUnit, results.UnitResult, _unit)
    set_attribute = deed_mutation(units.SetAttribute, results.UnitResult, _unit)
    assign_person = deed_mutation(units.AssignPerson, results.UnitResult, _unit)


@strawberry.type
class PeriodChanges:
    """The mutations about calendars and periods."""

    declare_calendar = deed_mutation(calendars.DeclareCalendar, results.CalendarResult, _calendar)
    add_periods = deed_mutation(calendars.AddPeriods, results.PeriodsResult, _periods)
    close_period = deed_mutation(calendars.ClosePeriod, results.PeriodResult, _period)
    reopen_period = deed_mutation(calendars.ReopenPeriod, results.PeriodResult, _period)


@strawberry.type
class AccountChanges:
    """The mutations about accounts, grants, tokens and identity providers."""

    create_account = deed_mutation(accounts.CreateAccount, results.AccountResult, _account)
    suspend_account = deed_mutation(accounts.SuspendAccount, results.AccountResult, _account)
    resume_account = deed_mutation(accounts.ResumeAccount, results.AccountResult, _account)
    link_account = deed_mutation(accounts.LinkAccount, results.AccountResult, _linked)
    unlink_account = deed_mutation(accounts.UnlinkAccount, results.AccountResult, _linked)
    add_grant = deed_mutation(grants.AddGrant, results.GrantResult, _grant)
    revoke_grant = deed_mutation(grants.RevokeGrant, results.GrantResult, _grant)
    create_token = deed_mutation(tokens.CreateToken, results.TokenCreationResult, _created)
    revoke_token = deed_mutation(tokens.RevokeToken, results.TokenResult, _token)
    add_identity_provider = deed_mutation(providers.AddProvider, results.IdentityProviderResult, _providers)
    remove_identity_provider = deed_mutation(
        providers.RemoveProvider, results.IdentityProviderResult, _providers
    )


@strawberry.type
class PersonChanges:
    """The mutations about persons."""

    register_person = deed_mutation(persons.RegisterPerson, results.PersonResult, _person)
    name_person = deed_mutation(persons.NamePerson, results.PersonResult, _person)
    retain_person = deed_mutation(persons.RetainPerson, results.PersonResult, _person)
    erase_person = deed_mutation(persons.ErasePerson, results.PersonErasureResult, _erased)
    expire_persons = deed_mutation(persons.ExpirePersons, results.PersonErasureResult, _expired)


@strawberry.type
class TenantChanges:
    """The mutations about tenants."""

    create_tenant = deed_mutation(CreateTenant, results.TenantResult, _tenant)
    suspend_tenant = deed_mutation(SuspendTenant, results.TenantResult, _tenant)
    resume_tenant = deed_mutation(ResumeTenant, results.TenantResult, _tenant)
    delete_tenant = deed_mutation(DeleteTenant, results.TenantDeletionResult, _deleted)
