"""What can be wrong with a request, before any service is asked.

GRAPHQL_… and OPERATION_… are about the document, HTTP_… about the request around it, the others about
arguments that only this room knows: ids, cursors and pages.
"""

from __future__ import annotations

from steelyard.errors import Kind, Text

PARSE_FAILED = Kind(
    "GRAPHQL_PARSE_FAILED",
    Text("查询文本有语法错误：{reason}", "{reason}"),
    Text("请改正所示位置的语法。", "Correct the syntax at the place shown."),
)
VALIDATION_FAILED = Kind(
    "GRAPHQL_VALIDATION_FAILED",
    Text("查询与模式不符：{reason}", "{reason}"),
    Text("请对照模式（SDL）检查字段与参数。", "Compare fields and arguments with the schema."),
)
OPERATION_UNCLEAR = Kind(
    "OPERATION_UNCLEAR",
    Text("无法确定要执行的操作：{reason}", "{reason}"),
    Text(
        "请在 operationName 中写明文档里的一个操作。", "Name one operation of the document in operationName."
    ),
)
BAD_USER_INPUT = Kind(
    "BAD_USER_INPUT",
    Text("参数或变量的值不符合其类型：{reason}", "{reason}"),
    Text("请按模式中的类型给出变量。", "Give the variables as the schema declares them."),
)
INTERNAL = Kind(
    "INTERNAL",
    Text("Steelyard 内部故障 {id}。", "A fault of Steelyard itself, {id}."),
    Text(
        "请把编号 {id} 告诉管理员，日志中有同一编号。",
        "Tell an administrator the number {id}; it is in the log.",
    ),
)

