"""The kinds of problems that appear when the robustness of a ranking is asked for."""

from __future__ import annotations

from steelyard.errors import Kind, Text

GROUP_TOO_SMALL = Kind(
    "ROBUSTNESS_GROUP_TOO_SMALL",
    Text(
        "只有 {found} 个评价对象有得分，少于排名所需的 {least} 个。",
        "Only {found} unit(s) have a score; a ranking needs {least}.",
    ),
    Text("请选取更多的评价对象。", "Take more units."),
)
OUT_OF_RANGE = Kind(
    "ROBUSTNESS_OUT_OF_RANGE",
    Text(
        "{argument} 为 {found}，应在 {least} 到 {most} 之间。",
        "{argument} is {found}; {least} to {most} was expected.",
    ),
    Text("请改为范围内的值。", "Give a value within."),
)
