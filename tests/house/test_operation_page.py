"""docs/operation.md: its settings, its metrics, its file and its commands."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from contextlib import chdir
from pathlib import Path

import pytest
from typer.testing import CliRunner

from steelyard.settings.known import KNOWN
from steelyard.settings.limits import PREFIX
from steelyard_graphql.cli import app
from steelyard_graphql.operation.metrics import Metrics
from steelyard_graphql.operation.problems import READY_NO_MORE

PAGE = (Path(__file__).parents[2] / "docs" / "operation.md").read_text("utf-8")


def test_every_setting_is_in_the_table_as_the_code_has_it() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| (?:`(.*)`)? ?\|$", PAGE, re.MULTILINE)
    own = [setting for setting in KNOWN.values() if not setting.name.startswith(PREFIX)]
    assert rows == [(each.name, each.title.en, each.default or "") for each in own]


def test_the_metrics_of_requests_are_in_the_table() -> None:
    families = {each.name for each in Metrics().registry.collect() if each.name.startswith("steelyard_")}
    named = {re.sub("_(total|info)$", "", name) for name in re.findall(r"`(steelyard_\w+)", PAGE)}
    assert families <= named


def test_the_codes_are_those_of_the_code() -> None:
    assert READY_NO_MORE.code in PAGE


def test_the_commands_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a file of settings puts beside the environment is taken back.
    monkeypatch.setattr("os.environ", dict(os.environ))
    (name, content), *_ = re.findall(r"^<!-- file: (\S+) -->\n```toml\n(.*?)^```$", PAGE, re.M | re.S)
    assert tomllib.loads(content).keys() <= KNOWN.keys()
    (tmp_path / name).write_text(content)
    (session,) = re.findall(r"^```console\n(.*?)^```$", PAGE, re.M | re.S)
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.M):
        words = shlex.split(command.split(" > ")[0])
        with chdir(tmp_path):
            done = CliRunner().invoke(app, words[1:], env={"LC_ALL": "C.UTF-8"})
        printed = done.stderr if " > " in command else done.stdout
        assert (done.exit_code, printed) == (0, output)