ID_INVALID = Kind(
    "ID_INVALID",
    Text("“{id}”不是本服务给出的 id。", "“{id}” is not an id of this service."),
    Text(
        "id 是不透明的：请原样使用查询结果中的值；按代码查找请用 unit、scheme 等字段。",
        "Ids are opaque: use them as an answer gave them; fields such as unit and scheme take codes.",
    ),
)
CURSOR_INVALID = Kind(
    "CURSOR_INVALID",
    Text("“{cursor}”不是这个列表的游标。", "“{cursor}” is not a cursor of this list."),
    Text(
        "请使用同一列表上一页的 startCursor、endCursor 或 cursor。",
        "Use startCursor, endCursor or cursor of another page of the same list.",
    ),
)
QUERY_TOO_LARGE = Kind(
    "QUERY_TOO_LARGE",
    Text("查询需要解析的字段超过 {most} 个。", "The query asks for more than {most} fields in all."),
    Text("请减少嵌套或对象，分几次查询。", "Nest less, or ask for fewer objects at a time."),
)
PAGE_TOO_LARGE = Kind(
    "PAGE_TOO_LARGE",
    Text(
        "{argument}: {found} 超过每页上限 {most}。", "{argument}: {found} is more than the {most} of a page."
    ),
    Text("请用游标逐页读取。", "Read page by page with the cursors."),
)
PAGE_SIZE_INVALID = Kind(
    "PAGE_SIZE_INVALID",
    Text("{argument}: {found} 不是页的大小。", "{argument}: {found} is not the size of a page."),
    Text("请给出 0 到 {most} 的整数。", "Give a whole number from 0 to {most}."),
)
PAGE_TWO_WAYS = Kind(
    "PAGE_TWO_WAYS",
    Text("{forward} 与 {backward} 不能同时使用。", "{forward} and {backward} cannot be used together."),
    Text(
        "向后翻页用 first 与 after，向前翻页用 last 与 before。",
        "Go forward with first and after, or backward with last and before.",
    ),
)
LIST_TOO_LONG = Kind(
    "LIST_TOO_LONG",
    Text(
        "{argument} 有 {found} 项，最多 {most} 项。",
        "{argument} has {found} items; at most {most} are taken.",
    ),
    Text("请分几次查询。", "Ask in several queries."),
)
LIST_EMPTY = Kind(
    "LIST_EMPTY",
    Text("{argument} 是空的。", "{argument} is empty."),
    Text("请至少给出一项。", "Give at least one item."),
)
COMPARISON_TOO_LARGE = Kind(
    "COMPARISON_TOO_LARGE",
    Text(
        "对比共 {cells} 格（评价对象 × 指标 × 周期），超过上限 {most} 格。",
        "The comparison has {cells} cells, units × indicators × periods; the most are {most}.",
    ),
    Text(
        "请减少评价对象、指标或周期，或导出为文件。",
        "Ask for fewer units, indicators or periods, or export a file.",
    ),
)
NUMBER_OUT_OF_RANGE = Kind(
    "NUMBER_OUT_OF_RANGE",
    Text(
        "{argument}: {found} 不在 {least} 到 {most} 之间。",
        "{argument}: {found} is not from {least} to {most}.",
    ),
    Text("请给出此范围内的整数。", "Give a whole number in that range."),
)
PACK_NOT_FOUND = Kind(
    "PACK_NOT_FOUND",
    Text(
        "没有已安装的指标包“{found}”{suggestion_zh}。已安装：{known}。",
        "There is no pack “{found}”{suggestion_en} Installed: {known}.",
    ),
    Text("用查询 packs 查看已安装的指标包。", "The query packs lists the installed packs."),
)
CALENDAR_UNKNOWN = Kind(
    "CALENDAR_UNKNOWN",
    Text(
        "没有日历“{found}”{suggestion_zh}。已有：{known}。",
        "There is no calendar “{found}”{suggestion_en} Known: {known}.",
    ),
    Text("用查询 calendars 查看全部日历。", "The query calendars lists all calendars."),
)
SUBSCRIPTION_NEEDS_STREAM = Kind(
    "SUBSCRIPTION_NEEDS_STREAM",
    Text("订阅（subscription）不能用普通请求应答。", "A plain request cannot answer a subscription."),
    Text(
        "请以 Accept: text/event-stream 发送，或使用 WebSocket（graphql-transport-ws）。",
        "Send it with Accept: text/event-stream, or over a WebSocket (graphql-transport-ws).",
    ),
)
SUBSCRIPTIONS_TOO_MANY = Kind(
    "SUBSCRIPTIONS_TOO_MANY",
    Text("一个连接最多同时执行 {most} 个操作。", "One connection runs at most {most} operations at a time."),
    Text("请先结束一些操作。", "Complete some of them first."),
)
UPLOAD_PREFLIGHT = Kind(
    "UPLOAD_PREFLIGHT_MISSING",
    Text(
        "上传请求没有网页表单发不出的请求头。",
        "The upload has no header that a form on any web page could not send.",
    ),
    Text("请加上 GraphQL-Require-Preflight: 1。", "Add the header GraphQL-Require-Preflight: 1."),
)
UPLOAD_MALFORMED = Kind(
    "UPLOAD_MALFORMED",
    Text("multipart 请求体有误：{reason_zh}。", "The multipart body is malformed: {reason_en}."),
    Text(
        "请按 GraphQL multipart request 规范发送：先 operations，再 map，然后是文件。",
        "Follow the GraphQL multipart request specification: operations, then map, then the files.",
    ),
)
UPLOAD_MAP = Kind(
    "UPLOAD_MAP_INVALID",
    Text("map 有误：{reason_zh}。", "The map is wrong: {reason_en}."),
    Text(
        'map 把每个文件的名字对应到 operations 中值为 null 的变量，如 {{"0": ["variables.file"]}}。',
        "It maps the name of each file to variables that are null in operations:"
        ' {{"0": ["variables.file"]}}.',
    ),
)
UPLOAD_FILE_MISSING = Kind(
    "UPLOAD_FILE_MISSING",
    Text("map 中的文件“{name}”没有发来。", "The file “{name}” of the map was not sent."),
    Text("请为 map 的每一项各发一个文件。", "Send one file for each entry of the map."),
)
UPLOAD_TOO_LARGE = Kind(
    "UPLOAD_TOO_LARGE",
    Text("上传超过 {most} 字节。", "The upload is larger than {most} bytes."),
    Text("请分成几个文件，或用命令行导入。", "Send several files, or import on the command line."),
)
UPLOAD_EXPECTED = Kind(
    "UPLOAD_EXPECTED",
    Text("Upload 的值只能是随请求发来的文件。", "An Upload can only be a file that comes with the request."),
    Text("请以 multipart/form-data 发送。", "Send the request as multipart/form-data."),
)

