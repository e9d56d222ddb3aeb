"""What a spreadsheet would run is guarded, and comes back as it was."""

from __future__ import annotations

import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from reporting.formulas import HOSTILE, runs
from steelyard.intake.formula import guarded, harmless, unguarded

PIECES = (*"=+-@＝－a1.,;'\"|%e", " ", "\t", "\n", "\r", "\xa0", "\u3000", "\u200b", "\ufeff", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_runs(text: str) -> None:
    assert not runs(harmless(text))
    assert not runs(guarded(text))


@pytest.mark.parametrize("text", ["店", "a-b", "a@b", "1;2", "'1", " a", "3=2+1", "a\nb"])
def test_other_texts_stay(text: str) -> None:
    assert (harmless(text), guarded(text)) == (text, text)


@pytest.mark.parametrize("text", ["-1", "+1.5", "-1,234.5", "-2e-05", "-50%"])
def test_numbers_of_files_stay_numbers(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("keep", [guarded, harmless])
def test_texts_come_back_exactly(keep: Callable[[str], str]) -> None:
    """So no two of them are the same in a file."""
    chosen = random.Random("formula")
    made = ["".join(chosen.choices(PIECES, k=chosen.randint(0, 8))) for _ in range(20_000)]
    texts = [*HOSTILE, *(f"'{text}" for text in HOSTILE), "-1", "'-1", *made]
    cells = [keep(text) for text in texts]
    assert [cell for cell in cells if runs(cell)] == []
    assert unguarded(pa.array(cells)).to_pylist() == texts
