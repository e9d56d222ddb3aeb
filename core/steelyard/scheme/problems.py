"""Every kind of problem that a scheme file can have, with its words in zh and en.

The codes of the first group concern the YAML text, of the second a field's value, of the third what the
fields mean together.  Warnings stand at the end: they stop nothing.
"""

from __future__ import annotations

from steelyard.errors import Kind, Text

# --- the text -----------------------------------------------------------------------------------------

NOT_UTF8 = Kind(
    "SCHEME_NOT_UTF8",
    Text("文件不是UTF-8编码（第{offset}字节起）。", "The file is not UTF-8 (from byte {offset} on)."),
    Text("请以UTF-8编码另存。", "Save it as UTF-8."),
)
UNREADABLE = Kind(
    "SCHEME_UNREADABLE",
    Text("无法读取文件：{reason}。", "The file cannot be read: {reason}."),
    Text("请检查路径与权限。", "Check the path and the permissions."),
)
EMPTY_FILE = Kind(
    "SCHEME_EMPTY_FILE",
    Text("文件中没有内容。", "The file holds nothing."),
    Text(
        "评价体系至少需要format、scheme与indicators。",
        "A scheme needs at least format, scheme and indicators.",
    ),
)
TOO_MANY_CHARACTERS = Kind(
    "SCHEME_TOO_LARGE",
    Text("文件超过{limit}字。", "The file has more than {limit} characters."),
    Text("请拆成几个评价体系。", "Split it into several schemes."),
)
TOO_MANY_NODES = Kind(
    "SCHEME_TOO_MANY_NODES",
    Text("引用展开后超过{limit}个值。", "With its aliases unfolded the file has more than {limit} values."),
    Text("请减少“*”引用。", "Use fewer aliases (*)."),
)
SYNTAX = Kind(
    "SCHEME_YAML_SYNTAX",
    Text("不是合法的YAML（{reason}）。", "This is not valid YAML: {reason}."),
    Text("请检查缩进、冒号、括号与引号。", "Check indentation, colons, brackets and quotes."),
)
TAB = Kind(
    "SCHEME_TAB",
    Text(
        "此处有制表符；YAML只允许用空格分隔与缩进。",
        "There is a tab here; only spaces may indent or separate.",
    ),
    Text("请将制表符换成空格。", "Replace the tab by spaces."),
)
CONTROL_CHARACTER = Kind(
    "SCHEME_CONTROL_CHARACTER",
    Text(
        "此处有不允许的控制字符{character}。",
        "There is a control character {character}, which is not allowed.",
    ),
    Text("请删除该字符。", "Delete the character."),
)
YAML_VERSION = Kind(
    "SCHEME_YAML_VERSION",
    Text("文件声明为YAML {found}；应为1.2。", "The file declares YAML {found}; expected 1.2."),
    Text("请删除%YAML一行。", "Delete the %YAML line."),
)
DUPLICATE_KEY = Kind(
    "SCHEME_DUPLICATE_KEY",
    Text(
        "字段“{key}”出现了两次；首次在第{line}行。", "The key `{key}` is given twice; first in line {line}."
    ),
    Text("请保留其中一个。", "Keep one of them."),
)
KEY_NOT_TEXT = Kind(
    "SCHEME_KEY_NOT_TEXT",
    Text("字段名必须是一个词。", "A key has to be a plain word."),
    Text("请改写为“名称: 值”。", "Write `name: value`."),
)
MERGE_KEY = Kind(
    "SCHEME_MERGE_KEY",
    Text("“<<”不属于YAML 1.2，不予合并。", "`<<` is not part of YAML 1.2 and merges nothing."),
    Text("请直接写出这些字段。", "Write the fields out."),
)
TAG = Kind(
    "SCHEME_TAG",
    Text("不允许使用YAML标签“{tag}”。", "The YAML tag `{tag}` is not allowed."),
    Text("请删除标签；字段决定值的类型。", "Delete the tag; the field decides what its value is."),
)
UNKNOWN_ALIAS = Kind(
    "SCHEME_UNKNOWN_ALIAS",
    Text("引用“*{name}”之前没有锚点“&{name}”。", "The alias `*{name}` follows no anchor `&{name}`."),
    Text("请先定义锚点，或直接写出内容。", "Define the anchor above it, or write the content out."),
)
TWO_ROOTS = Kind(
    "SCHEME_TWO_ROOTS",
    Text(
        "一个评价体系只有一个根；此处是第二个：{found}。",
        "A scheme has one root; this is a second one: {found}.",
    ),
    Text("请只保留一个根，其余拆成各自的文件。", "Keep one root, and give the others their own files."),
)
CYCLE = Kind(
    "SCHEME_CYCLE",
    Text("指标位于自身之下：{path}。", "An indicator stands below itself: {path}."),
    Text("请断开其中一环。", "Break the circle at one of them."),
)
TOO_DEEP = Kind(
    "SCHEME_TOO_DEEP",
    Text("嵌套超过{limit}层。", "This is nested more than {limit} deep."),
    Text("请减少层级。", "Use fewer levels."),
)

# --- one field ----------------------------------------------------------------------------------------

