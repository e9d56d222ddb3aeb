"""The page about access says of roles and permissions what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from steelyard.access.permissions import MEANINGS, WHOLE_TENANT, Permission
from steelyard.access.roles import PERMISSIONS, TITLES, Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"


def test_the_table_of_roles_is_the_one_that_holds() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    assert rows[0] == ["permission", "lets one", *(TITLES[role].en.lower() for role in Role), "on"]
    expected = [
        [
            f"`{permission.value}`",
            MEANINGS[permission].en,
            *("×" if permission in PERMISSIONS[role] else "" for role in Role),
            "whole tenant" if permission in WHOLE_TENANT else "units",
        ]
        for permission in Permission
    ]
    assert rows[2:] == expected


def test_every_permission_has_a_meaning_and_a_role() -> None:
    assert set(MEANINGS) == set(Permission)
    assert set().union(*PERMISSIONS.values()) == set(Permission)


def test_the_page_names_no_permission_that_is_none() -> None:
    named = set(re.findall(r"`([a-z]+\.[a-z]+)`", PAGE.read_text(encoding="utf-8")))
    assert named <= {permission.value for permission in Permission}
