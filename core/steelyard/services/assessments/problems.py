"""What can be wrong with assessments."""

from __future__ import annotations

from steelyard.errors import Kind, Text

ASSESSMENT_NOT_FOUND = Kind(
    "ASSESSMENT_NOT_FOUND",
    Text("没有评估表 {number}。", "There is no assessment {number}."),
    Text("请检查编号与权限范围。", "Check the number and what you may see."),
)
ASSESSMENT_EXISTS = Kind(
    "ASSESSMENT_EXISTS",
    Text(
        "{rater} 对 {unit} 在 {period} 已有未完成的评估表 {number}。",
        "{rater} has an unfinished assessment of {unit} in {period} already: {number}.",
    ),
    Text("请继续填写该表，或先作废其草稿。", "Go on with that one, or discard its draft first."),
)
ASSESSMENT_CHANGED = Kind(
    "ASSESSMENT_CHANGED",
    Text(
        "评估表 {number} 已从第 {given} 版改为第 {found} 版；其间改动：{changed}。",
        "Assessment {number} is at revision {found}, not {given}; changed since: {changed}.",
    ),
    Text("请读取最新内容后再保存。", "Read it as it is now, and save again."),
)
ASSESSMENT_STATE = Kind(
    "ASSESSMENT_STATE",
    Text(
        "评估表 {number} 的状态是 {state}，此操作需要 {expected}。",
        "Assessment {number} is {state}; this needs it to be {expected}.",
    ),
    Text("请先完成前一步。", "Do what comes before."),
)
ASSESSMENT_EMPTY = Kind(
    "ASSESSMENT_EMPTY",
    Text("评估表 {number} 没有填写任何项目。", "Assessment {number} says nothing of any item."),
    Text("请至少填写一项再提交。", "Fill in one item at least before you submit it."),
)
ASSESSMENT_RATER_TYPE = Kind(
    "ASSESSMENT_RATER_TYPE",
    Text(
        "评价体系 {scheme} 没有评估人类型“{found}”{suggestion_zh}。",
        "Scheme {scheme} has no rater type `{found}`{suggestion_en}.",
    ),
    Text("可用的类型：{known}。", "Its rater types: {known}."),
)
ASSESSMENT_OWN_UNIT = Kind(
    "ASSESSMENT_OWN_UNIT",
    Text(
        "{unit} 的得分也评价 {rater}，评价体系 {scheme} 不接受这样的评估表。",
        "The scores of {unit} rate {rater}, and scheme {scheme} takes no such sheet.",
    ),
    Text("请由不受该得分评价的人员评估。", "Let somebody assess it whom these scores do not rate."),
)
ASSESSMENT_SELF_APPROVAL = Kind(
    "ASSESSMENT_SELF_APPROVAL",
    Text(
        "评估表 {number} 由 {rater} 填写，不能由同一人批准。",
        "Assessment {number} was filled in by {rater}; the same person does not approve it.",
    ),
    Text(
        "请由另一位有此权限的人批准；代他人录入时请注明评估人。",
        "Let somebody else with the permission approve it; name the rater where you enter another's sheet.",
    ),
)
ASSESSMENT_NOT_YOURS = Kind(
    "ASSESSMENT_NOT_YOURS",
    Text(
        "评估表 {number} 是 {rater} 的，他人不能修改。",
        "Assessment {number} is {rater}'s; others do not change it.",
    ),
    Text("请填写您自己的评估表。", "Fill in a sheet of your own."),
)
ASSESSMENT_TEXT_TOO_LONG = Kind(
    "ASSESSMENT_TEXT_TOO_LONG",
    Text("{field} 有 {length} 个字符，最多 {most} 个。", "{field} has {length} characters; {most} at most."),
    Text("请写得短一些。", "Make it shorter."),
)
ASSESSMENT_LINE_TWICE = Kind(
    "ASSESSMENT_LINE_TWICE",
    Text("度量 {measure} 给出了两次。", "The measure {measure} is given twice."),
    Text("请只保留一行。", "Keep one line."),
)
POINTS_OUT_OF_RANGE = Kind(
    "ASSESSMENT_POINTS_OUT_OF_RANGE",
    Text(
        "{measure} 的得分 {found} 不在 0 到满分 {full} 之间。",
        "The points of {measure}, {found}, do not lie between 0 and the full mark {full}.",
    ),
    Text("请改正得分。", "Correct the points."),
)
ASSESSMENT_FORM_UNKNOWN = Kind(
    "ASSESSMENT_FORM_UNKNOWN",
    Text("这不是由 Steelyard 生成的评估表文件。", "This file is no form that Steelyard made."),
    Text(
        "请用 `steelyard assessment form` 生成空表，保留其隐藏的工作表与列。",
        "Make one with `steelyard assessment form`, and keep its hidden sheet and column.",
    ),
)
ASSESSMENT_FORM_VERSION = Kind(
    "ASSESSMENT_FORM_VERSION",
    Text(
        "该表按评价体系 {scheme} 的版本 {found} 生成，现用版本为 {expected}，内容不同。",
        "The form is of version {found} of scheme {scheme}; version {expected} here has other content.",
    ),
    Text("请生成新的空表并转抄。", "Make a new blank form and copy what was filled in."),
)
ASSESSMENT_FORM_CELL = Kind(
    "ASSESSMENT_FORM_CELL",
    Text(
        "单元格 {cell} 的内容“{found}”不能读作数值。",
        "The cell {cell} holds `{found}`, which is no plain value.",
    ),
    Text("请直接填写数值或 n/a，不用公式与日期。", "Write a number or n/a, neither a formula nor a date."),
)
ASSESSMENT_FORM_HEAD = Kind(
    "ASSESSMENT_FORM_HEAD",
    Text("表头（第 {line} 行）中没有“{head}”列。", "The row of heads, {line}, has no column `{head}`."),
    Text("请恢复该列及其表头。", "Bring back the column, or what its head says."),
)
ASSESSMENT_FORM_HEAD_TWICE = Kind(
    "ASSESSMENT_FORM_HEAD_TWICE",
    Text("表头“{head}”出现多次：{cells}。", "The head `{head}` is there several times: {cells}."),
    Text("请只保留一列。", "Keep one of the columns."),
)
ASSESSMENT_FORM_TABLES = Kind(
    "ASSESSMENT_FORM_TABLES",
    Text("文件中有多张填写的表：{sheets}。", "The file has several tables of items: {sheets}."),
    Text("请只保留一张工作表。", "Keep one of the sheets."),
)
ASSESSMENT_FORM_ROW = Kind(
    "ASSESSMENT_FORM_ROW",
    Text(
        "单元格 {cell} 填了“{found}”，但该行不是可填写的项目。",
        "The cell {cell} holds `{found}`, and its row is none of the items to be filled in.",
    ),
    Text(
        "请填到项目所在的行并清空此格；若隐藏的列被改动，请用新的空表。",
        "Write it in the row of its item and clear this cell; where the hidden column was changed, "
        "use a new blank form.",
    ),
)
ASSESSMENT_FORM_ROW_MISSING = Kind(
    "ASSESSMENT_FORM_ROW_MISSING",
    Text("表中没有度量 {measure} 的行。", "The form has no row of the measure {measure}."),
    Text(
        "请恢复被删除的行；没有结果的项目请留空。",
        "Bring back the row that was deleted; leave points empty where there are none.",
    ),
)
ASSESSMENT_FORM_MERGED = Kind(
    "ASSESSMENT_FORM_MERGED",
    Text("得分的单元格 {cells} 被合并。", "The cells {cells}, with points, are merged."),
    Text("请取消合并，每行各填一个得分。", "Take them apart, and fill in each row's own points."),
)
EVIDENCE_KIND = Kind(
    "EVIDENCE_KIND",
    Text(
        "文件“{file}”（{size} 字节）不是可用的依据：只收图片、PDF、XLSX、DOCX 与纯文本，最大 {most} 字节。",
        "The file `{file}` ({size} bytes) is not taken: images, PDF, XLSX, DOCX and plain text are, "
        "up to {most} bytes.",
    ),
    Text("请转换或压缩后再上传。", "Convert it or make it smaller."),
)
EVIDENCE_TOO_MANY = Kind(
    "EVIDENCE_TOO_MANY",
    Text("评估表 {number} 已有 {most} 个文件。", "Assessment {number} has {most} files already."),
    Text("请先移除不需要的文件。", "Remove those that are not needed."),
)
EVIDENCE_NOT_FOUND = Kind(
    "EVIDENCE_NOT_FOUND",
    Text("该评估表没有文件 {evidence}。", "The assessment has no file {evidence}."),
    Text("请检查编号。", "Check the number."),
)
