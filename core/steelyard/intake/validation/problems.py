"""The kinds of problems that rows of records can have, and their header."""

from __future__ import annotations

from steelyard.errors import Kind, Text


def _kind(code: str, zh: str, en: str, zh_advice: str, en_advice: str) -> Kind:
    return Kind(f"ROW_{code}", Text(zh, en), Text(zh_advice, en_advice))


NO_HEADER = _kind(
    "HEADER_NO_HEADER",
    "前 {rows} 行中没有一行是“{title_zh}”的表头。",
    "None of the first {rows} rows is a header of “{title_en}”.",
    "表头须写明必填列：{columns_zh}。",
    "The header must name the required columns: {columns_en}.",
)
NO_COLUMN = _kind(
    "HEADER_NO_COLUMN",
    "缺少必填列“{title_zh}”（{column}）。",
    "The required column “{title_en}” ({column}) is missing.",
    "加上该列，或将其表头改为：{headers}。",
    "Add the column, or head it with one of: {headers}.",
)
TWO_COLUMNS = _kind(
    "HEADER_TWO_COLUMNS",
    "“{first}”和“{second}”都是列“{title_zh}”（{column}）。",
    "“{first}” and “{second}” both are the column “{title_en}” ({column}).",
    "只保留其中一列，或改掉另一列的表头。",
    "Keep one of them, or rename the other's header.",
)
MISSING = _kind(
    "MISSING",
    "“{title_zh}”为空。",
    "“{title_en}” is empty.",
    "此列必填。",
    "This column must be filled in.",
)
UNKNOWN_UNIT = _kind(
    "UNKNOWN_UNIT",
    "“{title_zh}”：没有代码为“{cell}”的评价对象。",
    "“{title_en}”: there is no unit with the code “{cell}”.",
    "改正代码，或先登记该评价对象。",
    "Correct the code, or register the unit first.",
)
PLACEHOLDER = _kind(
    "PLACEHOLDER",
    "“{title_zh}”：“{cell}”不是值。",
    "“{title_en}”: “{cell}” is no value.",
    "没有值时请留空。",
    "Leave the cell empty where there is no value.",
)
NOT_A_NUMBER = _kind(
    "NOT_A_NUMBER",
    "“{title_zh}”：“{cell}”不是数字。",
    "“{title_en}”: “{cell}” is no number.",
    "写成如 12 或 3.5 的数字。",
    "Write a number such as 12 or 3.5.",
)
FULL_WIDTH = _kind(
    "FULL_WIDTH",
    "“{title_zh}”：“{cell}”含全角数字。",
    "“{title_en}”: “{cell}” has full-width digits.",
    "改用半角数字。",
    "Use half-width digits.",
)
PERCENT = _kind(
    "PERCENT",
    "“{title_zh}”：“{cell}”带百分号。",
    "“{title_en}”: “{cell}” has a percent sign.",
    "写不带百分号的数字。",
    "Write the number without a percent sign.",
)
CURRENCY = _kind(
    "CURRENCY",
    "“{title_zh}”：“{cell}”带货币符号。",
    "“{title_en}”: “{cell}” has a currency sign.",
    "只写数字。",
    "Write the number alone.",
)
NOT_WHOLE = _kind(
    "NOT_WHOLE",
    "“{title_zh}”：“{cell}”不是整数。",
    "“{title_en}”: “{cell}” is not a whole number.",
    "写整数。",
    "Write a whole number.",
)
TOO_PRECISE = _kind(
    "TOO_PRECISE",
    "“{title_zh}”：“{cell}”的小数超过 {places} 位。",
    "“{title_en}”: “{cell}” has more than {places} digits after the point.",
    "不会自动舍入；请按位数填写。",
    "Nothing is rounded silently; write as many digits as the column has.",
)
TOO_LARGE = _kind(
    "TOO_LARGE",
    "“{title_zh}”：“{cell}”的整数部分超过 {digits} 位。",
    "“{title_en}”: “{cell}” has more than {digits} digits before the point.",
    "请核对数字。",
    "Check the number.",
)
BELOW = _kind(
    "BELOW",
    "“{title_zh}”：“{cell}”小于 {limit}。",
    "“{title_en}”: “{cell}” is less than {limit}.",
    "请核对数字。",
    "Check the number.",
)
ABOVE = _kind(
    "ABOVE",
    "“{title_zh}”：“{cell}”大于 {limit}。",
    "“{title_en}”: “{cell}” is more than {limit}.",
    "请核对数字。",
    "Check the number.",
)
NOT_A_FLAG = _kind(
    "NOT_A_FLAG",
    "“{title_zh}”：“{cell}”不是“是”或“否”。",
    "“{title_en}”: “{cell}” is neither yes nor no.",
    "写 是/否、yes/no、true/false、y/n、1/0 或 √/×。",
    "Write yes/no, true/false, y/n, 1/0, 是/否 or √/×.",
)
UNKNOWN_CHOICE = _kind(
    "UNKNOWN_CHOICE",
    "“{title_zh}”：“{cell}”不在选项中：{choices_zh}。",
    "“{title_en}”: “{cell}” is none of {choices_en}.",
    "改为其中一项。",
    "Use one of them.",
)
NOT_A_DATE = _kind(
    "NOT_A_DATE",
    "“{title_zh}”：“{cell}”不是日期。",
    "“{title_en}”: “{cell}” is no date.",
    "写成 2025-01-31，带时间写成 2025-01-31 08:30。",
    "Write 2025-01-31, with a time 2025-01-31 08:30.",
)
AMBIGUOUS_DATE = _kind(
    "AMBIGUOUS_DATE",
    "“{title_zh}”：“{cell}”的年月日顺序不明。",
    "“{title_en}”: “{cell}” does not say which is day, month and year.",
    "写成 2025-01-31。",
    "Write 2025-01-31.",
)
SERIAL_DATE = _kind(
    "SERIAL_DATE",
    "“{title_zh}”：“{cell}”像是电子表格的日期序号。",
    "“{title_en}”: “{cell}” looks like a spreadsheet's number of a day.",
    "将单元格设为日期格式后重新导出。",
    "Give the cells a date format and export again.",
)
IMPOSSIBLE_DATE = _kind(
    "IMPOSSIBLE_DATE",
    "“{title_zh}”：没有“{cell}”这一天。",
    "“{title_en}”: there is no day “{cell}”.",
    "请核对日期。",
    "Check the date.",
)
DAY_OUT_OF_RANGE = _kind(
    "DAY_OUT_OF_RANGE",
    "“{title_zh}”：{day} 不在 {first} 至 {last} 之间，不属于任何周期。",
    "“{title_en}”: {day} does not lie in {first} … {last}, so it is in no period.",
    "请核对日期。",
    "Check the date.",
)
IMPOSSIBLE_TIME = _kind(
    "IMPOSSIBLE_TIME",
    "“{title_zh}”：没有“{cell}”这一时刻。",
    "“{title_en}”: there is no time “{cell}”.",
    "时间为 00:00:00 至 23:59:59。",
    "Times go from 00:00:00 to 23:59:59.",
)
TIME_OF_DAY = _kind(
    "TIME_OF_DAY",
    "“{title_zh}”：“{cell}”带时间，此列只写日期。",
    "“{title_en}”: “{cell}” has a time; the column holds days.",
    "只写日期。",
    "Write the day alone.",
)
CONTROL = _kind(
    "CONTROL_CHARACTER",
    "“{title_zh}”：“{cell}”含控制字符。",
    "“{title_en}”: “{cell}” has control characters.",
    "删去该字符。",
    "Remove them.",
)
TOO_LONG = _kind(
    "TEXT_TOO_LONG",
    "“{title_zh}”：文本超过 {most} 个字。",
    "“{title_en}”: the text has more than {most} letters.",
    "缩短文本。",
    "Shorten it.",
)
DUPLICATE = _kind(
    "DUPLICATE",
    "与第 {first} 行的主键相同（{columns_zh}）。",
    "It has the same key as row {first} ({columns_en}).",
    "每条记录只保留一行。",
    "Keep one row for each record.",
)
