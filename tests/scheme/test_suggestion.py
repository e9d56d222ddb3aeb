"""The nearest name, also among many, and how many names a message lists."""

import pytest

from steelyard.scheme.suggestion import nearest, suggested

MANY = [f"SERVICE.AREA{number}" for number in range(900)]


@pytest.mark.parametrize(
    ("found", "known", "name"),
    [
        ("liner", ["linear", "points", "rate"], "linear"),
        ("LINEAR", ["linear"], "linear"),
        ("甲乙丁", ["甲乙丙", "戊"], "甲乙丙"),
        ("xyz", ["linear"], None),
        ("a", [], None),
        ("SERVICE.AREE417", MANY, "SERVICE.AREA417"),
    ],
)
def test_the_nearest_name_is_found(found: str, known: list[str], name: str | None) -> None:
    assert nearest(found, known) == name


def test_a_message_lists_few_of_many_names() -> None:
    known = str(suggested("x", MANY)["known"])
    assert known.startswith("SERVICE.AREA0, SERVICE.AREA1, ")
    assert known.endswith("SERVICE.AREA49 …")
    assert suggested("x", ["a", "b"])["known"] == "a, b"
    assert suggested("x", [])["known"] == "–"