UNKNOWN_FIELD = Kind(
    "SCHEME_UNKNOWN_FIELD",
    Text("此处没有字段“{field}”{suggestion_zh}。", "There is no field `{field}` here{suggestion_en}."),
    Text("可用字段：{known}。", "Known here: {known}."),
)
MISSING_FIELD = Kind(
    "SCHEME_MISSING_FIELD",
    Text("缺少字段“{field}”。", "The field `{field}` is missing."),
    Text("请补上该字段。", "Add it."),
)
EMPTY_VALUE = Kind(
    "SCHEME_EMPTY_VALUE",
    Text("字段“{field}”没有值。", "The field `{field}` has no value."),
    Text("请填写，或删去该字段。", "Give it a value, or leave the field out."),
)
WRONG_SHAPE = Kind(
    "SCHEME_WRONG_SHAPE",
    Text(
        "“{field}”应为{expected_zh}，而不是{found_zh}。", "`{field}` has to be {expected_en}, not {found_en}."
    ),
    Text("请按格式说明改写。", "Write it as the format reference shows."),
)
EMPTY_LIST = Kind(
    "SCHEME_EMPTY_LIST",
    Text(
        "“{field}”至少需要{least}项，现有{found}项。",
        "`{field}` needs at least {least} entries and has {found}.",
    ),
    Text("请补上条目。", "Add what is missing."),
)
UNKNOWN_FORMAT = Kind(
    "SCHEME_UNKNOWN_FORMAT",
    Text("格式为“{found}”；应为steelyard/1。", "The format is `{found}`; expected steelyard/1."),
    Text("请写format: steelyard/1。", "Write `format: steelyard/1`."),
)
UNKNOWN_RUBRIC = Kind(
    "SCHEME_UNKNOWN_RUBRIC",
    Text("没有评分标准“{found}”{suggestion_zh}。", "There is no rubric kind `{found}`{suggestion_en}."),
    Text("可用种类：{known}。", "Known kinds: {known}."),
)
UNKNOWN_RULE = Kind(
    "SCHEME_UNKNOWN_RULE",
    Text("没有规则种类“{found}”{suggestion_zh}。", "There is no rule kind `{found}`{suggestion_en}."),
    Text("可用种类：{known}。", "Known kinds: {known}."),
)
UNKNOWN_AGGREGATE = Kind(
    "SCHEME_UNKNOWN_AGGREGATE",
    Text("没有合成方式“{found}”{suggestion_zh}。", "There is no aggregate `{found}`{suggestion_en}."),
    Text("可用：{known}。", "Known: {known}."),
)
UNKNOWN_VALUE = Kind(
    "SCHEME_UNKNOWN_VALUE",
    Text("“{field}”不能是“{found}”{suggestion_zh}。", "`{field}` cannot be `{found}`{suggestion_en}."),
    Text("可用：{known}。", "Known: {known}."),
)
NOT_A_NUMBER = Kind(
    "SCHEME_NOT_A_NUMBER",
    Text("“{field}”应为数，而不是“{found}”。", "`{field}` has to be a number, not `{found}`."),
    Text("请用半角写法：12.5、1e-3、70%，或$参数名。", "Write it like 12.5, 1e-3, 70% or $parameter."),
)
NO_PARAMETER_HERE = Kind(
    "SCHEME_NO_PARAMETER_HERE",
    Text("“{field}”不能使用参数{found}。", "`{field}` cannot be a parameter ({found})."),
    Text("请直接写数；参数只用于评分标准与规则。", "Write the number; parameters are for rubrics and rules."),
)
RATE_ABOVE_ONE = Kind(
    "SCHEME_RATE_ABOVE_ONE",
    Text("得分率“{found}”大于1且不带%。", "The rate `{found}` is above 1 and carries no %."),
    Text("是否指{found}%？", "Is {found}% meant?"),
)
RATE_OUT_OF_RANGE = Kind(
    "SCHEME_RATE_OUT_OF_RANGE",
    Text(
        "“{field}”应在0%与100%之间，现为“{found}”。", "`{field}` lies between 0% and 100%; found `{found}`."
    ),
    Text("请改为0%至100%之间的值。", "Write a rate between 0% and 100%."),
)
NEGATIVE_WEIGHT = Kind(
    "SCHEME_NEGATIVE_WEIGHT",
    Text("“{field}”不能为负：{found}。", "`{field}` cannot be negative: {found}."),
    Text(
        "扣分请用deduct评分标准或adjust规则。", "To take points away use a deduct rubric or an adjust rule."
    ),
)
NOT_A_NAME = Kind(
    "SCHEME_NOT_A_NAME",
    Text("“{field}”应为一个短名称，而不是“{found}”。", "`{field}` has to be a short name, not `{found}`."),
    Text(
        "名称不超过200字，首尾无空格；true、false等词请加引号。",
        "At most 200 characters, no spaces around it; quote words such as true.",
    ),
)
NOT_A_TEXT = Kind(
    "SCHEME_NOT_A_TEXT",
    Text("“{field}”应为文字或{{zh: …, en: …}}。", "`{field}` has to be a text or {{zh: …, en: …}}."),
    Text("请写出中英文。", "Write it in zh and en."),
)
NOT_A_FLAG = Kind(
    "SCHEME_NOT_A_FLAG",
    Text("“{field}”应为true或false，而不是“{found}”。", "`{field}` has to be true or false, not `{found}`."),
    Text("请写不带引号的true或false。", "Write true or false without quotes."),
)
NOT_A_COUNT = Kind(
    "SCHEME_NOT_A_COUNT",
    Text(
        "“{field}”应为不小于{least}的整数，而不是“{found}”。",
        "`{field}` has to be a whole number from {least} on, not `{found}`.",
    ),
    Text("请写整数。", "Write a whole number."),
)
INVALID_VALUE = Kind(
    "SCHEME_INVALID_VALUE",
    Text("“{field}”的值不可用：{reason}。", "`{field}` cannot be used: {reason}."),
    Text("请按格式说明改写。", "Write it as the format reference shows."),
)
