"""Problems of the layout of a printed scorecard."""

from __future__ import annotations

from steelyard.errors import Kind, Text

LAYOUT_WITHOUT_ITEM = Kind(
    "SCHEME_LAYOUT_WITHOUT_ITEM",
    Text("layout没有显示item或code的列。", "No column of the layout shows `item` or `code`."),
    Text("请加上写指标名称的列。", "Add the column with the names of the indicators."),
)
LAYOUT_REPEATED = Kind(
    "SCHEME_LAYOUT_REPEATED",
    Text("layout中{show}出现两次。", "Two columns of the layout show `{show}`."),
    Text("请删去其中一列。", "Leave one of them out."),
)
LAYOUT_DECIMALS = Kind(
    "SCHEME_LAYOUT_DECIMALS",
    Text("decimals为{found}。", "`decimals` is {found}."),
    Text("请写0到6的整数。", "Write a whole number from 0 to 6."),
)
LAYOUT_WHOLE = Kind(
    "SCHEME_LAYOUT_WHOLE",
    Text(
        "layout的whole为{found}，小于体系自身的满分{full}。",
        "The `whole` of the layout, {found}, is less than the scheme's own full mark, {full}.",
    ),
    Text(
        "whole为原表权重所占的总分，例如全店的1000分。",
        "It is the full mark that the printed weights are shares of, such as a whole shop's 1000 points.",
    ),
)
