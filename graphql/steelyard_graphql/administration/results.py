"""What administrative mutations answer: what was changed, beside the act that says so."""

from __future__ import annotations

from typing import Annotated

import strawberry

from steelyard_graphql.administration.accounts import Account, Grant, IdentityProvider, Token
from steelyard_graphql.administration.acts import Act
from steelyard_graphql.administration.deeds import ProposalMade
from steelyard_graphql.administration.persons import Person
from steelyard_graphql.administration.tenants import Tenant
from steelyard_graphql.faults import Problem
from steelyard_graphql.periods import Calendar, Period
from steelyard_graphql.units import Unit


@strawberry.type
class Acted:
    """What every success has."""

    act: Act | None = strawberry.field(description="The act; null for those who may not see acts.")


@strawberry.type(description="A unit was created or changed.")
class UnitChanged(Acted):
    """A unit was created or changed."""

    unit: Unit = strawberry.field(description="The unit as it is now.")


@strawberry.type(description="Units were created or changed.")
class UnitsImported(Acted):
    """Units were created or changed."""

    created: int = strawberry.field(description="How many units are new.")
    changed: int = strawberry.field(description="How many units were changed.")
    unchanged: int = strawberry.field(description="How many units were as the rows say already.")


@strawberry.type(description="A calendar was declared.")
class CalendarDeclared(Acted):
    """A calendar was declared."""

    calendar: Calendar = strawberry.field(description="The calendar.")


@strawberry.type(description="Periods were put on record.")
class PeriodsAdded(Acted):
    """Periods were put on record."""

    periods: list[Period] = strawberry.field(description="The periods asked for, in that order.")


@strawberry.type(description="A period was closed or opened again.")
class PeriodChanged(Acted):
    """A period was closed or opened again."""

    period: Period = strawberry.field(description="The period as it is now.")


@strawberry.type(description="An account was created or changed.")
class AccountChanged(Acted):
    """An account was created or changed."""

    account: Account = strawberry.field(description="The account as it is now.")


@strawberry.type(description="A role was granted or revoked.")
class GrantChanged(Acted):
    """A role was granted or revoked."""

    grant: Grant = strawberry.field(description="The grant as it is now.")


@strawberry.type(description="A token was created.")
class TokenCreated(Acted):
    """A token was created."""

    token: Token = strawberry.field(description="The token.")
    secret: str = strawberry.field(
        description="What its bearer sends as `Authorization: Bearer …`: told this once and kept nowhere."
    )


@strawberry.type(description="A token was revoked.")
class TokenRevoked(Acted):
    """A token was revoked."""

    token: Token = strawberry.field(description="The token as it is now.")


@strawberry.type(description="An identity provider is trusted now, or is not any more.")
class IdentityProvidersChanged(Acted):
    """An identity provider is trusted now, or is not any more."""

    identity_providers: list[IdentityProvider] = strawberry.field(description="All that are trusted now.")


@strawberry.type(description="A person was registered or changed.")
class PersonChanged(Acted):
    """A person was registered or changed."""

    person: Person = strawberry.field(description="The person as on record now.")


@strawberry.type(description="Names were erased.")
class PersonsErased(Acted):
    """Names were erased."""

    pseudonyms: list[str] = strawberry.field(description="Whose names were erased.")


@strawberry.type(description="A tenant was created or changed.")
class TenantChanged(Acted):
    """A tenant was created or changed."""

    tenant: Tenant = strawberry.field(description="The tenant as it is now.")


@strawberry.type(description="A tenant was deleted with all that it kept.")
class TenantDeleted(Acted):
    """A tenant was deleted with all that it kept."""

    code: str = strawberry.field(description="Its code.")


UnitResult = Annotated[
    UnitChanged | ProposalMade | Problem,
    strawberry.union("UnitResult", description="What was done, what waits, or what is wrong."),
]

UnitsResult = Annotated[
    UnitsImported | ProposalMade | Problem,
    strawberry.union("UnitsResult", description="What was done, what waits, or what is wrong."),
]

CalendarResult = Annotated[
    CalendarDeclared | ProposalMade | Problem,
    strawberry.union("CalendarResult", description="What was done, what waits, or what is wrong."),
]

PeriodsResult = Annotated[
    PeriodsAdded | ProposalMade | Problem,
    strawberry.union("PeriodsResult", description="What was done, what waits, or what is wrong."),
]

PeriodResult = Annotated[
    PeriodChanged | ProposalMade | Problem,
    strawberry.union("PeriodResult", description="What was done, what waits, or what is wrong."),
]

AccountResult = Annotated[
    AccountChanged | ProposalMade | Problem,
    strawberry.union("AccountResult", description="What was done, what waits, or what is wrong."),
]

GrantResult = Annotated[
    GrantChanged | ProposalMade | Problem,
    strawberry.union("GrantResult", description="What was done, what waits, or what is wrong."),
]

TokenCreationResult = Annotated[
    TokenCreated | ProposalMade | Problem,
    strawberry.union("TokenCreationResult", description="What was done, what waits, or what is wrong."),
]

TokenResult = Annotated[
    TokenRevoked | ProposalMade | Problem,
    strawberry.union("TokenResult", description="What was done, what waits, or what is wrong."),
]

IdentityProviderResult = Annotated[
    IdentityProvidersChanged | ProposalMade | Problem,
    strawberry.union("IdentityProviderResult", description="What was done, what waits, or what is wrong."),
]

PersonResult = Annotated[
    PersonChanged | ProposalMade | Problem,
    strawberry.union("PersonResult", description="What was done, what waits, or what is wrong."),
]

PersonErasureResult = Annotated[
    PersonsErased | ProposalMade | Problem,
    strawberry.union("PersonErasureResult", description="What was done, what waits, or what is wrong."),
]

TenantResult = Annotated[
    TenantChanged | ProposalMade | Problem,
    strawberry.union("TenantResult", description="What was done, what waits, or what is wrong."),
]

TenantDeletionResult = Annotated[
    TenantDeleted | ProposalMade | Problem,
    strawberry.union("TenantDeletionResult", description="What was done, what waits, or what is wrong."),
]
