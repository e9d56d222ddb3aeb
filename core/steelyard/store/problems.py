"""What can be wrong with the database itself, and with what is asked of the store."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

DATABASE_URL = Kind(
    "DATABASE_URL",
    Text(
        zh="无法使用这个数据库地址（{found}）。",
        en="The database address cannot be used ({found}).",
    ),
    Text(
        zh="请写成 sqlite:///文件路径 或 postgresql://用户@主机/库名，后者可加 ?sslmode=require。",
        en="Write sqlite:///path/to/file or postgresql://user@host/name, "
        "the latter with ?sslmode=require if need be.",
    ),
)
DATABASE_MISSING = Kind(
    "DATABASE_MISSING",
    Text(
        zh="{database} 尚无 Steelyard 数据库。",
        en="There is no Steelyard database at {database}.",
    ),
    Text(
        zh="请检查地址，然后运行 `steelyard db upgrade`；PostgreSQL 须先建立空库。",
        en="Check the address, then run `steelyard db upgrade`; "
        "on PostgreSQL, create the empty database first.",
    ),
)
DATABASE_FOREIGN = Kind(
    "DATABASE_FOREIGN",
    Text(
        zh="{database} 已有其他程序的表或视图（{tables}），未作任何改动。",
        en="{database} holds tables or views of another program ({tables}); nothing was changed.",
    ),
    Text(
        zh="请检查地址；Steelyard 须有自己的数据库：SQLite 使用新文件，PostgreSQL 使用空库。",
        en="Check the address. Steelyard needs a database of its own: a new file for SQLite, "
        "an empty database on PostgreSQL.",
    ),
)
DATABASE_OUTDATED = Kind(
    "DATABASE_OUTDATED",
    Text(
        zh="数据库 {database} 的版本是 {found}，早于本程序所需的 {expected}。",
        en="The database {database} is at version {found}, older than {expected}, which this program needs.",
    ),
    Text(
        zh="请先备份，再运行 `steelyard db upgrade`。",
        en="Back it up, then run `steelyard db upgrade`.",
    ),
)
DATABASE_NEWER = Kind(
    "DATABASE_NEWER",
    Text(
        zh="数据库 {database} 的版本 {found} 比本程序新（本程序到 {expected} 为止）。",
        en="The database {database} is at version {found}, which this program does not know "
        "(it knows up to {expected}).",
    ),
    Text(
        zh="请使用建立该数据库的或更新的 Steelyard 版本。",
        en="Use the version of Steelyard that upgraded it, or a newer one.",
    ),
)
DATABASE_UNUSABLE = Kind(
    "DATABASE_UNUSABLE",
    Text(
        zh="{database} 不是可用的数据库：{reason}。",
        en="{database} is not a usable database: {reason}.",
    ),
    Text(
        zh="请检查地址；若文件已损坏，请从备份恢复。",
        en="Check the address; if the file is damaged, restore it from a backup.",
    ),
)
DATABASE_LOCKED = Kind(
    "DATABASE_LOCKED",
    Text(
        zh="数据库 {database} 正被占用，等待后仍未空出。",
        en="The database {database} is in use and did not become free in time.",
    ),
    Text(
        zh="请稍后重试；若反复出现，请查看是谁长时间占用数据库。",
        en="Try again; if it comes back, find out who holds the database that long.",
    ),
)
DATABASE_UNREACHABLE = Kind(
    "DATABASE_UNREACHABLE",
    Text(
        zh="无法访问数据库 {database}：{reason}。",
        en="The database {database} cannot be reached: {reason}.",
    ),
    Text(
        zh="请检查服务器是否运行、文件是否存在且可读写，然后重试。",
        en="Check that the server runs, or that the file is there and may be read and written; "
        "then try again.",
    ),
)
DATABASE_NOT_POSTGRESQL = Kind(
    "DATABASE_NOT_POSTGRESQL",
    Text(
        zh="{database} 不是 PostgreSQL 数据库，没有角色。",
        en="{database} is not on PostgreSQL, so it has no roles.",
    ),
    Text(
        zh="SQLite 文件由文件权限保护，无需授权。",
        en="A file of SQLite is protected by the permissions of the file: nothing is to be granted.",
    ),
)
DATABASE_ROLE_NOT_FOUND = Kind(
    "DATABASE_ROLE_NOT_FOUND",
    Text(zh="PostgreSQL 中没有角色 {role}。", en="PostgreSQL has no role {role}."),
    Text(
        zh="请先建立：CREATE ROLE {role} LOGIN;",
        en="Create it first: CREATE ROLE {role} LOGIN;",
    ),
)
DATABASE_ROLE_UNFIT = Kind(
    "DATABASE_ROLE_UNFIT",
    Text(
        zh="角色 {role} 权力过大（{power}），租户之间的隔离约束不了它，未作任何改动。",
        en="The role {role} is too powerful ({power}): what separates tenants does not hold it. "
        "Nothing was changed.",
    ),
    Text(
        zh="请另建一个不拥有任何表的普通角色。",
        en="Use an ordinary role that owns no tables.",
    ),
)
DATABASE_ROLE_POWERFUL = Kind(
    "DATABASE_ROLE_POWERFUL",
    Text(
        zh="服务以角色 {role}（{power}）连接数据库，数据库层的租户隔离可能失效。",
        en="The service is connected as the role {role} ({power}), which the database's own separation of "
        "tenants does not hold.",
    ),
    Text(
        zh="请建立普通角色，运行 `steelyard db grant 角色`，并以该角色连接。",
        en="Create an ordinary role, run `steelyard db grant ROLE`, and connect as that role.",
    ),
    Level.WARNING,
)
DATABASE_WALL_DOWN = Kind(
    "DATABASE_WALL_DOWN",
    Text(
        zh="下列表未强制行级安全：{tables}。",
        en="Row-level security is not forced on these tables: {tables}.",
    ),
    Text(
        zh="请对每个表运行 ALTER TABLE … ENABLE ROW LEVEL SECURITY 与 FORCE ROW LEVEL SECURITY。",
        en="Run ALTER TABLE … ENABLE ROW LEVEL SECURITY and FORCE ROW LEVEL SECURITY on each.",
    ),
    Level.WARNING,
)
TEXT_UNSTORABLE = Kind(
    "TEXT_UNSTORABLE",
    Text(
        zh="文字中有无法保存的字符（U+0000，或不成对的代理字符）。",
        en="A text holds characters that cannot be stored (U+0000, or half of a surrogate pair).",
    ),
    Text(
        zh="请去掉这些字符。",
        en="Leave these characters out.",
    ),
)
STATEMENT_UNSCOPED = Kind(
    "STATEMENT_UNSCOPED",
    Text(
        zh="一条数据库语句未限定租户（{table}），未予执行。",
        en="A statement on the database is not bound to one tenant ({table}); it was not run.",
    ),
    Text(
        zh="这是程序缺陷，请报告。",
        en="This is a fault of Steelyard itself: please report it.",
    ),
)

UNIT_CYCLE = Kind(
    "UNIT_CYCLE",
    Text(
        zh="评价对象的上级关系成环{since}：{path}。",
        en="The parents of these units run in a circle{since}: {path}.",
    ),
    Text(
        zh="请改正其中一个上级。",
        en="Correct one of these parents.",
    ),
)
PERIOD_NOT_FOUND = Kind(
    "PERIOD_NOT_FOUND",
    Text(zh="没有考核周期 {period}{suggestion_zh}。", en="There is no period {period}{suggestion_en}."),
    Text(zh="请检查周期{calendars}。", en="Check the period{calendars}."),
)
PERIOD_DIFFERS = Kind(
    "PERIOD_DIFFERS",
    Text(
        zh="日历 {calendar} 的周期 {period} 已记为 {found}，与 {expected} 不同。",
        en="Period {period} of calendar {calendar} is recorded as {found}, not as {expected}.",
    ),
    Text(
        zh="请为不同的起止日期使用不同的周期代码。",
        en="Give periods with other dates other codes.",
    ),
)
PERIOD_CLOSED = Kind(
    "PERIOD_CLOSED",
    Text(
        zh="日历 {calendar} 的周期 {period} 已关闭，不能再录入。",
        en="Period {period} of calendar {calendar} is closed: nothing more is recorded in it.",
    ),
    Text(
        zh="请录入尚未关闭的周期。若要更正，请有权者重新打开该周期；已有最终结果的，须注明是更正"
        "（period reopen --correct）。",
        en="Record in a period that is open. To correct this one, have it opened again; where its results are"
        " final, as a correction (period reopen --correct).",
    ),
)
ATTRIBUTE_OF_CLOSED_PERIOD = Kind(
    "ATTRIBUTE_OF_CLOSED_PERIOD",
    Text(
        zh="属性 {attribute} 在已关闭的周期 {calendar}/{period} 会变成另一个值，该周期已按原值评价。",
        en="The attribute {attribute} would be another in {calendar}/{period}, which is closed.",
    ),
    Text(
        zh="请从最后一个已关闭周期之后的日期起设定。若要更正，请有权者重新打开该周期；已有最终结果的，须注明是更正"
        "（period reopen --correct）。",
        en="Set it from a day after the last closed period on. To correct this one, have it opened again;"
        " where its results are final, as a correction (period reopen --correct).",
    ),
)
PLACE_OF_CLOSED_PERIOD = Kind(
    "PLACE_OF_CLOSED_PERIOD",
    Text(
        zh="评价对象 {unit} 在已关闭的周期 {calendar}/{period} 会处于另一位置，该周期已按原位置评价。",
        en="Unit {unit} would stand elsewhere in {calendar}/{period}, which is closed.",
    ),
    Text(
        zh="请从最后一个已关闭周期之后的日期起移动。",
        en="Move it from a day after the last closed period on.",
    ),
)
TENANT_EXISTS = Kind(
    "TENANT_EXISTS",
    Text(zh="已有租户 {tenant}。", en="There is a tenant {tenant} already."),
    Text(zh="请换一个代码。", en="Choose another code."),
)
TENANT_NOT_SUSPENDED = Kind(
    "TENANT_NOT_SUSPENDED",
    Text(
        zh="租户 {tenant} 仍在使用中，不能删除。",
        en="Tenant {tenant} is in use and cannot be deleted.",
    ),
    Text(zh="请先停用，并导出其数据。", en="Suspend it first, and export what it has."),
)
CALENDAR_NOT_FOUND = Kind(
    "CALENDAR_NOT_FOUND",
    Text(zh="没有日历 {calendar}。", en="There is no calendar {calendar}."),
    Text(zh="请先建立该日历。", en="Create the calendar first."),
)
SCHEME_NOT_FOUND = Kind(
    "SCHEME_NOT_FOUND",
    Text(zh="没有评价体系 {scheme}{suggestion_zh}。", en="There is no scheme {scheme}{suggestion_en}."),
    Text(zh="请检查代码。", en="Check the code."),
)
RUN_NOT_FOUND = Kind(
    "RUN_NOT_FOUND",
    Text(zh="没有评价批次 {run}。", en="There is no run {run}."),
    Text(zh="请先评价该周期。", en="Evaluate the period first."),
)
LOCK_HELD = Kind(
    "LOCK_HELD",
    Text(
        "{database}：另一个操作正在处理 {name}。",
        "{database}: another operation is at work on {name}.",
    ),
    Text("请稍后再试。", "Try again later."),
)
RECORD_IMPORT_NOT_FOUND = Kind(
    "RECORD_IMPORT_NOT_FOUND",
    Text("没有编号为 {import} 的记录导入。", "There is no import of records with the number {import}."),
    Text("`steelyard records list` 列出全部导入。", "`steelyard records list` shows them."),
)
RECORD_IMPORT_WITHDRAWN = Kind(
    "RECORD_IMPORT_WITHDRAWN",
    Text("导入 {import} 已经撤回。", "The import {import} is withdrawn already."),
    Text("无需再次撤回。", "There is nothing left to do."),
)
