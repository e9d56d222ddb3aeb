"""`steelyard token`, `account`, `grant` and `provider`."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written
from steelyard.errors import Text
from steelyard.identity.tokens import read
from steelyard.store import tenants
from steelyard.store.engine import open_database

ISSUER = "https://login.example.org"
BECAUSE = ("--reason", "because")
SCHEME = "automotive.front-desk"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an empty database."""
    (tmp_path / "steelyard.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def done(*arguments: str, **options: Any) -> Any:
    """What a command prints as JSON."""
    result = run(*arguments, "--format", "json", **options)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def ok(*arguments: str) -> str:
    """What a command says on stderr; it prints nothing."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return result.stderr


def refused(*arguments: str) -> str:
    """What a command that does nothing says."""
    result = run(*arguments)
    assert (result.exit_code > 0, result.stdout) == (True, "")
    assert "Traceback" not in result.stderr
    return result.stderr


def test_the_first_token_is_one_command() -> None:
    result = run("token", "create", "frontend", "--role", "viewer")
    (token,) = result.stdout.splitlines()
    presented = read(token)
    assert result.stderr.splitlines()[:2] == [
        "Account frontend was created.",
        "It was granted the role Viewer on the whole tenant.",
    ]
    assert presented.key in result.stderr
    assert presented.secret not in result.stderr


def test_another_token_of_the_same_account_says_nothing_of_either() -> None:
    run("token", "create", "frontend", "--role", "viewer")
    (line,) = run("token", "create", "frontend", "--role", "viewer").stderr.splitlines()
    assert line.startswith("Token ")
    assert len(done("grant", "list")) == 1


def test_in_chinese() -> None:
    result = run("--lang", "zh", "token", "create", "frontend", "--role", "viewer")
    assert result.stderr.startswith("已建立账户 frontend。\n已授予角色“查看者”：整个租户。\n")


def test_a_token_as_json() -> None:
    made = done("token", "create", "frontend", "--role", "viewer", "--label", "website", "--days", "3")
    presented = read(made["token"])
    (listed,) = done("token", "list")
    assert (made["key"], made["account"]) == (presented.key, "frontend")
    assert (listed["key"], listed["label"], listed["state"]) == (presented.key, "website", "valid")
    assert listed["expires_at"] == made["expires_at"]
    assert presented.secret not in json.dumps(listed)


def test_a_token_on_one_unit_only() -> None:
    written(Path(), "t.csv", FRONT_DESK_TABLE)
    assert run("import", SCHEME, "t.csv", "--create-units").exit_code == 0
    limits = ("--only-permission", "score.read", "--only-unit", "Dealer")
    done("token", "create", "x", "--role", "viewer", "--unit", "Dealer", *limits)
    (token,), (grant,) = done("token", "list"), done("grant", "list")
    assert (token["permissions"], token["unit"], grant["unit"]) == (["score.read"], "Dealer", "Dealer")


def test_the_key_can_be_copied_from_the_table() -> None:
    key = read(run("token", "create", "frontend", "--role", "viewer").stdout.strip()).key
    shown = run("token", "list", env={"COLUMNS": "60"}).stdout
    assert key in shown


def test_a_revoked_token_is_listed_on_demand() -> None:
    key = done("token", "create", "frontend", "--role", "viewer")["key"]
    assert ok("token", "revoke", key, *BECAUSE).startswith("Revoke a token: done, act ")
    assert done("token", "list") == []
    (listed,) = done("token", "list", "--all")
    assert (listed["key"], listed["state"]) == (key, "revoked")


def test_accounts_grants_and_identities() -> None:
    ok("account", "create", "alice", "--title-en", "Alice's programs", *BECAUSE)
    ok("grant", "add", "alice", "analyst", "--days", "30", *BECAUSE)
    ok("provider", "add", ISSUER, "steelyard", *BECAUSE)
    link = ("alice", "--issuer", ISSUER, "--audience", "steelyard", "--subject", "a1", *BECAUSE)
    ok("account", "link", *link)
    (account,), (grant,) = done("account", "list"), done("grant", "list")
    assert (account["title_en"], account["identities"]) == ("Alice's programs", [f"{ISSUER} a1"])
    assert (grant["role"], grant["unit"], grant["granted_by"]) == ("analyst", None, "local")
    ok("account", "unlink", *link)
    ok("grant", "revoke", "alice", "analyst", *BECAUSE)
    ok("account", "suspend", "alice", *BECAUSE)
    ok("provider", "remove", ISSUER, "steelyard", *BECAUSE)
    (account,) = done("account", "list")
    assert (account["state"], account["identities"]) == ("suspended", [])
    assert (done("grant", "list"), done("provider", "list")) == ([], [])
    ok("account", "resume", "alice", *BECAUSE)
    assert [each["state"] for each in done("grant", "list", "--all")] == ["revoked"]


# arguments → code
REFUSED = [
    (("token", "create", "nobody"), "ACCOUNT_NOT_FOUND"),
    (("token", "create", "x", "--unit", "S1"), "CLI_UNIT_WITHOUT_ROLE"),
    (("token", "create", "x", "--role", "viewer", "--unit", "S1"), "UNIT_NOT_FOUND"),
    (("token", "create", "x", "--role", "viewer", "--days", "400"), "DAYS_INVALID"),
    (("token", "create", "x", "--role", "viewer", "--reason", " "), "REASON_REQUIRED"),
    (("token", "create", "x", "--role", "viewer", "--tenant", "none"), "TENANT_NOT_FOUND"),
    (("token", "revoke", "0123456789", *BECAUSE), "TOKEN_NOT_FOUND"),
    (("account", "suspend", "x", "--reason", ""), "REASON_REQUIRED"),
    (("provider", "add", "http://example.org", "x", *BECAUSE), "PROVIDER_ISSUER"),
]


@pytest.mark.parametrize(("arguments", "code"), REFUSED, ids=str)
def test_refused(arguments: tuple[str, ...], code: str) -> None:
    assert f"[{code}]" in refused(*arguments)
    assert done("account", "list") == []


@pytest.mark.parametrize(
    "arguments",
    [("token", "create", "x", "--role", "king"), ("account", "suspend", "x"), ("token", "revoke", "x")],
    ids=str,
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_tenant_of_ones_own(here: Path) -> None:
    async def create() -> None:
        async with open_database("sqlite:///steelyard.db") as database, database.write_all() as writer:
            await tenants.ensure(writer, "acme", Text("甲", "Acme"))

    asyncio.run(create())
    done("token", "create", "frontend", "--role", "viewer", "--tenant", "acme")
    assert done("account", "list") == []
    assert len(done("account", "list", env={"STEELYARD_TENANT": "acme"})) == 1
    written(here, "t.csv", FRONT_DESK_TABLE)
    assert run("import", SCHEME, "t.csv", "--create-units", "--tenant", "acme").exit_code == 0
    assert "Dealer" in run("evaluate", SCHEME, "--tenant", "acme").stdout
    assert "Dealer" not in run("evaluate", SCHEME).stdout
