"""What can be wrong with a request, and how things that are not there are named."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from steelyard.errors import Kind, NotFound, Problem, Text
from steelyard.scheme.suggestion import suggested

NODE_NOT_FOUND = Kind(
    "NODE_NOT_FOUND",
    Text(
        "评价体系 {scheme} 没有指标“{node}”{suggestion_zh}。",
        "Scheme {scheme} has no indicator `{node}`{suggestion_en}.",
    ),
    Text("请使用评价体系中的指标代码。", "Use the code of an indicator of the scheme."),
)
EXPORT_TOO_LONG = Kind(
    "EXPORT_TOO_LONG",
    Text("导出共 {rows} 行，超过上限 {most} 行。", "The export has {rows} rows, more than {most}."),
    Text("请减少评价对象、指标或周期。", "Ask for fewer units, indicators or periods."),
)
EXPORTS_TOO_MANY = Kind(
    "EXPORTS_TOO_MANY",
    Text(
        "等待和生成中的导出文件已满：每个账号至多 {per_account} 个，整个租户至多 {per_tenant} 个。",
        "Too many exports wait or are made; the most are {per_account} of an account, {per_tenant} of the"
        " tenant.",
    ),
    Text("请等已有的导出结束。", "Wait until some are over."),
)
EVALUATIONS_TOO_MANY = Kind(
    "EVALUATIONS_TOO_MANY",
    Text(
        "等待和进行中的评价已满：每个账号至多 {per_account} 个，整个租户至多 {per_tenant} 个。",
        "Too many evaluations wait or go on; the most are {per_account} of an account, {per_tenant} of the"
        " tenant.",
    ),
    Text(
        "请等已有的评价结束；一次评价会处理此前的全部数据。",
        "Wait until some are over: one evaluation covers all data that came before it.",
    ),
)
RECOUNTS_TOO_MANY = Kind(
    "RECOUNTS_TOO_MANY",
    Text(
        "等待和进行中的重新统计已满：每个账号至多 {per_account} 个，整个租户至多 {per_tenant} 个。",
        "Too many roll-ups wait for records to be counted again; the most are {per_account} of an account,"
        " {per_tenant} of the tenant.",
    ),
    Text("请等已有的汇总结束，或一次少问几个。", "Wait until some are over, or ask for fewer at a time."),
)
SEARCHES_TOO_MANY = Kind(
    "SEARCHES_TOO_MANY",
    Text(
        "等待和进行中的路径搜索已满：每个账号至多 {per_account} 个，整个租户至多 {per_tenant} 个。",
        "Too many searches for paths wait or go on; the most are {per_account} of an account, {per_tenant} of"
        " the tenant.",
    ),
    Text("请等已有的搜索结束，或一次少问几个。", "Wait until some are over, or ask for fewer at a time."),
)
NOBODY_SCORED = Kind(
    "NOBODY_SCORED",
    Text(
        "周期 {period} 中没有其他评价对象在指标“{node}”上有得分。",
        "In period {period} no other unit has a score on `{node}`.",
    ),
    Text("请换一个周期，或与别的评价对象比较。", "Ask for another period, or compare with other units."),
)
REVISION_NOT_FOUND = Kind(
    "REVISION_NOT_FOUND",
    Text(
        "评价体系 {scheme} 在周期 {period} 没有您可以看到的第 {revision} 版最终评价。",
        "Scheme {scheme} has no final evaluation of period {period}, revision {revision}, that you may see.",
    ),
    Text(
        "请使用查询 `revisions` 给出的版次；只有能看到全部评价对象的人才能查询。",
        "Use one that the query `revisions` gives, to whoever sees all units.",
    ),
)
PERIOD_WITHOUT_DATA = Kind(
    "PERIOD_WITHOUT_DATA",
    Text(
        "周期 {period} 没有您可以看到的记录。", "Nothing that you may see was recorded for period {period}."
    ),
    Text("该日历最近有数据的周期：{recorded}。", "The latest periods of its calendar with data: {recorded}."),
)
CLOSED_VERSION_UNREADABLE = Kind(
    "CLOSED_VERSION_UNREADABLE",
    Text(
        "周期 {period} 已关闭，评价所用的评价体系 {scheme} 版本 {version} 在此已无法读取：{reason_zh}",
        "Period {period} is closed and was evaluated with version {version} of scheme {scheme}, which cannot"
        " be read here any more: {reason_en}",
    ),
    Text(
        "请重新安装该版本所需的包；评价结果仍保存在库中，未作改动。",
        "Install again what packs that version needs; its results are still stored, unchanged.",
    ),
)
CLOSED_RESULTS_DAMAGED = Kind(
    "CLOSED_RESULTS_DAMAGED",
    Text(
        "周期 {period} 已关闭，但评价体系 {scheme} 在该周期的评价结果（第 {revision} 版）无法读取。",
        "Period {period} is closed, but the results of scheme {scheme} that were stored for it (revision"
        " {revision}) cannot be read.",
    ),
    Text(
        "库中的数据被外部改动或已损坏：请运行 steelyard verify，并从备份恢复。",
        "Rows were changed past Steelyard or are damaged: run `steelyard verify` and restore a backup.",
    ),
)
UNIT_NOT_SCORED = Kind(
    "UNIT_NOT_SCORED",
    Text(
        "评价对象 {unit} 的类型是 {found}，评价体系 {scheme} 只评价 {expected}。",
        "Unit {unit} is a {found}; scheme {scheme} scores units of type {expected}.",
    ),
    Text("请选择该类型的评价对象。", "Choose a unit of that type."),
)
UNIT_NOT_RANKED = Kind(
    "UNIT_NOT_RANKED",
    Text("评价对象 {unit} 不在此排名中。", "Unit {unit} is not in this ranking."),
    Text("请选择参与排名的评价对象。", "Choose one of the units that are ranked."),
)
CALENDAR_NOT_NAMED = Kind(
    "CALENDAR_NOT_NAMED",
    Text(
        "评价体系 {scheme} 不使用日历 {calendar}。",
        "Scheme {scheme} does not use the calendar {calendar}.",
    ),
    Text("可用的日历：{known}。", "It uses: {known}."),
)

MEASURE_NOT_READ = Kind(
    "MEASURE_NOT_READ",
    Text(
        "评价体系 {scheme} 不读取度量“{found}”{suggestion_zh}。",
        "Scheme {scheme} reads no measure `{found}`{suggestion_en}.",
    ),
    Text("请使用评价体系读取的度量名。", "Name a measure that the scheme reads."),
)
MEASUREMENT_EMPTY = Kind(
    "MEASUREMENT_EMPTY",
    Text("度量 {measure} 没有给出值。", "No value is given for measure {measure}."),
    Text("请给出数值，或用 n/a 表示不适用。", "Give a number, or n/a where it does not apply."),
)

SELF_RATING = Kind(
    "SELF_RATING",
    Text(
        "{unit} 的得分也评价您本人，您不能录入其度量。",
        "The scores of {unit} rate yourself, so you may not record what it is measured by.",
    ),
    Text(
        "请由不受该得分评价的人员录入或导入。",
        "Let somebody record or import it whom these scores do not rate.",
    ),
)


IMPORT_UNKNOWN_UNIT = Kind(
    "IMPORT_UNKNOWN_UNIT",
    Text(
        "没有评价对象“{found}”{suggestion_zh}（共 {rows} 行）。",
        "There is no unit `{found}`{suggestion_en}; it has {rows} row(s).",
    ),
    Text(
        "请改正代码，或加 --create-units 建立表中的评价对象。",
        "Correct the code, or let --create-units create the units of the table.",
    ),
)
IMPORT_UNKNOWN_PERIOD = Kind(
    "IMPORT_UNKNOWN_PERIOD",
    Text(
        "“{period}”不是日历 {calendars} 的周期（共 {rows} 行）。",
        "`{period}` is no period of the calendars {calendars}; it has {rows} row(s).",
    ),
    Text("请按日历书写，例如 {example}。", "Write it as the calendar does, for example {example}."),
)
IMPORT_NO_PERIOD = Kind(
    "IMPORT_NO_PERIOD",
    Text("表格没有周期列，也没有指定周期。", "The table has no period column and no period is given."),
    Text("请加上 period 列，或另行指定周期。", "Add a column `period`, or name the period beside the table."),
)
IMPORT_ATTRIBUTE_DIFFERS = Kind(
    "IMPORT_ATTRIBUTE_DIFFERS",
    Text(
        "评价对象“{unit}”的 {attribute} 自 {day} 起既是“{first}”又是“{second}”。",
        "From {day} the {attribute} of unit `{unit}` is both `{first}` and `{second}`.",
    ),
    Text("请改正其中一行。", "Correct one of the rows."),
)

_SEARCHED = 2000
"""How many names are searched for the nearest: looking for it must not become work for an attacker."""


def near(found: str, known: Iterable[str]) -> dict[str, object]:
    """The values `found`, `suggestion_zh` and `suggestion_en` for a message."""
    return {**suggested(found[:100], islice(known, _SEARCHED)), "found": found[:100]}


def not_found(kind: Kind, name: str, found: str, known: Iterable[str], **values: object) -> NotFound:
    """The error for a code that is not there; `name` is what the kind's message calls it."""
    return NotFound(Problem(kind, values={**near(found, known), name: found[:100], **values}))


