"""What can be wrong with asking for a roll-up."""

from __future__ import annotations

from steelyard.errors import Kind, Text

ROLL_UP_NOT_DECLARED = Kind(
    "ROLL_UP_NOT_DECLARED",
    Text(
        "评价体系 {scheme} 没有声明如何汇总到{axis_zh}。",
        "Scheme {scheme} does not declare how scores are rolled up to {axis_en}.",
    ),
    Text(
        "请在评价体系文件的 rollup 中声明规则，或查询被评对象自身的得分。",
        "Declare the rule in its file (`rollup`), or ask for the scores of the units themselves.",
    ),
)
ROLL_UP_OF_NOTHING = Kind(
    "ROLL_UP_OF_NOTHING",
    Text(
        "周期 {period} 内没有评价体系 {scheme} 的日历（{calendars}）的完整周期。",
        "No period of the calendars of scheme {scheme} ({calendars}) lies within {period}.",
    ),
    Text("请换一个更长的周期。", "Ask for a longer period."),
)
