"""Trusted documents: only those of the manifest are answered, by their ids or their texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import strawberry
from typer.testing import CliRunner

from steelyard.errors import ConfigError
from steelyard.settings.limits import Limits
from steelyard_graphql.cli import app
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.http.asked import operation_in
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.limits.trusted import document_id

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
TEXT, OTHER = "{ number }", "{ number number }"
ID = document_id(TEXT)


@strawberry.type
class Query:
    """One field."""

    @strawberry.field
    def number(self) -> int:
        """Return a number."""
        return 1


SCHEMA = strawberry.Schema(Query)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A manifest of one document."""
    path = tmp_path / "documents.json"
    path.write_text(json.dumps({ID: TEXT}))
    return path


WRONG = {
    "absent": (None, "DOCUMENTS_UNREADABLE"),
    "no JSON": ("{", "DOCUMENTS_UNREADABLE"),
    "a list": ("[]", "DOCUMENTS_UNREADABLE"),
    "empty": ("{}", "DOCUMENTS_EMPTY"),
    "another id": (json.dumps({"0": "{ __typename }"}), "DOCUMENTS_UNREADABLE"),
    "not of the schema": (json.dumps({ID: TEXT}), "DOCUMENT_INVALID"),
    "no document": (json.dumps({document_id("{"): "{"}), "DOCUMENT_INVALID"),
    "beyond a limit": (json.dumps({document_id("{" * 99): "{" * 99}), "QUERY_TOO_DEEP"),
}


@pytest.mark.parametrize("name", WRONG)
def test_config_check_tells_what_is_wrong_with_a_manifest(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, code = WRONG[name]
    path = tmp_path / "documents.json"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("STEELYARD_LIMIT_DOCUMENTS", str(path))
    found = CliRunner().invoke(app, ["--lang", "en", "config", "check", "--offline"])
    assert (found.exit_code, code in found.output) == (1, True), found.output


def test_config_check_tells_of_each_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "documents.json"
    right = "{ __typename }"
    path.write_text(json.dumps({"0": right, ID: TEXT, document_id(right): right}))
    monkeypatch.setenv("STEELYARD_LIMIT_DOCUMENTS", str(path))
    found = CliRunner().invoke(app, ["--lang", "en", "config", "check", "--offline"])
    assert found.output.count("error[DOCUMENTS_UNREADABLE]") == 1
    assert ID in found.output.replace("\n", "")


def test_config_check_tells_in_chinese_of_an_id_that_is_not_its_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "documents.json"
    path.write_text(json.dumps({"0": TEXT}))
    monkeypatch.setenv("STEELYARD_LIMIT_DOCUMENTS", str(path))
    found = CliRunner().invoke(app, ["--lang", "zh", "config", "check", "--offline"])
    assert "0 不是其文本的 sha256 值" in found.output
    assert "of its text" not in found.output


def test_config_check_is_content_with_a_manifest_that_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "documents.json"
    assert CliRunner().invoke(app, ["documents", str(SCREENS), "-o", str(path)]).exit_code == 0
    monkeypatch.setenv("STEELYARD_LIMIT_DOCUMENTS", str(path))
    found = CliRunner().invoke(app, ["config", "check", "--offline"])
    assert found.exit_code == 0, found.output


async def _codes(operation: Operation, manifest: Path | None) -> list[str]:
    answer = await Executor(SCHEMA, Limits(documents=manifest)).execute(operation, None)
    assert ("data" in answer.body) is ("errors" not in answer.body)
    return [error["extensions"]["code"] for error in answer.body.get("errors", [])]


# What a request says, and the code of the refusal with a manifest and without.
ASKED: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "id": ({"documentId": ID}, [], ["DOCUMENT_UNKNOWN"]),
    "id with its kind": ({"documentId": f"sha256:{ID}"}, [], ["DOCUMENT_UNKNOWN"]),
    "extension": (
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": ID}}},
        [],
        ["DOCUMENT_UNKNOWN"],
    ),
    "its text": ({"query": TEXT}, [], []),
    "another text": ({"query": OTHER}, ["DOCUMENT_UNTRUSTED"], []),
    "another text with its id": ({"query": OTHER, "documentId": ID}, ["DOCUMENT_UNTRUSTED"], []),
    "another id": ({"documentId": document_id(OTHER)}, ["DOCUMENT_UNKNOWN"], ["DOCUMENT_UNKNOWN"]),
}


@pytest.mark.parametrize("name", ASKED)
async def test_what_is_asked(manifest: Path, name: str) -> None:
    fields, with_manifest, without = ASKED[name]
    operation = operation_in(fields)
    assert (await _codes(operation, manifest), await _codes(operation, None)) == (with_manifest, without)


@pytest.mark.parametrize("fields", [{}, {"documentId": 1}, {"documentId": ID, "query": 1}])
def test_what_is_no_request(fields: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as caught:
        operation_in(fields)
    assert caught.value.problem.code == "HTTP_BODY_FIELD"


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', json.dumps({ID: OTHER}), "[" * 100_000])
def test_what_is_no_manifest(tmp_path: Path, content: str) -> None:
    path = tmp_path / "documents.json"
    path.write_text(content)
    with pytest.raises(ConfigError) as caught:
        Executor(SCHEMA, Limits(documents=path))
    assert caught.value.code == "DOCUMENTS_UNREADABLE"


def test_a_server_does_not_begin_with_a_manifest_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    path.write_text("{}")
    with pytest.raises(ConfigError) as caught:
        Executor(SCHEMA, Limits(documents=path))
    assert caught.value.code == "DOCUMENTS_EMPTY"


def test_the_command_writes_the_screens(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    done = CliRunner().invoke(app, ["documents", str(SCREENS), "-o", str(path)])
    assert (done.exit_code, done.output) == (0, "")
    texts = {file.read_text(encoding="utf-8") for file in SCREENS.glob("*.graphql")}
    assert set(json.loads(path.read_text(encoding="utf-8")).values()) == texts


@pytest.mark.parametrize(
    ("texts", "code", "exit_code"),
    [
        ({"a.graphql": "{ nothing }"}, "DOCUMENT_INVALID", 1),
        ({"a.graphql": "{"}, "DOCUMENT_INVALID", 1),
        ({"a.graphql": "{ __schema { types { name } } }"}, "INTROSPECTION_OFF", 1),
        ({"a.txt": "{ packs { code } }"}, "DOCUMENTS_NONE", 2),
    ],
)
def test_the_command_refuses(tmp_path: Path, texts: dict[str, str], code: str, exit_code: int) -> None:
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    done = CliRunner().invoke(app, ["documents", str(tmp_path)], env={"LC_ALL": "C.UTF-8"})
    assert (done.exit_code, code in done.output + done.stderr) == (exit_code, True)


def test_the_command_says_that_there_is_no_folder(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["documents", str(tmp_path / "no")], env={"LC_ALL": "C.UTF-8"})
    assert (done.exit_code, "error[DOCUMENTS_FOLDER]" in done.stderr) == (2, True)


def test_a_manifest_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    path.write_text("deployed", encoding="utf-8")
    done = CliRunner().invoke(app, ["documents", str(SCREENS), "-o", str(path)], env={"LC_ALL": "C.UTF-8"})
    assert (done.exit_code, "CLI_FILE_EXISTS" in done.stderr) == (2, True)
    assert path.read_text(encoding="utf-8") == "deployed"