HTTP_NOT_FOUND = Kind(
    "HTTP_NOT_FOUND",
    Text("没有路径 {path}。", "There is no path {path}."),
    Text(
        "GraphQL 在 /graphql，状态在 /healthz 与 /readyz。",
        "GraphQL is at /graphql, health at /healthz and /readyz.",
    ),
)
HTTP_METHOD_REFUSED = Kind(
    "HTTP_METHOD_REFUSED",
    Text("这里不接受 {method} 请求。", "{method} is not accepted here."),
    Text("允许的方法：{allowed}。", "Use {allowed}."),
)
HTTP_MUTATION_BY_GET = Kind(
    "HTTP_MUTATION_BY_GET",
    Text("GET 请求只能执行查询（query）。", "GET executes queries only."),
    Text("请用 POST 执行修改。", "Send mutations by POST."),
)
HTTP_NOT_ACCEPTABLE = Kind(
    "HTTP_NOT_ACCEPTABLE",
    Text("无法按 Accept “{accept}”作答。", "None of the types in Accept “{accept}” can be answered."),
    Text("可用：{offered}。", "Available: {offered}."),
)
HTTP_MEDIA_TYPE = Kind(
    "HTTP_MEDIA_TYPE",
    Text("请求体的类型“{found}”无法读取。", "A body of type “{found}” cannot be read."),
    Text(
        "请发送 UTF-8 的 application/json；上传文件用 multipart/form-data。",
        "Send application/json in UTF-8, or multipart/form-data with files.",
    ),
)
HTTP_BODY_TOO_LARGE = Kind(
    "HTTP_BODY_TOO_LARGE",
    Text("请求体超过 {most} 字节。", "The body is larger than {most} bytes."),
    Text("请缩短查询或变量。", "Shorten the query or its variables."),
)
HTTP_BODY_NOT_JSON = Kind(
    "HTTP_BODY_NOT_JSON",
    Text("{part} 不是 JSON：{reason}。", "The {part} is not JSON: {reason}."),
    Text("请发送 UTF-8 编码的 JSON 对象。", "Send a JSON object in UTF-8."),
)
HTTP_BODY_FIELD = Kind(
    "HTTP_BODY_FIELD",
    Text("请求的 {field} 应为 {expected}，实为 {found}。", "{field} should be {expected}, not {found}."),
    Text(
        "格式：{{query, operationName, variables, extensions}}，其中 query 必填；一次只执行一个请求。",
        "Send {{query, operationName, variables, extensions}}; query is required, and there is no batching.",
    ),
)
HTTP_QUERY_FIELD = Kind(
    "HTTP_QUERY_FIELD",
    Text("地址中的参数 {field} 缺失或无效。", "The parameter {field} of the address is missing or invalid."),
    Text(
        "请给出 unit 与 period；locale 为 zh 或 en。",
        "Give unit and period; locale is zh or en.",
    ),
)
HTTP_QUERY_UNKNOWN = Kind(
    "HTTP_QUERY_UNKNOWN",
    Text("地址中有不认识的参数：{found}。", "The address has parameters that are not known: {found}."),
    Text("此处可用：{known}。", "Known here: {known}."),
)
HTTP_HOST_REFUSED = Kind(
    "HTTP_HOST_REFUSED",
    Text("不接受以“{host}”为名的请求。", "Requests for the host “{host}” are not accepted."),
    Text(
        "演示只以 localhost 或 127.0.0.1 应答；服务器应答的主机名见设置 limit_hosts。",
        "The demo answers as localhost or 127.0.0.1 only, a server to the names in the setting limit_hosts.",
    ),
)
DEMO_DATABASE_IN_USE = Kind(
    "DEMO_DATABASE_IN_USE",
    Text("{database} 已是一个 Steelyard 数据库。", "There is a Steelyard database at {database} already."),
    Text(
        "演示需要新的数据库；已有的请用 `steelyard serve` 打开。",
        "The demo needs a new one; `steelyard serve` opens one that is there.",
    ),
)
ACT_NOT_FOUND = Kind(
    "ACT_NOT_FOUND",
    Text("没有编号为 {number} 的操作记录。", "There is no act with the number {number}."),
    Text("请使用查询 `acts` 给出的编号。", "Use a number that the query `acts` gives."),
)
WEIGHT_METHOD_INPUT = Kind(
    "WEIGHT_METHOD_INPUT",
    Text("方法 {method} 需要 {field}。", "The method {method} needs {field}."),
    Text("请给出 {field}，或改用别的方法。", "Give {field}, or choose another method."),
)
WEIGHT_OF_JUDGE = Kind(
    "WEIGHT_OF_JUDGE",
    Text("评判人“{judge}”的权重“{found}”不是数。", "The weight “{found}” of judge “{judge}” is no number."),
    Text("请写成正的小数，如 1 或 2.5。", "Write a positive decimal, e.g. 1 or 2.5."),
)
