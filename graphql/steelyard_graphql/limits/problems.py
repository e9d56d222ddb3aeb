"""What a limit refuses. QUERY_… are about one query, CLIENT_… about all that an account asks for."""

from __future__ import annotations

from steelyard.errors import Kind, Text


def _too_much(code: str, zh: str, en: str, advice_zh: str, advice_en: str) -> Kind:
    return Kind(code, Text(zh, en), Text(advice_zh, advice_en))


_SMALLER = ("请拆成几个较小的查询。", "Ask in several smaller queries.")

QUERY_CHARACTERS = _too_much(
    "QUERY_TOO_MANY_CHARACTERS",
    "查询文本超过 {most} 个字符。",
    "The query's text has more than {most} characters.",
    "请拆成几个较小的查询，把长文本与长列表放进变量。",
    "Ask in several smaller queries; long texts and lists belong into variables.",
)
QUERY_TOO_LONG = _too_much(
    "QUERY_TOO_MANY_TOKENS",
    "查询文本超过 {most} 个记号（token）。",
    "The query has more than {most} tokens.",
    "请拆成几个较小的查询，把长列表放进变量。",
    "Ask in several smaller queries; long lists belong into variables.",
)
QUERY_TOO_DEEP = _too_much(
    "QUERY_TOO_DEEP",
    "查询的嵌套超过 {most} 层。",
    "The query nests more than {most} levels.",
    "请减少嵌套。",
    "Nest less.",
)
QUERY_SELECTIONS = _too_much(
    "QUERY_TOO_MANY_SELECTIONS",
    "查询（展开片段后）选取超过 {most} 个字段。",
    "With its fragments spread, the query selects more than {most} fields.",
    *_SMALLER,
)
QUERY_FRAGMENTS = _too_much(
    "QUERY_TOO_MANY_FRAGMENTS",
    "查询定义的片段超过 {most} 个。",
    "The query defines more than {most} fragments.",
    *_SMALLER,
)
QUERY_ALIASES = _too_much(
    "QUERY_TOO_MANY_ALIASES",
    "查询的别名超过 {most} 个。",
    "The query has more than {most} aliases.",
    "请改用列表参数、连接（connection）或几个查询。",
    "Use arguments that take lists, connections, or several queries.",
)
QUERY_ROOTS = _too_much(
    "QUERY_TOO_MANY_ROOT_FIELDS",
    "操作的根字段超过 {most} 个。",
    "The operation has more than {most} root fields.",
    *_SMALLER,
)
QUERY_DIRECTIVES = _too_much(
    "QUERY_TOO_MANY_DIRECTIVES",
    "查询的指令（@…）超过 {most} 个，或同一处超过 {most_at} 个。",
    "The query has more than {most} directives, or more than {most_at} at one place.",
    "请减少指令。",
    "Use fewer directives.",
)
QUERY_REPEATS = _too_much(
    "QUERY_TOO_MANY_REPEATS",
    "查询在同一处重复同一字段超过 {most} 次。",
    "The query repeats a field at one place more than {most} times.",
    "同一字段只需写一次。",
    "Write a field once.",
)
QUERY_COST = _too_much(
    "QUERY_TOO_EXPENSIVE",
    "查询的预估代价为 {cost}，上限为 {most}。",
    "The query would cost {cost}; at most {most} is taken.",
    "请减小 first 等页长、列表参数或嵌套；代价的算法见 docs/limits.md。",
    "Ask for shorter pages and lists, or nest less; docs/limits.md tells how the cost is found.",
)
CLIENT_BUDGET = _too_much(
    "CLIENT_BUDGET_SPENT",
    "此账号每分钟的额度 {most} 已用完：查询代价为 {cost}，尚余 {remaining}。",
    "The account's budget of {most} a minute is spent: the query costs {cost}, {remaining} is left.",
    "请在 {seconds} 秒后重试。",
    "Try again in {seconds} seconds.",
)
REQUEST_TIMEOUT = _too_much(
    "REQUEST_TOO_SLOW",
    "请求超过 {seconds} 秒，已停止。",
    "The request took more than {seconds} seconds and was stopped.",
    "请减少所查的内容；若为修改，先查询它是否已经生效，再重试。",
    "Ask for less; of a mutation look first whether it was done, then try again.",
)
INTROSPECTION_OFF = Kind(
    "INTROSPECTION_OFF",
    Text("此服务器不回答 __schema。", "This server does not answer __schema."),
    Text(
        "模式用 `steelyard schema export` 输出；管理员可设 STEELYARD_LIMIT_INTROSPECTION=on。",
        "`steelyard schema export` prints the schema;"
        " administrators may set STEELYARD_LIMIT_INTROSPECTION=on.",
    ),
)
CONNECTIONS_TOO_MANY = Kind(
    "CONNECTIONS_TOO_MANY",
    Text(
        "此账号同时打开的连接或订阅已有 {per_account} 个。",
        "The account has {per_account} connections or streams open.",
    ),
    Text("请先关闭一些。", "Close some of them first."),
)
HTTP_ORIGIN_REFUSED = Kind(
    "HTTP_ORIGIN_REFUSED",
    Text("不接受来自“{origin}”的网页的连接。", "Pages of {origin} may not connect."),
    Text("允许的来源见设置 limit_origins。", "The setting limit_origins lists those that may."),
)
DOCUMENT_UNKNOWN = Kind(
    "DOCUMENT_UNKNOWN",
    Text("没有编号为“{id}”的受信文档。", "There is no trusted document “{id}”."),
    Text(
        "编号是查询文本的 sha256，见 `steelyard documents` 生成的清单。",
        "The id is the sha256 of the query's text, as in the manifest that `steelyard documents` writes.",
    ),
)
DOCUMENT_UNTRUSTED = Kind(
    "DOCUMENT_UNTRUSTED",
    Text("此服务器只执行事先登记的查询。", "This server answers only queries that are known beforehand."),
    Text(
        "请以 documentId 指明已登记的查询；`steelyard documents` 生成清单。",
        "Name one that is by its documentId; `steelyard documents` writes the manifest.",
    ),
)
DOCUMENTS_UNREADABLE = Kind(
    "DOCUMENTS_UNREADABLE",
    Text("无法读取受信文档的清单：{reason}。", "The manifest of trusted documents cannot be read: {reason}."),
    Text("请用 `steelyard documents` 重新生成。", "Write it again with `steelyard documents`."),
)
DOCUMENTS_EMPTY = Kind(
    "DOCUMENTS_EMPTY",
    Text(
        "受信文档的清单是空的：服务器不会回答任何查询。",
        "The manifest of trusted documents is empty: the server would answer no query at all.",
    ),
    Text(
        "请用 `steelyard documents` 生成清单；要回答任何查询，请不要设置 limit_documents。",
        "Write one with `steelyard documents`, or leave limit_documents unset to have any query answered.",
    ),
)
DOCUMENT_INVALID = Kind(
    "DOCUMENT_INVALID",
    Text("查询与模式不符：{reason}", "{reason}"),
    Text("请改正查询后重新生成清单。", "Correct the query, and write the manifest again."),
)
DOCUMENTS_FOLDER = Kind(
    "DOCUMENTS_FOLDER",
    Text("没有此文件夹。", "There is no such folder."),
    Text("请检查路径；请给出存放查询的文件夹。", "Check the path; give the folder with the queries."),
)
DOCUMENTS_NONE = Kind(
    "DOCUMENTS_NONE",
    Text("文件夹中没有 .graphql 文件。", "There is no .graphql file in the folder."),
    Text("请给出存放查询的文件夹。", "Give the folder with the queries."),
)
