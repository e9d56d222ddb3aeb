"""A pack that says all in hooks is held to the same suite as one that is files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kit.wrong_packs import MODULE, assemble, failures, install
from steelyard.packs.testing.subject import load

HOOKS = '''
"""A pack without pack.yaml."""

from steelyard.packs import PackFolder, PackInfo, Text, hookimpl

FOLDER = PackFolder.of(__name__)


@hookimpl
def steelyard_pack():
    return PackInfo("parks", "1.0.0", api_version=1, title=Text("公园", "Parks"))


@hookimpl
def steelyard_schemes():
    return FOLDER.schemes()


@hookimpl
def steelyard_playbook():
    return FOLDER.playbook()


@hookimpl
def steelyard_samples():
    return FOLDER.samples()


@hookimpl
def steelyard_cases():
    return FOLDER.cases()
'''


@pytest.mark.parametrize(
    ("fault", "failing"),
    [
        ("sound", set()),
        ("unit-in-one-language", {"everything_is_said_in_both_languages"}),
        ("advice-without-source", {"every_figure_is_sourced_or_assumed"}),
        ("advice-for-nothing", {"its_playbook_is_for_its_indicators"}),
        ("parent-unknown", {"its_samples_are_measured"}),
        ("no-source", {"every_figure_is_sourced_or_assumed"}),
    ],
)
def test_a_pack_without_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, failing: set[str]
) -> None:
    folder = assemble(fault, tmp_path)
    (folder / "pack.yaml").unlink()
    (folder / "__init__.py").write_text(HOOKS, encoding="utf-8")
    install(tmp_path, "parks", MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    load.cache_clear()
    try:
        assert failures("parks").keys() == failing
    finally:
        load.cache_clear()
        sys.modules.pop(MODULE, None)
