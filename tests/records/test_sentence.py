"""Conditions and measures in words."""

from __future__ import annotations

import pytest

from steelyard.errors import Text
from steelyard.records.files import RecordsFile
from steelyard.records.measure import MeasureDefinition
from steelyard.records.sentence import measure_sentence

TABLES = RecordsFile.model_validate(
    {
        "records": [
            {
                "table": "visits",
                "title": {"zh": "来访", "en": "Visits"},
                "key": ["no"],
                "unit": "park",
                "day": "on",
                "columns": [
                    {"column": "no", "title": {"zh": "编号", "en": "Number"}, "type": "text"},
                    {"column": "on", "title": {"zh": "日期", "en": "Day"}, "type": "date"},
                    {"column": "fee", "title": {"zh": "费用", "en": "Fee"}, "type": "decimal"},
                    {
                        "column": "kind",
                        "title": {"zh": "类别", "en": "Kind"},
                        "type": "choice",
                        "choices": {"a": {"zh": "甲", "en": "A"}, "b": {"zh": "乙", "en": "B"}},
                    },
                ],
            }
        ]
    }
).records

CASES: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"count": {}}, "“来访”的行数", "the number of rows of “Visits”"),
    ({"sum": {"column": "fee"}}, "“来访”的行里，费用之和", "the sum of Fee over rows of “Visits”"),
    (
        {"share": {"where": [{"column": "kind", "in": ["a", "b"]}]}},
        "“来访”的行里，类别为甲或乙的占比",
        "of rows of “Visits”, the share where Kind is A or B",
    ),
    (
        {
            "count": {
                "where": [{"column": "on", "below": "2025-01-01"}, {"not": {"column": "fee", "known": True}}]
            }
        },
        "“来访”中日期早于2025-01-01且并非（有费用）的行数",
        "the number of rows of “Visits” where Day is before 2025-01-01 and not (Fee is known)",
    ),
    (
        {"ratio": {"of": {"distinct": {"column": "no"}}, "to": {"count": {}}, "times": 100}},
        "（“来访”的行里，不同的编号的个数）÷（“来访”的行数） × 100",
        "(the number of different values of Number over rows of “Visits”) ÷ (the number of rows of “Visits”)"
        " × 100",
    ),
)


@pytest.mark.parametrize(
    ("kind", "zh", "en"), CASES, ids=[next(iter(case[0])) + str(i) for i, case in enumerate(CASES)]
)
def test_a_measure_is_said_in_both_languages(kind: dict[str, object], zh: str, en: str) -> None:
    words = {"measure": "m", "title": "M", "table": "visits", **kind}
    measure = MeasureDefinition.model_validate(words, by_alias=True)
    assert measure_sentence(measure, {table.table: table for table in TABLES}) == Text(zh, en)
