"""The packs' sample records are what their generators make, as source systems would export it."""

from __future__ import annotations

import pytest

from packs_data.sample_files import FILES, SampleFile, content
from steelyard.packs import load_packs


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.table)
def test_a_file_is_what_its_generator_makes(file: SampleFile) -> None:
    """Run `tests/packs_data/sample_files.py` where a generator or a declaration changed."""
    assert file.path.read_bytes() == content(file)


def test_packs_have_no_other_files() -> None:
    """Every file stands in the list, and is handed over as it is."""
    found = {
        f"{pack}.{each.table}": each.data
        for pack, sample in load_packs().samples.items()
        for each in sample.records
    }
    assert found == {file.table: file.path.read_bytes() for file in FILES}
