"""Problems of instruments."""

from __future__ import annotations

from steelyard.errors import Kind, Text

DUPLICATE_INSTRUMENT = Kind(
    "PACK_DUPLICATE_INSTRUMENT",
    Text("量表的代码 {name} 重复。", "The instrument code {name} occurs twice."),
    Text("请给每个量表不同的代码。", "Give each instrument a code of its own."),
)
INSTRUMENT_TARGET = Kind(
    "PACK_INSTRUMENT_TARGET",
    Text(
        "量表 {instrument} 计入的 {found} 不在本指标包中{suggestion_zh}；现有：{known}。",
        "{instrument} counts towards {found}, which is not in the pack{suggestion_en}: {known}.",
    ),
    Text("请改正评价体系或指标的代码。", "Correct the code of the scheme or of the indicator."),
)
INSTRUMENT_COUNTED = Kind(
    "PACK_INSTRUMENT_COUNTED",
    Text(
        "量表 {instrument} 的 counted 与 towards 矛盾：counted 为 {counted}，towards 有 {count} 项。",
        "In the instrument {instrument}, `counted` ({counted}) and `towards` ({count} indicators) disagree.",
    ),
    Text(
        "计入得分的写 towards；明确不计入的写 counted: false，不写 towards。",
        "What counts has `towards`; what is expressly not counted has `counted: false` and no `towards`.",
    ),
)
