"""Problems of one field: unknown, missing, or with a value that it cannot have."""

from __future__ import annotations

from steelyard.errors import Kind, Text

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
    Text("请写成{expected_zh}，如 {example}。", "Write {expected_en}, such as `{example}`."),
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
    Text("格式为“{found}”；应为{expected}。", "The format is `{found}`; expected {expected}."),
    Text("请写format: {expected}。", "Write `format: {expected}`."),
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
FULL_WIDTH_NUMBER = Kind(
    "SCHEME_FULL_WIDTH_NUMBER",
    Text(
        "“{field}”的“{found}”含全角或特殊符号。",
        "`{field}`: `{found}` has full-width or typographic characters.",
    ),
    Text("请改用半角：{plain}。", "Write {plain}."),
)
GROUPED_NUMBER = Kind(
    "SCHEME_GROUPED_NUMBER",
    Text(
        "“{field}”的“{found}”含千位分隔符或小数逗号。",
        "`{field}`: `{found}` has a thousands separator or a decimal comma.",
    ),
    Text("只用数字和小数点，例如1234.5。", "Use digits and a decimal point alone, e.g. 1234.5."),
)
NUMBER_TOO_LONG = Kind(
    "SCHEME_NUMBER_TOO_LONG",
    Text(
        "“{field}”的数值“{found}”过长或指数过大。",
        "`{field}`: the number `{found}` is too long or its exponent too large.",
    ),
    Text(
        "至多60个字符，指数至多两位，大小至多1e30。",
        "At most 60 characters, an exponent of at most two digits, a size of at most 1e30.",
    ),
)
NO_PERCENT_HERE = Kind(
    "SCHEME_NO_PERCENT_HERE",
    Text("“{field}”不带%，现为“{found}”。", "`{field}` carries no %; found `{found}`."),
    Text(
        "请去掉%：分数写在0至100之间，覆盖率写成小数。", "Leave the % out: scores are 0…100, coverage is 0…1."
    ),
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
NEGATIVE_NUMBER = Kind(
    "SCHEME_NEGATIVE_NUMBER",
    Text("“{field}”不能为负：{found}。", "`{field}` cannot be negative: {found}."),
    Text("请写大于0的数。", "Write a number above 0."),
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
NOT_ONE_TEXT = Kind(
    "SCHEME_NOT_ONE_TEXT",
    Text("“{field}”应为一段文字，而不是“{found}”。", "`{field}` has to be one text, not `{found}`."),
    Text("请写成一行文字；true等词请加引号。", "Write it as one text; quote words such as true."),
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
NOT_A_PAIR = Kind(
    "SCHEME_NOT_A_PAIR",
    Text("“{field}”应恰有两个数。", "`{field}` has to be a list of exactly two numbers."),
    Text("例如[80, 60%]。", "Write it like [80, 60%]."),
)
BAND_TO = Kind(
    "SCHEME_BAND_TO",
    Text("等级不写上限“to”。", "A band has no upper bound `to`."),
    Text(
        "等级自from起，到上一个更好的等级为止（不含）；请删去to。",
        "A band reaches from its `from` up to the next better band; leave `to` out.",
    ),
)
