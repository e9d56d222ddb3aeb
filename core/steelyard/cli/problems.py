"""The kinds of problems that a command can have by itself."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

UNREADABLE_FILE = Kind(
    "CLI_UNREADABLE_FILE",
    Text("无法读取文件：{reason}。", "The file cannot be read: {reason}."),
    Text("检查路径和权限。", "Check the path and the permissions."),
)
UNKNOWN_SCHEME = Kind(
    "CLI_UNKNOWN_SCHEME",
    Text(
        "没有名为“{found}”的文件或已安装的评价体系{suggestion_zh}。已安装：{known}。",
        "There is no file and no installed scheme “{found}”{suggestion_en} Installed: {known}.",
    ),
    Text(
        "用 steelyard pack list 查看已安装的指标包；未能载入的指标包：{broken}。",
        "`steelyard pack list` shows the installed packs; packs that could not be loaded: {broken}.",
    ),
)
SCHEME_NOT_LOADED = Kind(
    "CLI_SCHEME_NOT_LOADED",
    Text(
        "没有已安装的评价体系“{found}”{suggestion_zh}；未能载入的指标包：{broken}。",
        "There is no installed scheme “{found}”{suggestion_en}; packs that could not be loaded: {broken}.",
    ),
    Text("`steelyard pack list` 说明原因。", "`steelyard pack list` says why."),
)
RULE_UNDECIDED = Kind(
    "CLI_RULE_UNDECIDED",
    Text(
        "{about}：规则 {rule} 无法判定：{reason_zh}。",
        "{about}: the rule {rule} could not be decided: {reason_en}.",
    ),
    Text("结论未计入该规则；请补齐数据。", "The verdict is without it; record what is missing."),
    Level.WARNING,
)
UNKNOWN_CALENDAR = Kind(
    "CLI_UNKNOWN_CALENDAR",
    Text(
        "没有名为“{found}”的考核日历{suggestion_zh}。已知：{known}。",
        "There is no calendar “{found}”{suggestion_en}. Known: {known}.",
    ),
    Text(
        "更正名称，或安装声明它的指标包；在此之前它不辨认任何周期。",
        "Correct the name or install the pack that declares it; until then it tells no periods.",
    ),
    Level.WARNING,
)
ABSENT_COUNTS = Kind(
    "CLI_ABSENT_COUNTS",
    Text(
        "规则读取的以下度量没有列，按完整且为 0 处理：{measures}。",
        "No column for these measures of rules, taken as complete and 0: {measures}.",
    ),
    Text(
        "如有数据请加列；未知的写空单元格。",
        "Add columns if there are data; leave cells empty where unknown.",
    ),
    Level.WARNING,
)
UNIT_WITHOUT_ROLE = Kind(
    "CLI_UNIT_WITHOUT_ROLE",
    Text("给出了 --unit，却没有给出 --role。", "There is a --unit, but no --role to hold there."),
    Text(
        "请加 --role；如要限制令牌的范围，请用 --only-unit。",
        "Add --role; to limit the token itself use --only-unit.",
    ),
)
INTERNAL = Kind(
    "INTERNAL_ERROR",
    Text(
        "Steelyard 内部故障 {id}（{type}），详情在 {log}。",
        "A fault of Steelyard itself, {id} ({type}); details are in {log}.",
    ),
    Text("请把该文件交给维护者。", "Please hand that file to the maintainers."),
)
TOO_LARGE = Kind(
    "CLI_TOO_LARGE",
    Text("文件超过 {limit} 字节。", "The file has more than {limit} bytes."),
    Text("请按周期拆成几个文件。", "Split it, for example by period."),
)
UNWRITABLE_OUTPUT = Kind(
    "CLI_UNWRITABLE_OUTPUT",
    Text("无法写出结果：{reason}。", "The output cannot be written: {reason}."),
    Text("检查磁盘空间与输出去向，然后重试。", "Check where it goes and the room there, then try again."),
)
PART_UNREADABLE = Kind(
    "CLI_PART_UNREADABLE",
    Text("无法读取日历的一段“{found}”。", "The part `{found}` of a calendar cannot be read."),
    Text(
        "请写成 代码,MM-DD,MM-DD,中文名,英文名。",
        "Write CODE,MM-DD,MM-DD,Chinese title,English title.",
    ),
)
STANDARD_UNREADABLE = Kind(
    "CLI_STANDARD_UNREADABLE",
    Text("无法读取标准“{found}”。", "The pass line or target `{found}` cannot be read."),
    Text(
        "请写成 指标=70%、指标=70%@对象 或 指标=70%@属性=取值。",
        "Write NODE=70%, NODE=70%@UNIT or NODE=70%@attribute=value.",
    ),
)
POLICY_UNREADABLE = Kind(
    "CLI_POLICY_UNREADABLE",
    Text("无法读取策略的值“{found}”。", "The value `{found}` of a policy cannot be read."),
    Text(
        "peer_minimum 写一个整数，retention、objection_days、notice_days 写 employee=365、file=15"
        " 这样的天数。",
        "peer_minimum takes a whole number; retention, objection_days and notice_days take days such as"
        " employee=365 or file=15.",
    ),
)
FILE_EXISTS = Kind(
    "CLI_FILE_EXISTS",
    Text("文件已存在。", "The file is there already."),
    Text("请另选文件名，或先移走它。", "Choose another name, or move it away first."),
)
FILE_UNWRITABLE = Kind(
    "CLI_FILE_UNWRITABLE",
    Text("无法写入文件：{reason}。", "The file cannot be written: {reason}."),
    Text("检查路径和权限。", "Check the path and the permissions."),
)
AT_LEAST_MORE = Text("至少另有 {count} 个问题未列出。", "At least {count} more problems are not listed.")
MORE_PROBLEMS = Text("另有 {count} 个问题未列出。", "{count} more problems are not listed.")
MORE_UNDECIDED = Text("… 另有 {count} 条规则无法判定。", "… and {count} more undecided rules.")
ADAPTER_UNKNOWN = Kind(
    "ADAPTER_UNKNOWN",
    Text("没有名为“{adapter}”的适配器。", "There is no adapter `{adapter}`."),
    Text("请给出文件，或用 --adapter 选择：{known}。", "Name a file, or choose with --adapter: {known}."),
)
ADAPTER_OPTION = Kind(
    "ADAPTER_OPTION",
    Text("适配器没有选项“{option}”。", "The adapter has no option `{option}`."),
    Text("请写成 --option 名称=值；选项：{known}。", "Write --option NAME=VALUE; it knows: {known}."),
)
THRESHOLD_UNREADABLE = Kind(
    "CLI_THRESHOLD_UNREADABLE",
    Text("无法读取阈值“{found}”。", "The threshold `{found}` cannot be read."),
    Text("请写成 指标=分数，例如 FD.CORE=70。", "Write NODE=SCORE, such as FD.CORE=70."),
)
EXPORT_WITHOUT_UNITS = Kind(
    "EXPORT_WITHOUT_UNITS",
    Text(
        "没有符合所有条件的评价对象，文件只有表头。",
        "No unit meets all conditions: the file has heads alone.",
    ),
    Text("请放宽条件，或换一个周期。", "Ask for less, or for another period."),
    Level.WARNING,
)
