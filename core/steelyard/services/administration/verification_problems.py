"""What verification finds."""

from __future__ import annotations

from steelyard.errors import Kind, Text

_BY_HAND = Text(
    "有人绕过 Steelyard 改动了数据库：请查明是谁，并从备份恢复或以有理由的操作改正。",
    "Somebody changed the database past Steelyard: find out who; restore it from a backup, or put it right "
    "by a deed with a reason.",
)

HEAD_UNREADABLE = Kind(
    "HEAD_UNREADABLE",
    Text("“{found}”不是操作链的链首。", "`{found}` is no head of a chain of acts."),
    Text(
        "请使用 `steelyard act head` 打印的文本：租户:序号:散列。",
        "Use what `steelyard act head` prints: tenant:number:hash.",
    ),
)
HEAD_OF_ANOTHER_TENANT = Kind(
    "HEAD_OF_ANOTHER_TENANT",
    Text("链首 {head} 不属于租户 {tenant}。", "The head {head} is not of tenant {tenant}."),
    Text("请用 --tenant 指定租户。", "Name the tenant by --tenant."),
)
CHAIN_CUT = Kind(
    "CHAIN_CUT",
    Text(
        "操作链止于第 {end} 号，而保存的链首是第 {head} 号：其后的操作被删去。",
        "The chain ends at act {end}, but the head kept is of act {head}: the acts after {end} were removed.",
    ),
    _BY_HAND,
)
CHAIN_REWRITTEN = Kind(
    "CHAIN_REWRITTEN",
    Text(
        "第 {act} 号操作的散列与保存的链首不同：操作链被改写。",
        "Act {act} has another hash than the head kept: the chain was rewritten up to there.",
    ),
    _BY_HAND,
)
ACTS_MISSING = Kind(
    "ACTS_MISSING",
    Text("缺少第 {first} 至 {last} 号操作。", "Acts {first} to {last} are missing."),
    _BY_HAND,
)
ACT_UNLINKED = Kind(
    "ACT_UNLINKED",
    Text(
        "第 {act} 号操作所记的前一散列不是第 {before} 号的。",
        "Act {act} does not follow act {before}: the hash before it is another.",
    ),
    _BY_HAND,
)
ACT_CHANGED = Kind(
    "ACT_CHANGED",
    Text(
        "第 {act} 号操作（{deed}，{subject}）被改动。",
        "Act {act} ({deed} on {subject}) was changed: its hash does not cover what it says.",
    ),
    _BY_HAND,
)
ACT_UNREADABLE = Kind(
    "ACT_UNREADABLE",
    Text(
        "第 {act} 号操作的对象 {subject} 无法核对。",
        "Act {act} is on {subject}, which cannot be compared.",
    ),
    Text(
        "请使用写下它的或更新的 Steelyard 版本；若无此版本，则操作被改动。",
        "Use the version of Steelyard that wrote it, or a newer one; if there is none, the act was changed.",
    ),
)
ROW_CHANGED = Kind(
    "ROW_CHANGED",
    Text(
        "{subject} 与第 {act} 号操作留下的不同（{fields}）。",
        "{subject} is not as act {act} left it ({fields}).",
    ),
    _BY_HAND,
)
ROW_UNREADABLE = Kind(
    "ROW_UNREADABLE",
    Text(
        "{subject} 中有 Steelyard 不会写入的值，无法读取（最后一次操作：{act}）。",
        "{subject} holds what Steelyard never writes and cannot read (last act on it: {act}).",
    ),
    _BY_HAND,
)
ROW_REMOVED = Kind(
    "ROW_REMOVED",
    Text("{subject} 不见了；第 {act} 号操作之后它应当存在。", "{subject} is gone, though act {act} left it."),
    _BY_HAND,
)
ROW_ADDED = Kind(
    "ROW_ADDED",
    Text(
        "{subject} 存在，却没有使它存在的操作（最后一次操作：{act}）。",
        "{subject} is there, but no act made it (last act on it: {act}).",
    ),
    _BY_HAND,
)
CHANGED_BETWEEN = Kind(
    "CHANGED_BETWEEN",
    Text(
        "{subject} 在第 {act} 号操作之前已被改动：与此前操作（{last}）留下的不同。",
        "{subject} was changed before act {act}: what that act found is not what act {last} left.",
    ),
    _BY_HAND,
)
RECEIPT_INPUTS = Kind(
    "RECEIPT_INPUTS",
    Text(
        "凭证 {subject}：现有的度量、评价对象或权重与评价时不同；得分不同之处：{found}。",
        "Receipt {subject}: measures, units or weights are not what it was computed from;"
        " other scores for: {found}.",
    ),
    _BY_HAND,
)
RECEIPT_RESULT = Kind(
    "RECEIPT_RESULT",
    Text(
        "凭证 {subject}：同样的输入复算出不同的结果（引擎 {engine}）；得分不同之处：{found}。",
        "Receipt {subject}: the same inputs give another result now (engine {engine});"
        " other scores for: {found}.",
    ),
    _BY_HAND,
)
RECEIPT_FIGURES = Kind(
    "RECEIPT_FIGURES",
    Text(
        "凭证 {subject}：保存的得分不是当时算出的得分；不同之处：{found}。",
        "Receipt {subject}: the scores on record are not those that were computed: {found}.",
    ),
    _BY_HAND,
)
RECEIPT_UNREADABLE = Kind(
    "RECEIPT_UNREADABLE",
    Text(
        "凭证 {subject} 无法复算：{reason}",
        "Receipt {subject} cannot be recomputed: {reason}",
    ),
    Text("请安装评价时所用的指标包。", "Install the pack that it was evaluated with."),
)
