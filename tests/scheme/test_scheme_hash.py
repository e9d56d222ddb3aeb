"""Equal schemes have equal hashes whatever their layout; a change of content changes the hash."""

from pathlib import Path

import pytest

from steelyard.scheme import read_scheme, read_scheme_text

EVERY_KIND = Path(__file__).parent.parent / "data" / "schemes" / "good" / "every-kind.yaml"
HEAD = "format: steelyard/1\nscheme: test.hash\n"
LEAF = "indicators: [{code: A, points: 10, rubric: {kind: linear, worst: 10, best: 0.5}}]\n"


def hash_of(text: str) -> str:
    return read_scheme_text(text).hash()


@pytest.mark.parametrize(
    "text",
    [
        LEAF + HEAD,
        "# a comment\n" + HEAD + "\n" + LEAF,
        HEAD + "indicators:\n  - rubric: {best: 0.5, worst: 10, kind: linear}\n    points: 10\n    code: A\n",
        HEAD + LEAF.replace("0.5", ".50").replace("10", "1e1"),
        HEAD + LEAF.replace("0.5", '"0.5"').replace("A,", '"A",'),
        HEAD + "missing: exclude\nmin_coverage: 0\naggregate: arithmetic\nroot: TOTAL\n" + LEAF,
        HEAD
        + "verdicts: [passed, failed]\nrules: []\nparameters: {}\n"
        + LEAF.replace("0.5}", "0.5, clip: true}"),
    ],
)
def test_layout_and_defaults_change_nothing(text: str) -> None:
    assert hash_of(text) == hash_of(HEAD + LEAF)


@pytest.mark.parametrize(
    "text",
    [
        LEAF.replace("0.5", "0.50001"),
        LEAF.replace("code: A", "code: B"),
        "aggregate: minimum\n" + LEAF,
        "pass: 70%\n" + LEAF,
        LEAF.replace("worst: 10, best: 0.5", "worst: 10%, best: 50%"),
    ],
)
def test_content_changes_the_hash(text: str) -> None:
    assert hash_of(HEAD + text) != hash_of(HEAD + LEAF)


def test_a_rate_is_the_same_as_fraction_and_in_percent() -> None:
    assert hash_of(HEAD + "pass: 70%\n" + LEAF) == hash_of(HEAD + "pass: 0.7\n" + LEAF)


def test_one_text_is_both_languages() -> None:
    assert hash_of(HEAD + "title: NPS\n" + LEAF) == hash_of(HEAD + "title: {en: NPS, zh: NPS}\n" + LEAF)


def test_the_hash_stays_what_it_is() -> None:
    """Stored receipts name hashes: a change of the canonical form must not go unnoticed."""
    assert (
        read_scheme(EVERY_KIND).hash() == "a8f90dbd3bcc191d1bb2d9a5126fd0edf887aa88786d92e37594f179b94a2cb2"
    )
