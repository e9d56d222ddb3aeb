"""Problems of record tables, measures and generators."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

RECORD_NAME = Kind(
    "PACK_RECORD_NAME",
    Text(
        "“{found}”不能作为表或列的名称。",
        "“{found}” cannot name a table or a column.",
    ),
    Text(
        "请用小写字母开头的小写字母、数字和下划线（至多 60 个）；row、unit_id、day 由系统使用。",
        "Use lower-case letters, digits and underscores, a letter first, 60 at most; "
        "`row`, `unit_id` and `day` are taken.",
    ),
)
RECORD_DUPLICATE = Kind(
    "PACK_RECORD_DUPLICATE",
    Text("{what_zh}“{name}”出现两次。", "The {what_en} “{name}” occurs twice."),
    Text("请改名，或删去其中之一。", "Rename one of them, or leave it out."),
)
RECORD_HEADER_CLASH = Kind(
    "PACK_RECORD_HEADER_CLASH",
    Text(
        "列 {column} 与 {other} 都认表头“{found}”（不计大小写与空格）。",
        "The columns {column} and {other} both answer to the header “{found}” (case and spaces aside).",
    ),
    Text("请让每个表头只属于一列。", "Let each header belong to one column."),
)
RECORD_HEADER_RESERVED = Kind(
    "PACK_RECORD_HEADER_RESERVED",
    Text(
        "表头“{found}”以 steelyard: 开头，该前缀由退回文件使用。",
        "The header “{found}” begins with `steelyard:`, as the columns of rejects files do.",
    ),
    Text("请换一个表头。", "Use another header."),
)
RECORD_UNKNOWN_COLUMN = Kind(
    "PACK_RECORD_UNKNOWN_COLUMN",
    Text(
        "表 {table} 没有列 {found}{suggestion_zh}；现有：{known}。",
        "The table {table} has no column {found}{suggestion_en}: {known}.",
    ),
    Text("请改正列名，或声明该列。", "Correct the name, or declare the column."),
)
RECORD_UNKNOWN_TABLE = Kind(
    "PACK_RECORD_UNKNOWN_TABLE",
    Text(
        "records.yaml 中没有表 {found}{suggestion_zh}；现有：{known}。",
        "There is no table {found} in records.yaml{suggestion_en}: {known}.",
    ),
    Text("请改正表名，或声明该表。", "Correct the name, or declare the table."),
)
RECORD_NOT_REQUIRED = Kind(
    "PACK_RECORD_NOT_REQUIRED",
    Text(
        "列 {column} 用作表 {table} 的 {role}，但不是必填。",
        "The column {column} is the {role} of {table}, and is not required.",
    ),
    Text("请为该列写 required: true。", "Write `required: true` for the column."),
)
RECORD_COLUMN_TYPE = Kind(
    "PACK_RECORD_COLUMN_TYPE",
    Text(
        "{what} 用到列 {column}，其类型为 {found}，应为 {expected}。",
        "{what} uses the column {column}, which is of type {found}, not {expected}.",
    ),
    Text("请改用另一列，或改正其类型。", "Use another column, or correct its type."),
)
RECORD_DERIVED_TYPE = Kind(
    "PACK_RECORD_DERIVED_TYPE",
    Text(
        "列 {column} 的类型为 duration；文件中没有这样的列。",
        "The column {column} is of type `duration`, which no file has.",
    ),
    Text(
        "请在 derived 中由两个日期或时间列得出它。",
        "Derive it from two dates or times under `derived`.",
    ),
)
RECORD_CHOICES = Kind(
    "PACK_RECORD_CHOICES",
    Text(
        "列 {column} 的类型为 {type}，与它的 choices 不符。",
        "The choices of the column {column} do not go with its type, {type}.",
    ),
    Text(
        "类型 choice 须有 choices，其他类型不得有。",
        "A column of type `choice` has choices; others have none.",
    ),
)
RECORD_UNKNOWN_CHOICE = Kind(
    "PACK_RECORD_UNKNOWN_CHOICE",
    Text(
        "列 {column} 没有选项 {found}{suggestion_zh}；现有：{known}。",
        "The column {column} has no choice {found}{suggestion_en}: {known}.",
    ),
    Text("请写选项的代码。", "Write the code of a choice."),
)
RECORD_CHOICE_CLASH = Kind(
    "PACK_RECORD_CHOICE_CLASH",
    Text(
        "列 {column} 的选项 {choice} 与 {other} 都写作“{found}”（不计大小写与空格）。",
        "The choices {choice} and {other} of {column} are both written “{found}” (case and spaces aside).",
    ),
    Text("请让每个写法只属于一个选项。", "Let each way of writing belong to one choice."),
)
RECORD_BOUNDS = Kind(
    "PACK_RECORD_BOUNDS",
    Text(
        "列 {column} 的 at_least 与 at_most 不可用：{reason_zh}。",
        "The bounds of the column {column} cannot stand: {reason_en}.",
    ),
    Text(
        "界限只用于 integer 与 decimal，at_least 不大于 at_most。",
        "Bounds are for `integer` and `decimal`, and `at_least` is not above `at_most`.",
    ),
)
RECORD_PLACES = Kind(
    "PACK_RECORD_PLACES",
    Text("列 {column} 的 places 为 {found}。", "The column {column} has `places: {found}`."),
    Text(
        "places 只用于 decimal，取 0 至 12。",
        "`places` is for `decimal`, from 0 to 12.",
    ),
)
RECORD_OFFSET = Kind(
    "PACK_RECORD_OFFSET",
    Text("“{found}”不是与 UTC 的时差。", "“{found}” is no offset from UTC."),
    Text('请写作 "+08:00" 的形式，至多 14 小时。', 'Write it like "+08:00"; 14 hours at most.'),
)
RECORD_ONE_OF = Kind(
    "PACK_RECORD_ONE_OF",
    Text(
        "此处须恰有 {expected} 之一，现有：{found}。",
        "Exactly one of {expected} belongs here; there is {found}.",
    ),
    Text(
        "请只留一个；需要几个条件时分开写。", "Keep one; where several conditions are meant, write several."
    ),
)
RECORD_TEST = Kind(
    "PACK_RECORD_TEST",
    Text(
        "{test} 不能用于类型为 {type} 的列 {column}；可用：{known}。",
        "`{test}` does not go with the column {column} of type {type}; these do: {known}.",
    ),
    Text("请换一种检验。", "Use another test."),
)
RECORD_OPERAND = Kind(
    "PACK_RECORD_OPERAND",
    Text(
        "“{found}”不是类型为 {type} 的列 {column} 的值。",
        "“{found}” is no value of the column {column} of type {type}.",
    ),
    Text(
        "日期写作 2025-01-31，时间写作 2025-01-31 08:00，数写作 12.5，是否写作 true 或 false。",
        "Dates are written 2025-01-31, times 2025-01-31 08:00, numbers 12.5, flags `true` or `false`.",
    ),
)
RECORD_OUTLIER_TIMES = Kind(
    "PACK_RECORD_OUTLIER_TIMES",
    Text("times 须大于 0，现为 {found}。", "`times` is more than 0; here it is {found}."),
    Text("常用：iqr 1.5，mad 3.5，sigma 3。", "Usual are 1.5 for iqr, 3.5 for mad, 3 for sigma."),
)
MEASURE_UNREAD = Kind(
    "PACK_MEASURE_UNREAD",
    Text(
        "本指标包没有评价体系读取度量 {found}{suggestion_zh}。",
        "No scheme of the pack reads the measure {found}{suggestion_en}.",
    ),
    Text(
        "请核对名称；只供查看的度量请写 note 说明。",
        "Check the name; for one to be looked at, say so in a `note`.",
    ),
    Level.WARNING,
)
MEASURE_MISFIT = Kind(
    "PACK_MEASURE_MISFIT",
    Text(
        "度量 {measure} 由 {sort} 得出，而评价体系 {scheme} 把它读作{as_zh}。",
        "The measure {measure} is a {sort}; the scheme {scheme} reads it as a {as_en}.",
    ),
    Text(
        "请改正度量的种类，或评价体系中的界限与单位。",
        "Correct the kind of the measure, or the lines and units in the scheme.",
    ),
)
MEASURE_SCALE = Kind(
    "PACK_MEASURE_SCALE",
    Text(
        "度量 {measure} 是 0 至 1 的占比，而评价体系 {scheme} 把它与不带 % 的数相比。",
        "The measure {measure} is a share (0 to 1); the scheme {scheme} compares it with numbers without %.",
    ),
    Text("比率的界限请写 %，例如 98%。", "Write the lines of a rate with %, such as 98%."),
    Level.WARNING,
)
VOLUME_MISFIT = Kind(
    "PACK_VOLUME_MISFIT",
    Text(
        "汇总以度量 {measure} 加权，而它由 {sort} 得出，不是数量。",
        "Roll-ups are weighted by the measure {measure}, which is a {sort} and no quantity.",
    ),
    Text("请使用 count、sum 或 distinct 的度量。", "Name a measure that is a count, sum or distinct."),
)
VOLUME_UNKNOWN = Kind(
    "PACK_VOLUME_UNKNOWN",
    Text(
        "汇总以度量“{found}”加权，但 measures.yaml 未声明，也没有指标读取它{suggestion_zh}。",
        "Roll-ups are weighted by `{found}`, which measures.yaml does not have and no indicator"
        " reads{suggestion_en}.",
    ),
    Text(
        "请改正名称；若该数值由人填报，可忽略。",
        "Correct the name; where people enter the figure, nothing is wrong.",
    ),
    Level.WARNING,
)
GENERATOR_TABLE = Kind(
    "PACK_GENERATOR_TABLE",
    Text(
        "生成器所用的表 {found} 不在 records.yaml 中{suggestion_zh}；现有：{known}。",
        "A generator is for the table {found}, which is not in records.yaml{suggestion_en}: {known}.",
    ),
    Text("请改正表名。", "Correct the name of the table."),
)
GENERATOR_TWICE = Kind(
    "PACK_GENERATOR_TWICE",
    Text("表 {table} 有两个生成器。", "The table {table} has two generators."),
    Text("每个表至多一个生成器。", "A table has one generator at most."),
)
