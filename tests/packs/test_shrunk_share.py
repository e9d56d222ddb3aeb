"""The e-commerce pack's rubric in Python: arrays and fractions agree, and few answers prove little."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard_ecommerce.shrunk_share import SHRUNK_SHARE

ARGS = {"prior": Fraction(4, 5), "strength": Fraction(20)}


@given(answers=st.integers(0, 10_000), data=st.data())
def test_arrays_and_fractions_agree(answers: int, data: st.DataObject) -> None:
    satisfied = data.draw(st.integers(0, answers))
    rates = SHRUNK_SHARE.rates(ARGS, np.array([[satisfied], [answers]], float))
    assert SHRUNK_SHARE.exact is not None
    exact = SHRUNK_SHARE.exact(ARGS, [Fraction(satisfied), Fraction(answers)])
    assert rates[0] == pytest.approx(float(exact), abs=1e-12)
    assert 0 <= exact <= 1


@pytest.mark.parametrize(
    ("satisfied", "answers", "rate"), [(10, 10, 26 / 30), (100, 100, 116 / 120), (0, 0, 0.8)]
)
def test_the_more_answers_the_further_from_the_prior(satisfied: int, answers: int, rate: float) -> None:
    found = SHRUNK_SHARE.rates(ARGS, np.array([[satisfied], [answers]], float))
    assert found[0] == pytest.approx(rate)


@pytest.mark.parametrize(("satisfied", "answers"), [(11, 10), (-1, 10), (np.nan, 10), (1, np.nan)])
def test_counts_that_cannot_be_are_not_scored(satisfied: float, answers: float) -> None:
    found = SHRUNK_SHARE.rates(ARGS, np.array([[satisfied], [answers]]))
    assert np.isnan(found[0])


def test_the_sentence_says_both_figures() -> None:
    words = SHRUNK_SHARE.sentence(ARGS)
    assert "80%" in words.zh
    assert "80%" in words.en
    assert "20" in words.en
