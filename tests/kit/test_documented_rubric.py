"""The rubric in Python of docs/packs/rubrics.md makes a sound pack with the files as the page places them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from kit.wrong_packs import failures, install
from steelyard.packs.draft import draft_pack
from steelyard.packs.testing.subject import load

PAGE = (Path(__file__).resolve().parents[2] / "docs/packs/rubrics.md").read_text(encoding="utf-8")
FILE = re.compile(r"^<!-- file: (\S+) -->\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEAF = re.compile(r"^```yaml\n(- code: STAFFING\n.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = """
format: steelyard/1
scheme: hotel.service
version: 1.0.0
title: {zh: 服务, en: Service}
unit_type: branch
calendar: month
source: 酒店服务检查表
root: HOTEL
indicators:
"""
CASES = """
scheme: hotel.service
cases:
  - {name: eight a head, measures: {guests: 80, staff: 10}, nodes: {STAFFING: {points: 10}}}
  - {name: nobody on duty, measures: {guests: 80, staff: 0}, nodes: {STAFFING: {outcome: MISSING}}}
"""


def test_the_pack_of_the_page_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "hotel"
    draft_pack("hotel", folder)
    (folder / "playbook.yaml").unlink()
    (folder / "samples/hotel.service.csv").unlink()
    (leaf,) = LEAF.findall(PAGE)
    titled = leaf.replace("  points:", "  title: {zh: 人手, en: Staffing}\n  points:")
    (folder / "schemes/service.yaml").write_text(HEAD + titled)
    (folder / "cases/service.yaml").write_text(CASES)
    for name, text in FILE.findall(PAGE):
        (folder / name).write_text(text)
    install(tmp_path, "hotel", "hotel")
    monkeypatch.syspath_prepend(tmp_path)
    load.cache_clear()
    try:
        assert failures("hotel") == {}
    finally:
        load.cache_clear()
        for name in ("hotel", "hotel.guests"):
            sys.modules.pop(name, None)
