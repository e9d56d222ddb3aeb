"""What can be wrong with a table of units."""

from __future__ import annotations

from steelyard.errors import Kind, Text

UNIT_COLUMN_UNKNOWN = Kind(
    "UNIT_COLUMN_UNKNOWN",
    Text(
        "评价对象表没有列“{found}”{suggestion_zh}。",
        "A table of units has no column `{found}`{suggestion_en}.",
    ),
    Text("可用：{known}，以及 attribute.属性名。", "There are: {known}, and attribute.NAME."),
)
UNIT_COLUMN_TWICE = Kind(
    "UNIT_COLUMN_TWICE",
    Text("有两列都是 {name}。", "Two columns are {name}."),
    Text("请只保留一列。", "Keep one of them."),
)
UNIT_DAY = Kind(
    "UNIT_DAY",
    Text("“{found}”不是日期。", "`{found}` is no day."),
    Text("请写成 YYYY-MM-DD。", "Write YYYY-MM-DD."),
)
UNIT_TWICE = Kind(
    "UNIT_TWICE",
    Text("评价对象“{unit}”已在第 {first} 行出现。", "Unit `{unit}` stands in row {first} already."),
    Text("每个评价对象只写一行。", "Write one row for each unit."),
)
UNIT_ATTRIBUTE_TWICE = Kind(
    "UNIT_ATTRIBUTE_TWICE",
    Text("属性“{attribute}”给出了两次。", "Attribute `{attribute}` is given twice."),
    Text("每个属性只写一个值。", "Give each attribute one value."),
)
UNIT_NEW_WITHOUT = Kind(
    "UNIT_NEW_WITHOUT",
    Text("新的评价对象“{unit}”没有 {missing}。", "Unit `{unit}` is new and has no {missing}."),
    Text(
        "新建时须有类型和名称；如非新建，请检查代码。",
        "Give type and title, or correct the code if it is not new.",
    ),
)
UNIT_TYPE_DIFFERS = Kind(
    "UNIT_TYPE_DIFFERS",
    Text(
        "评价对象“{unit}”的类型是 {found}，不是 {expected}。", "Unit `{unit}` is a {found}, not a {expected}."
    ),
    Text("类型建立后不再改变；请改正或清空。", "A type does not change: correct the cell or empty it."),
)
UNIT_PARENT_UNKNOWN = Kind(
    "UNIT_PARENT_UNKNOWN",
    Text("没有上级“{parent}”{suggestion_zh}。", "There is no unit `{parent}` to stand below{suggestion_en}."),
    Text("上级须已存在或在表中。", "It has to be there, or in the table."),
)
UNIT_DAYS = Kind(
    "UNIT_DAYS",
    Text(
        "关闭日 {closed} 不晚于启用日 {opened}。",
        "It would close on {closed}, not after it opened on {opened}.",
    ),
    Text("请改正日期。", "Correct the days."),
)
