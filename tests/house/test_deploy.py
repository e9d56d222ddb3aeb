"""The container file and the compose file name what is there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from postgres_server import PostgresServer
from steelyard.settings.forms import split_address
from steelyard.settings.known import KNOWN

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text("utf-8"))
VARIABLES = {setting.variable: setting for setting in KNOWN.values()}


def test_what_is_copied_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.MULTILINE)
    assert copied
    assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []


def test_the_container_sets_what_there_is_and_what_fits() -> None:
    found = dict(re.findall(r"(STEELYARD_\w+)=(\S+)", CONTAINER))
    assert {name: value for name, value in found.items() if not VARIABLES[name].form.admits(value)} == {}


def test_its_ports_are_those_that_it_exposes() -> None:
    found = dict(re.findall(r"(STEELYARD_\w+)=(\S+)", CONTAINER))
    ports = {found["STEELYARD_PORT"], str(split_address(found["STEELYARD_METRICS"])[1])}
    (exposed,) = re.findall(r"^EXPOSE (.+)$", CONTAINER, re.MULTILINE)
    assert set(exposed.split()) == ports


def test_the_compose_file_sets_what_there_is() -> None:
    named = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}
    assert {name for name in named if name.startswith("STEELYARD_")} <= VARIABLES.keys()


def test_services_wait_for_services_that_are_there() -> None:
    services = COMPOSE["services"]
    assert {name for each in services.values() for name in each.get("depends_on", {})} <= services.keys()


def test_the_role_of_the_service_is_made_with_its_password(postgres: PostgresServer, tmp_path: Path) -> None:
    """The script runs against a server of the tests, with a `psql` that hands what it is told to it."""
    fake = tmp_path / "psql"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$OUT.words"\ncat > "$OUT.sql"\n')
    fake.chmod(0o755)
    out = tmp_path / "said"
    told = {"POSTGRES_USER": "owner", "POSTGRES_DB": "steelyard", "SERVICE_PASSWORD": "it's secret"}
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([DEPLOY / "service-role.sh"], env={"PATH": path, "OUT": str(out), **told}, check=True)
    words = out.with_suffix(".words").read_text().splitlines()
    assert "password=it's secret" in words
    statement = out.with_suffix(".sql").read_text().replace(":'password'", "'it''s secret'")
    postgres.run(statement)
    postgres.run("DROP ROLE service")
