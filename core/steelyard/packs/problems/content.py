"""What does not fit between the files of a pack, or between its cases and what comes out."""

from __future__ import annotations

from steelyard.errors import Kind, Text

FOREIGN_NAME = Kind(
    "PACK_FOREIGN_NAME",
    Text(
        "评分标准 {name} 的名称应以 {pack}. 开头。",
        "The rubric {name} needs a name that begins with {pack}.",
    ),
    Text("请改名。", "Rename it."),
)
UNKNOWN_CALENDAR = Kind(
    "PACK_UNKNOWN_CALENDAR",
    Text(
        "评价体系 {scheme} 使用的日历 {found} 未声明{suggestion_zh}；可用：{known}。",
        "The scheme {scheme} uses the calendar {found}, which nobody declares{suggestion_en}: {known}.",
    ),
    Text(
        "请在 calendars.yaml 中声明它，或改用已有的日历。",
        "Declare it in calendars.yaml, or use one that there is.",
    ),
)
UNKNOWN_RUBRIC = Kind(
    "PACK_UNKNOWN_RUBRIC",
    Text(
        "指标 {node} 使用的 python 评分标准 {found} 未由本指标包注册{suggestion_zh}；已注册：{known}。",
        "The pack does not register the Python rubric {found} of {node}{suggestion_en}; it has {known}.",
    ),
    Text("请用 steelyard_rubrics 注册它。", "Register it with steelyard_rubrics."),
)
UNKNOWN_INDICATOR = Kind(
    "PACK_UNKNOWN_INDICATOR",
    Text(
        "改进建议 {advice} 针对的指标 {found} 不在本指标包的任何评价体系中{suggestion_zh}。",
        "The advice {advice} is for the indicator {found}, which is in no scheme of the pack{suggestion_en}.",
    ),
    Text("请改正指标代码。", "Correct the indicator's code."),
)
DUPLICATE_ADVICE = Kind(
    "PACK_DUPLICATE_ADVICE",
    Text("改进建议的代码 {name} 重复。", "The advice code {name} occurs twice."),
    Text("请给每条建议不同的代码。", "Give each advice a code of its own."),
)
UNKNOWN_SCHEME = Kind(
    "PACK_UNKNOWN_SCHEME",
    Text(
        "所指的评价体系 {found} 不在本指标包中{suggestion_zh}；现有：{known}。",
        "The scheme {found} meant here is not in the pack{suggestion_en}; it has {known}.",
    ),
    Text("请改正名称。", "Correct the name."),
)
DUPLICATE_UNIT = Kind(
    "PACK_DUPLICATE_UNIT",
    Text("样例评价对象 {name} 出现多次。", "The sample unit {name} occurs twice."),
    Text("请给每个对象不同的代码。", "Give each unit a code of its own."),
)
UNKNOWN_PARENT = Kind(
    "PACK_UNKNOWN_PARENT",
    Text(
        "样例评价对象 {unit} 的上级 {found} 没有列在它之前{suggestion_zh}。",
        "The parent {found} of the sample unit {unit} is not listed before it{suggestion_en}.",
    ),
    Text("请先列上级，再列下级。", "List parents before their children."),
)
PLAN_UNKNOWN_NAME = Kind(
    "PACK_PLAN_UNKNOWN_NAME",
    Text(
        "样例改进计划“{plan_zh}”提到的{what_zh} {found} 不存在{suggestion_zh}。",
        "The sample plan “{plan_en}” names the {what_en} {found}, which there is not{suggestion_en}.",
    ),
    Text("现有：{known}。", "There are: {known}."),
)
PLAN_DUPLICATE_CODE = Kind(
    "PACK_PLAN_DUPLICATE_CODE",
    Text("样例改进计划的代码 {name} 重复。", "The code {name} occurs twice in a sample plan."),
    Text("请给每项不同的代码。", "Give each item a code of its own."),
)
CASE_MISMATCH = Kind(
    "PACK_CASE_MISMATCH",
    Text(
        "案例“{case}”：{node} 的 {figure} 应为 {expected}，实为 {actual}。",
        "Case “{case}”: {figure} of {node} is stated as {expected} and comes out as {actual}.",
    ),
    Text("请核对案例与评价体系。", "Check the case and the scheme."),
)
CASE_UNKNOWN_NODE = Kind(
    "PACK_CASE_UNKNOWN_NODE",
    Text(
        "案例“{case}”：评价体系 {scheme} 没有指标 {found}{suggestion_zh}。",
        "Case “{case}”: the scheme {scheme} has no indicator {found}{suggestion_en}.",
    ),
    Text("请改正指标代码。", "Correct the indicator's code."),
)
CASE_UNKNOWN_MEASURE = Kind(
    "PACK_CASE_UNKNOWN_MEASURE",
    Text(
        "案例“{case}”：评价体系 {scheme} 不读取度量 {found}{suggestion_zh}。",
        "Case “{case}”: the scheme {scheme} does not read the measure {found}{suggestion_en}.",
    ),
    Text("请改正度量名称。", "Correct the measure's name."),
)
DUPLICATE_NAME = Kind(
    "PACK_DUPLICATE_NAME",
    Text(
        "本指标包的{what_zh}“{name}”出现两次；另一处：{other}。",
        "The pack has the {what_en} “{name}” twice; the other: {other}.",
    ),
    Text("请改名，或删去其中之一。", "Rename one of them, or leave it out."),
)
UNIT_CYCLE = Kind(
    "PACK_UNIT_CYCLE",
    Text("样例评价对象的上级成环：{circle}。", "The parents of sample units form a circle: {circle}."),
    Text("请断开其中一环。", "Break the circle at one of them."),
)
