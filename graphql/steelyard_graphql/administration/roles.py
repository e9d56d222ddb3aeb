"""Roles and permissions, as the schema names them."""

from __future__ import annotations

from enum import Enum
from typing import Any, Self

import strawberry

from steelyard.access.permissions import MEANINGS, WHOLE_TENANT
from steelyard.access.permissions import Permission as Held
from steelyard.access.roles import PERMISSIONS, TITLES
from steelyard.access.roles import Role as Granted
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@strawberry.enum(description="A bundle of permissions, granted on a unit and valid for all below it.")
class Role(Enum):
    """The roles of `steelyard.access`."""

    ADMINISTRATOR = strawberry.enum_value(
        Granted.ADMINISTRATOR.value,
        description="Keeps units, periods, accounts and grants, and does the rest.",
    )
    ANALYST = strawberry.enum_value(
        Granted.ANALYST.value, description="Compares, evaluates, imports, tries and drafts other weights."
    )
    ASSESSOR = strawberry.enum_value(Granted.ASSESSOR.value, description="Records and imports measurements.")
    BRANCH_MANAGER = strawberry.enum_value(
        Granted.BRANCH_MANAGER.value, description="Sees the own branch with its evidence; is rated with it."
    )
    VIEWER = strawberry.enum_value(Granted.VIEWER.value, description="Sees scores.")
    AUDITOR = strawberry.enum_value(
        Granted.AUDITOR.value, description="Sees everything but names, acts included, and changes nothing."
    )


def _value(held: Held) -> Any:
    return strawberry.enum_value(held.value, description=f"`{held.value}`: {MEANINGS[held].en}.")


@strawberry.enum(description="One thing that somebody may be allowed to do.")
class Permission(Enum):
    """The permissions of `steelyard.access`."""

    SCORE_READ = _value(Held.SCORE_READ)
    MEASUREMENT_READ = _value(Held.MEASUREMENT_READ)
    MEASUREMENT_RECORD = _value(Held.MEASUREMENT_RECORD)
    MEASUREMENT_IMPORT = _value(Held.MEASUREMENT_IMPORT)
    RECORD_READ = _value(Held.RECORD_READ)
    ASSESSMENT_READ = _value(Held.ASSESSMENT_READ)
    ASSESSMENT_WRITE = _value(Held.ASSESSMENT_WRITE)
    ASSESSMENT_APPROVE = _value(Held.ASSESSMENT_APPROVE)
    SCORE_EVALUATE = _value(Held.SCORE_EVALUATE)
    WEIGHTS_PROPOSE = _value(Held.WEIGHTS_PROPOSE)
    WEIGHTS_PUBLISH = _value(Held.WEIGHTS_PUBLISH)
    PLAN_READ = _value(Held.PLAN_READ)
    PLAN_EDIT = _value(Held.PLAN_EDIT)
    PLAN_AGREE = _value(Held.PLAN_AGREE)
    OBJECTION_FILE = _value(Held.OBJECTION_FILE)
    OBJECTION_DECIDE = _value(Held.OBJECTION_DECIDE)
    EXEMPTION_GRANT = _value(Held.EXEMPTION_GRANT)
    SUBSCRIBER_EDIT = _value(Held.SUBSCRIBER_EDIT)
    UNIT_EDIT = _value(Held.UNIT_EDIT)
    CALENDAR_EDIT = _value(Held.CALENDAR_EDIT)
    PERIOD_CLOSE = _value(Held.PERIOD_CLOSE)
    GRANT_READ = _value(Held.GRANT_READ)
    GRANT_EDIT = _value(Held.GRANT_EDIT)
    ACT_READ = _value(Held.ACT_READ)
    PERSON_READ = _value(Held.PERSON_READ)
    PERSON_EDIT = _value(Held.PERSON_EDIT)
    PERSON_ERASE = _value(Held.PERSON_ERASE)
    POLICY_EDIT = _value(Held.POLICY_EDIT)
    TENANT_MANAGE = _value(Held.TENANT_MANAGE)


@strawberry.type(description="A permission, and what it lets one do.")
class PermissionDescription:
    """A permission in words."""

    permission: Permission = strawberry.field(description="The permission.")
    name: str = strawberry.field(description="Its name, e.g. `unit.edit`.")
    whole_tenant: bool = strawberry.field(
        description="Whether it needs a grant on the whole tenant: one on a unit does not give it."
    )

    @computed("What it lets one do.")
    def meaning(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the words in the language asked for."""
        return said(MEANINGS[Held(self.name)], locale)

    @classmethod
    def of(cls, held: Held) -> Self:
        """Show a permission."""
        return cls(permission=Permission(held.value), name=held.value, whole_tenant=held in WHOLE_TENANT)


@strawberry.type(description="What a role lets one do.")
class RoleDescription:
    """A role with its permissions."""

    role: Role = strawberry.field(description="The role.")
    permissions: list[PermissionDescription] = strawberry.field(description="What it lets one do.")

    @computed("Its title.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(TITLES[Granted(str(self.role.value))], locale)

    @classmethod
    def of(cls, role: Granted) -> Self:
        """Show a role."""
        held = [PermissionDescription.of(each) for each in Held if each in PERMISSIONS[role]]
        return cls(role=Role(role.value), permissions=held)


@strawberry.type
class RoleQueries:
    """The queries about roles."""

    @computed("All roles and what each lets one do.")
    def roles(self) -> list[RoleDescription]:
        """Return all roles."""
        return [RoleDescription.of(role) for role in Granted]
