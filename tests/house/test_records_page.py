"""The declarations on docs/packs/records.md pass the check, as files of a pack."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from steelyard.packs.checking import check_pack
from steelyard.packs.origin import folder_pack

ROOT = Path(__file__).resolve().parents[2]


def test_the_files_on_the_page_are_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs/packs/records.md").read_text(encoding="utf-8")
    files = re.findall(r"^```yaml\n# ([a-z]+\.yaml)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in files] == ["records.yaml", "measures.yaml"]
    shutil.copytree(ROOT / "tests/data/packs/parks", tmp_path / "parks")
    for name, text in files:
        (tmp_path / "parks" / name).write_text(text, encoding="utf-8")
    assert check_pack(folder_pack(tmp_path / "parks")).problems == ()
