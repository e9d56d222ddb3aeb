"""Roles: what is granted on a node of the units tree, and holds below it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from steelyard.access.permissions import Permission
from steelyard.errors import Text


class Role(StrEnum):
    """What somebody is there for."""

    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    ASSESSOR = "assessor"
    BRANCH_MANAGER = "branch_manager"
    VIEWER = "viewer"
    AUDITOR = "auditor"


TITLES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.ADMINISTRATOR: Text("管理员", "Administrator"),
        Role.ANALYST: Text("分析员", "Analyst"),
        Role.ASSESSOR: Text("评估员", "Assessor"),
        Role.BRANCH_MANAGER: Text("网点负责人", "Branch manager"),
        Role.VIEWER: Text("查看者", "Viewer"),
        Role.AUDITOR: Text("审计员", "Auditor"),
    }
)

_READING = frozenset({Permission.SCORE_READ, Permission.MEASUREMENT_READ})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(Permission),
        Role.ANALYST: _READING
        | {
            Permission.MEASUREMENT_IMPORT,
            Permission.RECORD_READ,
            Permission.ASSESSMENT_READ,
            Permission.ASSESSMENT_APPROVE,
            Permission.SCORE_EVALUATE,
            Permission.WEIGHTS_PROPOSE,
            Permission.PLAN_READ,
            Permission.PLAN_EDIT,
            Permission.PLAN_AGREE,
        },
        Role.ASSESSOR: _READING
        | {
            Permission.MEASUREMENT_RECORD,
            Permission.MEASUREMENT_IMPORT,
            Permission.ASSESSMENT_READ,
            Permission.ASSESSMENT_WRITE,
        },
        Role.BRANCH_MANAGER: _READING
        | {
            Permission.ASSESSMENT_READ,
            Permission.ASSESSMENT_WRITE,
            Permission.PLAN_READ,
            Permission.PLAN_EDIT,
            Permission.OBJECTION_FILE,
        },
        Role.VIEWER: frozenset({Permission.SCORE_READ}),
        Role.AUDITOR: _READING
        | {
            Permission.RECORD_READ,
            Permission.ASSESSMENT_READ,
            Permission.PLAN_READ,
            Permission.GRANT_READ,
            Permission.ACT_READ,
        },
    }
)
"""What each role lets one do."""
