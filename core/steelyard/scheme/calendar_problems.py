"""The kinds of problems that calendars and period codes have."""

from __future__ import annotations

from steelyard.errors import Kind, Text

PERIOD_INVALID = Kind(
    "PERIOD_INVALID",
    Text("“{period}”不是日历 {calendar} 的周期代码。", "“{period}” is no period of the calendar {calendar}."),
    Text("请按 {example} 的写法填写。", "Write it like {example}."),
)
CALENDAR_BAD_CODE = Kind(
    "CALENDAR_BAD_CODE",
    Text(
        "日历 {calendar}：代码“{code}”不是由字母、数字和下划线组成。",
        "Calendar {calendar}: the code “{code}” is not made of letters, digits and underscores.",
    ),
    Text("请改用如 spring 的代码。", "Use a code such as spring."),
)
CALENDAR_EMPTY = Kind(
    "CALENDAR_EMPTY",
    Text("日历 {calendar} 没有任何周期。", "Calendar {calendar} has no parts."),
    Text("请至少声明一个周期。", "Declare one part at least."),
)
CALENDAR_DUPLICATE_PART = Kind(
    "CALENDAR_DUPLICATE_PART",
    Text("日历 {calendar} 的周期 {part} 出现多次。", "Calendar {calendar} has the part {part} twice."),
    Text("请给每个周期不同的代码。", "Give each part a code of its own."),
)
CALENDAR_BAD_DATE = Kind(
    "CALENDAR_BAD_DATE",
    Text(
        "日历 {calendar} 周期 {part}：{date} 不是每年都有的日期（月-日）。",
        "Calendar {calendar}, part {part}: {date} is not a day (month-day) of every year.",
    ),
    Text("请写成如 03-01 的日期；不能用 02-29。", "Write a day such as 03-01; 02-29 cannot be used."),
)
CALENDAR_UNORDERED = Kind(
    "CALENDAR_UNORDERED",
    Text(
        "日历 {calendar}：周期 {part} 列在 {before} 之后，却开始得更早。",
        "Calendar {calendar}: the part {part} is listed after {before} but starts before it.",
    ),
    Text("请按开始日期的先后排列。", "List the parts by the day on which they start."),
)