IMPORT_JOB_NOT_FOUND = Kind(
    "IMPORT_JOB_NOT_FOUND",
    Text("没有导入任务“{job}”。", "There is no import job “{job}”."),
    Text("请使用开始导入时得到的 job。", "Use the job that the start of the import gave."),
)
IMPORT_JOB_LOST = Kind(
    "IMPORT_JOB_LOST",
    Text("执行该导入的进程已无消息。", "Nothing is heard of the process that ran this import."),
    Text(
        "请再次导入同一文件：已导入的内容不会重复。",
        "Import the same file again: what was imported already is not imported twice.",
    ),
)
IMPORT_JOB_BROKEN = Kind(
    "IMPORT_JOB_BROKEN",
    Text("导入任务 {job} 因服务内部故障中止。", "A fault of Steelyard itself stopped the import job {job}."),
    Text("日志中有同一编号；请告诉管理员。", "Tell an administrator; the log has it under this name."),
)
STANDING_LOST = Kind(
    "STANDING_LOST",
    Text(
        "开始执行时，发起人的账号已停用，或其令牌已被撤销。",
        "When this was to begin, the account of whoever asked for it was suspended, or its token revoked.",
    ),
    Text(
        "未执行任何操作；请用有效的账号重新发起。", "Nothing was done; ask again with an account that stands."
    ),
)
IMPORT_JOBS_TOO_MANY = Kind(
    "IMPORT_JOBS_TOO_MANY",
    Text(
        "等待和执行中的导入任务已满：每个账号至多 {per_account} 个，整个租户至多 {per_tenant} 个。",
        "Too many imports wait or run; the most are {per_account} of an account, {per_tenant} of the tenant.",
    ),
    Text("请等已有的导入结束，或取消其中的一些。", "Wait until some are over, or cancel some."),
)
UPLOADS_TOO_MANY = Kind(
    "UPLOADS_TOO_MANY",
    Text(
        "同时进行的上传过多：每个账号至多 {per_account} 个，整个租户至多 {per_tenant} 个。",
        "Too many uploads go on; the most are {per_account} of an account, {per_tenant} of the tenant.",
    ),
    Text("请等已有的上传结束。", "Wait until some are over."),
)
DISK_FULL = Kind(
    "DISK_FULL",
    Text("磁盘空间不足，未保存任何内容。", "There is too little room on the disk; nothing was kept."),
    Text("请管理员清出空间，然后重试。", "Let an administrator make room, then try again."),
)
