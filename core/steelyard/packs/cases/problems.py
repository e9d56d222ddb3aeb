"""Problems of cases that concern rules, and rows that cases share."""

from __future__ import annotations

from steelyard.errors import Kind, Text

CASE_UNKNOWN_RULE = Kind(
    "PACK_CASE_UNKNOWN_RULE",
    Text(
        "案例“{case}”：评价体系 {scheme} 没有规则 {rule}；可用：{known}。",
        "Case “{case}”: the scheme {scheme} has no rule {rule} of that kind; there are: {known}.",
    ),
    Text(
        "请改正规则代码；quotas 只列 quota 规则。", "Correct the rule's id; under `quotas` stand quotas only."
    ),
)
CASE_REPEATED = Kind(
    "PACK_CASE_REPEATED",
    Text(
        "案例“{case}”：对象 {unit} 在周期 {period} 已有一个案例。",
        "Case “{case}”: there is a case of the unit {unit} in the period {period} already.",
    ),
    Text("请改用另一个 unit 或 period。", "Give it another `unit` or `period`."),
)
