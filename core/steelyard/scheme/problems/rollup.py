"""Problems of the section on roll-ups."""

from __future__ import annotations

from steelyard.errors import Kind, Text

ROLLUP_EMPTY = Kind(
    "SCHEME_ROLLUP_EMPTY",
    Text(
        "rollup既没有units也没有periods，什么也不汇总。",
        "`rollup` has neither `units` nor `periods`, so that nothing is rolled up.",
    ),
    Text(
        "请写明至少一个方向的规则，或删去rollup。", "Give the rule of one of them at least, or leave it out."
    ),
)
ROLLUP_VOLUME = Kind(
    "SCHEME_ROLLUP_VOLUME",
    Text(
        "volume“{measure}”不是数量：指标“{indicator}”以{rubric}读取它。",
        "The volume `{measure}` is no quantity: `{indicator}` reads it by the rubric `{rubric}`.",
    ),
    Text(
        "请使用计数或合计的度量，例如工单数、销售额。",
        "Name a measure that is a count or a sum, such as the number of orders.",
    ),
)
