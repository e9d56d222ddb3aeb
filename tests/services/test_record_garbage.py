"""What is there before an import is not searched for garbage while it runs, and is afterwards."""

from __future__ import annotations

import gc

import pytest

from steelyard.services.records.garbage import only_new


def test_what_was_there_is_left_out_only_meanwhile() -> None:
    with only_new():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_it_comes_back_after_a_failure() -> None:
    with pytest.raises(OSError, match="full"), only_new():
        raise OSError("full")
    assert gc.get_freeze_count() == 0


def test_within_a_server_that_does_it_already_an_import_leaves_it_at_that() -> None:
    with only_new():
        before = gc.get_freeze_count()
        with only_new():
            assert gc.get_freeze_count() <= before
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
