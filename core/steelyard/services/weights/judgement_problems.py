"""What can be wrong with a table of judgements."""

from __future__ import annotations

from steelyard.errors import Kind, Text

JUDGEMENTS_COLUMNS = Kind(
    "JUDGEMENTS_COLUMNS",
    Text(
        "判断表的列是 {found}；应为 {expected}。",
        "The columns of the table of judgements are {found}; {expected} were expected.",
    ),
    Text(
        "weight（评判人权重）可以不写；每列只写一次。",
        "`weight`, of the judge, may be left out; have each column once.",
    ),
)
JUDGEMENTS_WEIGHT = Kind(
    "JUDGEMENTS_WEIGHT",
    Text(
        "评判人“{judge}”的权重“{found}”不是正数，或与其前面的行不同。",
        "The weight `{found}` of judge `{judge}` is no positive number, or not the one further up.",
    ),
    Text(
        "请在该评判人的各行写同一个正数，或都留空。", "Write one positive number in all their rows, or none."
    ),
)
