"""The registry: every deed by name, and every kind of subject that verification compares.

A part that adds deeds lists its module's here; the chain, consent and verification then know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from steelyard.services.administration.account_state import (
    ACCOUNT,
    GRANT,
    IDENTITY,
    PROVIDER,
    TOKEN,
)
from steelyard.services.administration.accounts import (
    CreateAccount,
    LinkAccount,
    ResumeAccount,
    SuspendAccount,
    UnlinkAccount,
)
from steelyard.services.administration.calendars import (
    AddPeriods,
    ClosePeriod,
    DeclareCalendar,
    ReopenPeriod,
)
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.exemption_state import EXEMPTION
from steelyard.services.administration.exemptions import EndExemption, GrantExemption
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.grants import AddGrant, RevokeGrant
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.objection_state import OBJECTION
from steelyard.services.administration.objections import (
    DecideObjection,
    FileObjection,
    WithdrawObjection,
)
from steelyard.services.administration.period_state import CALENDAR, PERIOD
from steelyard.services.administration.person_state import PERSON
from steelyard.services.administration.persons import (
    ErasePerson,
    ExpirePersons,
    NamePerson,
    RegisterPerson,
    RetainPerson,
)
from steelyard.services.administration.policies import POLICY, SetPolicy
from steelyard.services.administration.proposal import PROPOSAL
from steelyard.services.administration.providers import AddProvider, RemoveProvider
from steelyard.services.administration.receipt_state import RECEIPT
from steelyard.services.administration.subscriber_state import SUBSCRIBER
from steelyard.services.administration.subscribers import (
    AddSubscriber,
    PauseSubscriber,
    RemoveSubscriber,
    ResumeSubscriber,
)
from steelyard.services.administration.tenants import (
    TENANT,
    CreateTenant,
    DeleteTenant,
    ExportTenant,
    ResumeTenant,
    SuspendTenant,
)
from steelyard.services.administration.tokens import CreateToken, RevokeToken
from steelyard.services.administration.unit_import import ImportUnits
from steelyard.services.administration.unit_state import UNIT
from steelyard.services.administration.units import (
    AssignPerson,
    CloseUnit,
    CreateUnit,
    RenameUnit,
    ReopenUnit,
    SetAttribute,
)
from steelyard.services.administration.weights import WEIGHTS, PublishWeights

_DEEDS: tuple[type[Deed[Any]], ...] = (
    AddGrant,
    AddPeriods,
    AddProvider,
    AddSubscriber,
    AssignPerson,
    ClosePeriod,
    CloseUnit,
    CreateAccount,
    CreateTenant,
    CreateToken,
    CreateUnit,
    DecideObjection,
    DeclareCalendar,
    DeleteTenant,
    EndExemption,
    ErasePerson,
    ExpirePersons,
    ExportTenant,
    FileObjection,
    GrantExemption,
    ImportUnits,
    LinkAccount,
    MoveUnit,
    NamePerson,
    PauseSubscriber,
    PublishWeights,
    RegisterPerson,
    RemoveProvider,
    RemoveSubscriber,
    RenameUnit,
    ReopenPeriod,
    ReopenUnit,
    ResumeAccount,
    ResumeSubscriber,
    ResumeTenant,
    RetainPerson,
    RevokeGrant,
    RevokeToken,
    SetAttribute,
    SetPolicy,
    SuspendAccount,
    SuspendTenant,
    UnlinkAccount,
    WithdrawObjection,
)
_GOVERNED = (
    ACCOUNT,
    CALENDAR,
    EXEMPTION,
    GRANT,
    IDENTITY,
    OBJECTION,
    PERIOD,
    PERSON,
    POLICY,
    PROPOSAL,
    PROVIDER,
    RECEIPT,
    SUBSCRIBER,
    TENANT,
    TOKEN,
    UNIT,
    WEIGHTS,
)

DEEDS: Mapping[str, type[Deed[Any]]] = MappingProxyType({deed.name: deed for deed in _DEEDS})
"""Every deed by name."""

GOVERNED: Mapping[str, Governed] = MappingProxyType({each.kind: each for each in _GOVERNED})
"""Every kind of subject by its name in acts."""
