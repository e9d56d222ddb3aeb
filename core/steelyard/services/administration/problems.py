"""What can be wrong with an administrative change, and what verification finds."""

from __future__ import annotations

from steelyard.errors import Kind, Text

REASON_REQUIRED = Kind(
    "REASON_REQUIRED",
    Text("没有说明理由。", "No reason is given."),
    Text("请写明为什么这样做；理由会留在操作记录中。", "Say why; the reason stays with the act."),
)
TEXT_EMPTY = Kind(
    "TEXT_EMPTY",
    Text("{field} 是空的。", "{field} is empty."),
    Text("请填写。", "Fill it in."),
)
TEXT_TOO_LONG = Kind(
    "TEXT_TOO_LONG",
    Text(
        "{field} 有 {found} 个字符，最多 {most} 个。",
        "{field} has {found} characters; at most {most} are kept.",
    ),
    Text("请缩短。", "Shorten it."),
)
TEXT_UNPRINTABLE = Kind(
    "TEXT_UNPRINTABLE",
    Text("{field} 含有控制字符或不成对的代理字符。", "{field} has control characters or half a character."),
    Text("请删去。", "Leave them out."),
)
SECOND_PERSON = Kind(
    "SECOND_PERSON",
    Text(
        "草案 {proposal} 由 {drafter} 提出，不能由同一人批准或驳回。",
        "Proposal {proposal} was drafted by {drafter}; the same person does not decide on it.",
    ),
    Text(
        "请由另一位有此权限的人决定；提出者可以撤回。",
        "Somebody else with the permission decides; who drafted it may withdraw it.",
    ),
)
ONLY_THE_DRAFTER = Kind(
    "ONLY_THE_DRAFTER",
    Text("草案 {proposal} 只能由提出者撤回。", "Proposal {proposal} is withdrawn by who drafted it only."),
    Text("可以改为驳回。", "It can be rejected instead."),
)
PROPOSAL_NOT_FOUND = Kind(
    "PROPOSAL_NOT_FOUND",
    Text("没有草案 {proposal}。", "There is no proposal {proposal}."),
    Text("请查看待定的草案。", "Look at the proposals that wait."),
)
PROPOSAL_DECIDED = Kind(
    "PROPOSAL_DECIDED",
    Text("草案 {proposal} 已是“{state}”。", "Proposal {proposal} is already {state}."),
    Text("如仍需要，请重新提出。", "Draft it anew if it is still wanted."),
)
PROPOSAL_OUTDATED = Kind(
    "PROPOSAL_OUTDATED",
    Text(
        "草案 {proposal} 提出之后情况有变：{changed_zh}",
        "Proposal {proposal} does not fit what is there now: {changed_en}",
    ),
    Text("请驳回它，如仍需要请重新提出。", "Reject it, and draft it anew if it is still wanted."),
)
PROPOSAL_ALTERED = Kind(
    "PROPOSAL_ALTERED",
    Text(
        "草案 {proposal} 与操作记录中提出时的内容不同。",
        "Proposal {proposal} is not what it was when the act of drafting it was recorded.",
    ),
    Text(
        "有人绕过程序改动了数据库；请运行 steelyard verify。",
        "Somebody changed the database by hand: run `steelyard verify`.",
    ),
)
POLICY_UNKNOWN = Kind(
    "POLICY_UNKNOWN",
    Text("没有名为“{found}”的策略{suggestion_zh}。", "There is no policy `{found}`{suggestion_en}."),
    Text("可用：{known}。", "There are: {known}."),
)
POLICY_DEED = Kind(
    "POLICY_DEED",
    Text(
        "“{found}”不是可以要求双人复核的操作{suggestion_zh}。",
        "`{found}` is no deed for which a second person can be asked{suggestion_en}.",
    ),
    Text("可用：{known}。", "Choose from: {known}."),
)
POLICY_VALUE = Kind(
    "POLICY_VALUE",
    Text("策略 {policy} 不能是 {found}。", "The policy {policy} cannot be {found}."),
    Text("应为{expected_zh}。", "Give {expected_en}."),
)
CODE_INVALID = Kind(
    "CODE_INVALID",
    Text("{field} 不能是“{found}”。", "{field} cannot be `{found}`."),
    Text(
        "代码不含空白、不可见字符和冒号，不混用拉丁、西里尔、希腊字母，不是“.”或“..”，至多 {most} 个字符。",
        "A code has no blanks, colons or characters that do not show, no word of several alphabets, "
        "is not `.` or `..`, and has at most {most} characters.",
    ),
)
UNIT_EXISTS = Kind(
    "UNIT_EXISTS",
    Text("代码 {unit} 已被使用。", "The code {unit} is taken."),
    Text("请另选代码。", "Choose another code."),
)
UNIT_IS_CLOSED = Kind(
    "UNIT_IS_CLOSED",
    Text("评价对象 {unit} 自 {day} 起已关闭。", "Unit {unit} is closed from {day} on."),
    Text("要改日期，请先重新启用。", "Reopen it first to choose another day."),
)
UNIT_IS_OPEN = Kind(
    "UNIT_IS_OPEN",
    Text("评价对象 {unit} 没有关闭。", "Unit {unit} is not closed."),
    Text("无须重新启用。", "There is nothing to reopen."),
)
UNIT_CLOSES_EARLY = Kind(
    "UNIT_CLOSES_EARLY",
    Text("关闭日 {day} 不晚于启用日 {opened}。", "It would close on {day}, not after it opened on {opened}."),
    Text("请选择更晚的日期。", "Choose a later day."),
)
UNIT_HAS_OPEN_UNITS = Kind(
    "UNIT_HAS_OPEN_UNITS",
    Text(
        "{day} 时评价对象 {unit} 之下还有 {count} 个未关闭：{units}。",
        "On {day} unit {unit} has {count} open units below it: {units}.",
    ),
    Text("请先关闭或移走它们。", "Close or move them first."),
)
PERSON_NOT_FOUND = Kind(
    "PERSON_NOT_FOUND",
    Text("没有代号为 {person} 的人员。", "There is no person {person}."),
    Text("请检查代号。", "Check the pseudonym."),
)
PERSON_EXISTS = Kind(
    "PERSON_EXISTS",
    Text("代号 {person} 已被使用。", "The pseudonym {person} is taken."),
    Text("请另选代号，或不写而由系统生成。", "Choose another one, or leave it out to have one drawn."),
)
REFERENCE_EXISTS = Kind(
    "REFERENCE_EXISTS",
    Text("已有此来源编号的人员：{person}。", "A person of that reference is registered as {person}."),
    Text("请使用该代号。", "Use that pseudonym."),
)
PERSON_ERASED = Kind(
    "PERSON_ERASED",
    Text("{person} 的个人信息已于 {day} 删除。", "{person} was erased on {day}."),
    Text(
        "删除后不再恢复；如有新的人员，请登记新代号。",
        "That is for good; register a new person if there is one.",
    ),
)
CALENDAR_EXISTS = Kind(
    "CALENDAR_EXISTS",
    Text("已有日历 {calendar}。", "There is a calendar {calendar} already."),
    Text(
        "请另选代码；日历建立后不再改变。",
        "Choose another code; a calendar does not change once it is declared.",
    ),
)
PERIODS_EXIST = Kind(
    "PERIODS_EXIST",
    Text(
        "日历 {calendar} 的这些周期都已存在。",
        "All of these periods of calendar {calendar} are there already.",
    ),
    Text("无须新增。", "There is nothing to add."),
)
PERIOD_IS_CLOSED = Kind(
    "PERIOD_IS_CLOSED",
    Text("周期 {period} 已关闭。", "Period {period} is closed already."),
    Text("无须再次关闭。", "There is nothing to close."),
)
PERIOD_IS_OPEN = Kind(
    "PERIOD_IS_OPEN",
    Text("周期 {period} 没有关闭。", "Period {period} is not closed."),
    Text("无须重新打开。", "There is nothing to reopen."),
)
PERIOD_RUNS = Kind(
    "PERIOD_RUNS",
    Text("周期 {period} 到 {end} 才结束。", "Period {period} runs until {end}."),
    Text("请在结束之后关闭。", "Close it once it has ended."),
)
PERIOD_IS_FINAL = Kind(
    "PERIOD_IS_FINAL",
    Text(
        "周期 {period} 已有最终评价（{schemes}），不能就此重新打开。",
        "Period {period} has final evaluations ({schemes}): it is not opened again as it is.",
    ),
    Text(
        "已公布的结果不会悄悄改变。确需更正时，请注明为更正：原结果保留，更正后另成一版。",
        "What was published never changes silently. To correct it, say so: what was published stays, and the"
        " correction becomes a revision of its own.",
    ),
)
MONTH_DAY = Kind(
    "MONTH_DAY",
    Text("“{found}”不是日期。", "`{found}` is no day of the year."),
    Text("请写成 MM-DD，例如 09-01。", "Write MM-DD, such as 09-01."),
)
TENANT_OPERATES = Kind(
    "TENANT_OPERATES",
    Text(
        "租户 {tenant} 运营本系统，不能停用、导出或删除。",
        "The tenant {tenant} operates the installation: it stays.",
    ),
    Text("请选择其他租户。", "Choose another tenant."),
)
TENANT_OPERATOR = Kind(
    "TENANT_OPERATOR",
    Text(
        "只有租户 {tenant} 的管理员管理租户。", "Only administrators of the tenant {tenant} manage tenants."
    ),
    Text("请联系本系统的运营者。", "Ask whoever operates the installation."),
)
TENANT_NOT_CONFIRMED = Kind(
    "TENANT_NOT_CONFIRMED",
    Text("重复的代码“{found}”不是 {tenant}。", "The code repeated, `{found}`, is not {tenant}."),
    Text("要删除，请原样重复租户代码。", "Repeat the tenant's code to delete it."),
)
TENANT_IS_ALREADY = Kind(
    "TENANT_IS_ALREADY",
    Text("租户 {tenant} 已是“{state}”。", "Tenant {tenant} is {state} already."),
    Text("无须更改。", "There is nothing to change."),
)
