"""Administration at the command line: what is done, what is said of it, and the exit codes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from cli.cli_runs import run, written

WHY = ("--reason", "because")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run("db", "upgrade").exit_code == 0
    return tmp_path


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def listed(*arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(done(*arguments, "--format", "json"))
    return found


def test_units_from_a_table_to_their_end(here: Path) -> None:
    table = "unit,type,title_zh,title_en,parent\nR1,region,一区,Region 1,\nS1,shop,店,Shop,R1\n"
    assert (
        done("unit", "import", written(here, "u.csv", table), *WHY) == "Created 2, changed 0, unchanged 0.\n"
    )
    done("unit", "create", "R2", "region", "--zh", "二区", "--en", "Region 2", *WHY)
    done("unit", "move", "S1", "--parent", "R2", "--since", "2025-03-01", *WHY)
    done("unit", "rename", "S1", "--zh", "新店", "--en", "New shop", *WHY)
    done("unit", "attribute", "S1", "size", "large", *WHY)
    done("unit", "close", "S1", "--since", "2025-06-01", *WHY)
    shop = next(unit for unit in listed("unit", "list") if unit["code"] == "S1")
    assert shop == {
        "code": "S1",
        "type": "shop",
        "title": "New shop",
        "parent": "R2",
        "opened_on": None,
        "closed_on": "2025-06-01",
        "attributes": {"size": "large"},
    }
    done("unit", "reopen", "S1", *WHY)
    assert "新店" in done("--lang", "zh", "unit", "list")


def test_calendars_and_periods() -> None:
    parts = ("--part", "spring,03-01,07-01,春,Spring", "--part", "autumn,09-01,01-16,秋,Autumn")
    done("calendar", "declare", "term", "--zh", "学期", "--en", "Term", *parts, *WHY)
    done("period", "add", "term", "2024-spring", "2024-autumn", *WHY)
    done("period", "close", "term", "2024-spring", *WHY)
    states = {str(each["code"]): each["state"] for each in listed("period", "list")}
    assert states == {"2024-spring": "closed", "2024-autumn": "open"}
    done("period", "reopen", "term", "2024-spring", *WHY)
    assert [each["code"] for each in listed("calendar", "list")] == ["term"]
    assert run("calendar", "declare", "t", "--zh", "t", "--en", "t", "--part", "a", *WHY).exit_code == 2


def test_persons_come_and_go() -> None:
    code = done(
        "person", "register", "employee", "--name", "Zhang San", "--until", "2025-01-01", *WHY
    ).strip()
    done("person", "register", "customer", "--pseudonym", "P-1", "--name", "Li", *WHY)
    assert [each["name"] for each in listed("person", "list") if each["pseudonym"] == code] == ["Zhang San"]
    done("person", "name", "P-1", "--name", "Li Si", *WHY)
    done("person", "retain", "P-1", "--until", "2999-01-01", *WHY)
    assert done("person", "expire", *WHY) == "Erased: 1.\n"
    done("person", "erase", "P-1", *WHY)
    assert {each["name"] for each in listed("person", "list")} == {None}
    assert not any("Zhang" in json.dumps(act) for act in listed("act", "list"))


def test_a_policy_that_asks_for_a_second_person() -> None:
    done("policy", "set", "second_person", "unit.close", *WHY)
    done("policy", "set", "retention", "employee=30", *WHY)
    done("unit", "create", "R1", "region", "--zh", "一", "--en", "One", *WHY)
    result = run("unit", "close", "R1", *WHY)
    [waiting] = listed("proposal", "list")
    number = str(waiting["id"])
    assert waiting["deed"] == "unit.close"
    assert f"a second person has to consent; it waits as proposal {number}" in result.stderr
    refused = run("--lang", "zh", "proposal", "approve", number, *WHY)
    assert (refused.exit_code, "SECOND_PERSON" in refused.stderr, "同一人" in refused.stderr) == (
        1,
        True,
        True,
    )
    done("proposal", "withdraw", number, *WHY)
    assert listed("proposal", "list") == []
    values = {str(each["name"]): each["value"] for each in listed("policy", "list")}
    assert values == {
        "second_person": ["unit.close"],
        "peer_minimum": 5,
        "retention": ["employee=30"],
        "objection_days": ["file=15", "decide=10"],
        "notice_days": ["told=400", "waiting=100"],
    }
    assert run("policy", "set", "retention", "employee", *WHY).exit_code == 2
    assert run("policy", "set", "peer_minimum", "1", *WHY).exit_code == 1


def test_tenants_from_start_to_end(here: Path) -> None:
    done("tenant", "create", "acme", "--zh", "甲", "--en", "Acme", *WHY)
    done("unit", "create", "R1", "region", "--zh", "一", "--en", "One", "--tenant", "acme", *WHY)
    assert listed("unit", "list") == []
    done("tenant", "export", "acme", "acme.zip", *WHY)
    assert run("tenant", "export", "acme", "acme.zip", *WHY).exit_code == 2
    assert (here / "acme.zip").stat().st_size > 0
    assert run("tenant", "export", "acne", "other.zip", *WHY).exit_code == 2
    assert not (here / "other.zip").exists()
    done("tenant", "suspend", "acme", *WHY)
    done("tenant", "resume", "acme", *WHY)
    done("tenant", "suspend", "acme", *WHY)
    done("tenant", "delete", "acme", "--confirm", "acme", *WHY)
    assert [each["code"] for each in listed("tenant", "list")] == ["default"]
    assert run("verify").exit_code == 0


def test_verify_names_what_was_changed_by_hand(here: Path) -> None:
    done("unit", "create", "R1", "region", "--zh", "一", "--en", "One", *WHY)
    head = done("act", "head")
    kept = written(here, "head.txt", head)
    assert done("verify", "--head", head.strip(), "--head", f"@{kept}") == (
        "Tenant default: acts 1, subjects 1, receipts 0, heads 2; nothing was changed by hand.\n"
    )
    with sqlite3.connect(here / "steelyard.db") as connection:
        connection.execute("UPDATE unit SET unit_type = 'x'")
        connection.execute("DELETE FROM act")
    result = run("verify", "--head", f"@{kept}")
    assert (result.exit_code, result.stdout) == (
        1,
        "Tenant default: acts 0, subjects 1, receipts 0, heads 1; differences found: 2.\n",
    )
    assert "CHAIN_CUT" in result.stderr
    assert "unit:R1 is there, but no act made it" in result.stderr
    assert "发现 2 处不符" in run("--lang", "zh", "verify", "--head", f"@{kept}").stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("unit", "create", "R1", "region", "--zh", "一", "--en", "One"), 2),
        (("unit", "create", "R1", "region", "--zh", "一", "--en", "One", "--reason", " "), 1),
        (("unit", "rename", "R9", "--zh", "一", "--en", "One", *WHY), 2),
        (("unit", "list", "--tenant", "nobody"), 2),
        (("verify", "--head", "nonsense"), 1),
        (("verify", "--head", "@missing.txt"), 2),
        (("act", "list", "--limit", "0"), 2),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], status: int) -> None:
    assert run(*arguments).exit_code == status
