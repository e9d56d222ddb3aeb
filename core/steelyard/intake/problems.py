"""The kinds of problems that a table of measurements can have."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

NOT_TEXT = Kind(
    "TABLE_NOT_TEXT",
    Text(
        "文件既不是 UTF-8 也不是 GB18030 文本（第一个无法读取的字节为第 {byte} 个）。",
        "The file is neither UTF-8 nor GB18030 text (the first byte that cannot be read is number {byte}).",
    ),
    Text(
        "如为电子表格，请另存为“CSV UTF-8”。",
        "If it is a spreadsheet, save it as “CSV UTF-8”.",
    ),
)
READ_AS_GB18030 = Kind(
    "TABLE_GB18030",
    Text("文件不是 UTF-8，已按 GB18030 读取。", "The file is not UTF-8; it was read as GB18030."),
    Text("如有乱码，请另存为 UTF-8。", "If texts look wrong, save it as UTF-8."),
    Level.WARNING,
)
MORE_PROBLEMS = Kind(
    "TABLE_MORE_PROBLEMS",
    Text("另有 {more} 个同类问题未列出。", "{more} more problems of these kinds are not listed."),
    Text("先更正已列出的问题。", "Correct those that are listed first."),
)
EMPTY = Kind(
    "TABLE_EMPTY",
    Text("表格是空的，没有表头。", "The table is empty: there is no header."),
    Text(
        "第一行应为表头，含列 unit 和各度量。",
        "The first row is the header: a column unit and one for each measure.",
    ),
)
NO_ROWS = Kind(
    "TABLE_NO_ROWS",
    Text("表头之下没有数据行。", "There are no rows below the header."),
    Text("每个评价对象和周期写一行。", "Write one row for each unit and period."),
)
BROKEN_QUOTES = Kind(
    "TABLE_BROKEN_QUOTES",
    Text("从此行起引号不成对或字段过长：{reason}。", "Quotes do not close or a field is too long: {reason}."),
    Text(
        '字段中的引号须写两次("")。其后的行未读取。',
        'Double a quote inside a field (""). The rows below were not read.',
    ),
)
RAGGED_ROW = Kind(
    "TABLE_RAGGED_ROW",
    Text(
        "该行有 {found} 个字段，表头有 {expected} 个。", "The row has {found} fields, the header {expected}."
    ),
    Text(
        "补齐或删去字段；含分隔符的文本须加引号。", "Add or remove fields; quote texts that hold separators."
    ),
)
NO_UNIT_COLUMN = Kind(
    "TABLE_NO_UNIT_COLUMN",
    Text("没有评价对象列；读到的列为：{found}。", "There is no unit column; the columns found are: {found}."),
    Text(
        "加一列 unit（或“单位”“评价对象”），列间用逗号、分号或制表符。",
        "Add a column named unit; separate columns with commas, semicolons or tabs.",
    ),
)
NO_PERIOD_COLUMN = Kind(
    "TABLE_NO_PERIOD_COLUMN",
    Text(
        "对象出现多次，却没有周期列；读不懂的列：{found}。",
        "Units occur several times, but there is no period column; columns that are not known: {found}.",
    ),
    Text("请将周期列命名为 period（或“周期”“考核周期”）。", "Name the column of the periods `period`."),
)
UNKNOWN_COLUMN = Kind(
    "TABLE_UNKNOWN_COLUMN",
    Text(
        "评价体系 {scheme} 不读取列“{found}”{suggestion_zh}。",
        "The scheme {scheme} reads no column “{found}”{suggestion_en}.",
    ),
    Text("改用度量的代码或标题，或删去该列。", "Use a measure's code or title, or remove the column."),
)
UNNAMED_COLUMN = Kind(
    "TABLE_UNNAMED_COLUMN",
    Text("第 {number} 列有数据但没有列名。", "Column {number} holds data but has no name."),
    Text("写上列名或删去数据。", "Name it or remove its data."),
)
DUPLICATE_COLUMN = Kind(
    "TABLE_DUPLICATE_COLUMN",
    Text(
        "列“{header}”与列“{first}”指同一内容（{name}）。",
        "Columns “{header}” and “{first}” are the same ({name}).",
    ),
    Text("只保留一列。", "Keep one of them."),
)
AMBIGUOUS_COLUMN = Kind(
    "TABLE_AMBIGUOUS_COLUMN",
    Text("列名“{header}”可指：{meanings}。", "The column name “{header}” may mean: {meanings}."),
    Text("改用其中一个代码。", "Use one of these codes."),
)
EMPTY_UNIT = Kind(
    "TABLE_EMPTY_UNIT",
    Text("该行没有评价对象。", "The row names no unit."),
    Text("填写评价对象或删去该行。", "Name the unit or remove the row."),
)
EMPTY_PERIOD = Kind(
    "TABLE_EMPTY_PERIOD",
    Text("该行没有周期，而其他行有。", "The row names no period, though others do."),
    Text("填写周期。", "Name the period."),
)
DUPLICATE_ROW = Kind(
    "TABLE_DUPLICATE_ROW",
    Text(
        "评价对象“{unit}”周期“{period}”已在第 {first} 行出现。",
        "Unit “{unit}” in period “{period}” stands in row {first} already.",
    ),
    Text("每个评价对象每个周期只写一行。", "Write one row for each unit and period."),
)
NOT_A_NUMBER = Kind(
    "TABLE_NOT_A_NUMBER",
    Text("“{cell}”不是数值。", "“{cell}” is not a number."),
    Text(
        "写作 98.5 这样的数；未测量则留空，不适用写 n/a。",
        "Write a number such as 98.5; leave the cell empty if nothing was measured, "
        "write n/a if it does not concern the unit.",
    ),
)
FULL_WIDTH = Kind(
    "TABLE_FULL_WIDTH",
    Text("“{cell}”含全角或特殊符号。", "“{cell}” has full-width or typographic characters."),
    Text("改用半角：{plain}。", "Write {plain}."),
)
THOUSANDS_SEPARATOR = Kind(
    "TABLE_THOUSANDS_SEPARATOR",
    Text(
        "“{cell}”含千位分隔符或小数逗号。",
        "“{cell}” has a thousands separator or a decimal comma.",
    ),
    Text("只用数字和小数点，例如 1234.5。", "Use digits and a decimal point alone, e.g. 1234.5."),
)
NOT_FINITE = Kind(
    "TABLE_NOT_FINITE",
    Text("“{cell}”不是有限的数。", "“{cell}” is not a finite number."),
    Text(
        "未测量则留空，不适用写 n/a。",
        "Leave the cell empty if nothing was measured, write n/a if it does not concern the unit.",
    ),
)
NUMBER_TOO_LONG = Kind(
    "TABLE_NUMBER_TOO_LONG",
    Text("数值“{cell}”过长或指数过大。", "The number “{cell}” is too long or its exponent too large."),
    Text("至多 60 个字符，指数至多两位。", "At most 60 characters, an exponent of at most two digits."),
)
PERCENT_REFUSED = Kind(
    "TABLE_PERCENT_REFUSED",
    Text(
        "“{cell}”带 %，但 {measure} 不是比率。",
        "“{cell}” carries %, but {measure} is no rate.",
    ),
    Text("按其单位（分、次数等）填写，不带 %。", "Write it in its own unit (points, a count …), without %."),
)
RATE_ABOVE_ONE = Kind(
    "TABLE_RATE_ABOVE_ONE",
    Text(
        "{measure} 是比率，“{cell}”大于 1 且不带 %。",
        "{measure} is a rate, and “{cell}” is beyond 1 without %.",
    ),
    Text(
        "如指百分之 {cell}，写作 {cell}%；否则写作 0 到 1 的小数。",
        "Write {cell}% if percent is meant, otherwise a fraction from 0 to 1.",
    ),
)
MIXED_PERCENT = Kind(
    "TABLE_MIXED_PERCENT",
    Text(
        "{measure} 列的其他单元格带 %，而“{cell}”大于 1 且不带 %。",
        "Other cells of {measure} carry %, but “{cell}” is beyond 1 without %.",
    ),
    Text(
        "整列用同一写法：如指百分之 {cell}，写作 {cell}%；否则各格都不带 %。",
        "Write the column in one way: {cell}% if percent is meant, otherwise no cell with %.",
    ),
)
RATE_OUT_OF_RANGE = Kind(
    "TABLE_RATE_OUT_OF_RANGE",
    Text(
        "{measure} 应在 {low} 到 {high} 之间，而此处为“{cell}”。",
        "{measure} lies between {low} and {high}; this is “{cell}”.",
    ),
    Text("更正该值。", "Correct the value."),
)
NEGATIVE_COUNT = Kind(
    "TABLE_NEGATIVE_COUNT",
    Text("{measure} 是次数，不能为负：“{cell}”。", "{measure} is a count and cannot be negative: “{cell}”."),
    Text("更正该值。", "Correct the value."),
)
ABSENT_COLUMNS = Kind(
    "TABLE_ABSENT_COLUMNS",
    Text(
        "以下度量没有列，按缺失处理：{measures}。",
        "No column for these measures, taken as missing: {measures}.",
    ),
    Text("如有数据请加列。", "Add columns if there are data."),
    Level.WARNING,
)
UNKNOWN_VARIANT = Kind(
    "TABLE_UNKNOWN_VARIANT",
    Text(
        "评价体系没有 {attribute} 为“{value}”的变体，{rows} 行使用通用权重（已知：{known}）。",
        "The scheme has no variant for {attribute} “{value}”; {rows} rows use its own weights "
        "(known: {known}).",
    ),
    Text("核对该值的写法。", "Check how the value is written."),
    Level.WARNING,
)
VARIANT_NOT_GIVEN = Kind(
    "TABLE_VARIANT_NOT_GIVEN",
    Text(
        "{rows} 行没有 {attribute}，使用通用权重。",
        "{rows} rows have no {attribute} and use the scheme's own weights.",
    ),
    Text("加一列 {attribute}，取值：{known}。", "Fill a column {attribute} with one of: {known}."),
    Level.WARNING,
)
PERIODS_OF_NO_CALENDAR = Kind(
    "TABLE_PERIODS_OF_NO_CALENDAR",
    Text(
        "周期“{period}”不属于评价体系的考核日历（{calendars}），各周期按首次出现的顺序排列。",
        "Period “{period}” is of no calendar of the scheme ({calendars}); "
        "periods are taken in order of first appearance.",
    ),
    Text("例如写作 2025-01、2025-Q1 或 2025。", "Write codes such as 2025-01, 2025-Q1 or 2025."),
    Level.WARNING,
)
