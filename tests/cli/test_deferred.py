"""Commands are imported when they are run: listings say what the commands themselves would say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from steelyard.cli.deferred import Deferred
from steelyard_graphql.cli import app

OWN = {"steelyard.cli.app", "steelyard.cli.deferred", "steelyard.cli.edge", "steelyard.cli.language"}
OWN |= {
    "steelyard",
    "steelyard.errors",
    "steelyard.cli",
    "steelyard.cli.looks",
    "steelyard.cli.problems",
    "steelyard.cli.report",
    "steelyard.cli.usage",
}


def _deferred(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Deferred]]:
    for name, command in group.commands.items():
        found = command
        if isinstance(command, Deferred):
            yield " ".join((*path, name)), command
            found = command.found()
        if hasattr(found, "commands"):
            yield from _deferred(found, (*path, name))


ALL = dict(_deferred(typer.main.get_command(app)))


@pytest.mark.parametrize("path", ALL)
def test_a_listing_shows_the_first_paragraph_of_a_commands_own_help(path: str) -> None:
    found = ALL[path].found()
    assert (found.name, found.help.split("\n\n")[0].replace("\n", " ")) == (ALL[path].name, ALL[path].help)


def test_groups_within_groups_are_found() -> None:
    assert {
        "score",
        "records import",
        "weights draft",
        "assessment evidence",
        "serve",
        "schema",
    } <= ALL.keys()


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_a_listing_imports_no_command(option: str) -> None:
    code = (
        "import json, sys, steelyard_graphql.cli as cli\n"
        "try: cli.main()\n"
        "finally: print('\\n' + json.dumps(sorted(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code, option], capture_output=True, check=True, text=True)
    modules = json.loads(shown.stdout.splitlines()[-1])
    assert {name for name in modules if name.partition(".")[0] == "steelyard"} == OWN
