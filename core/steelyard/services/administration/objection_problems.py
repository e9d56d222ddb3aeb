"""What is wrong with objections."""

from __future__ import annotations

from steelyard.errors import Kind, Text

OBJECTION_NOT_FOUND = Kind(
    "OBJECTION_NOT_FOUND",
    Text("没有编号为 {number} 的异议。", "There is no objection {number}."),
    Text("请从异议列表中取编号。", "Take the number from the list of objections."),
)
OBJECTION_NOT_FINAL = Kind(
    "OBJECTION_NOT_FINAL",
    Text(
        "{unit} 在周期 {period} 还没有最终结果。",
        "There is no final result of {unit} in period {period} yet.",
    ),
    Text(
        "周期关闭并评价之后才能提出异议。",
        "Object once the period is closed and was evaluated.",
    ),
)
OBJECTION_TOO_LATE = Kind(
    "OBJECTION_TOO_LATE",
    Text("该结果的异议期到 {until} 为止。", "One could object to this result until {until}."),
    Text("请与管理员联系。", "Speak to who administers the scheme."),
)
OBJECTION_EXISTS = Kind(
    "OBJECTION_EXISTS",
    Text("对此结果已有异议 {number} 待裁定。", "Objection {number} to this result is open already."),
    Text("请等待裁定，或先撤回它。", "Wait for its decision, or withdraw it first."),
)
OBJECTION_CLOSED = Kind(
    "OBJECTION_CLOSED",
    Text("异议 {number} 已处理（{state}）。", "Objection {number} is {state}."),
    Text("已处理的异议不再改变。", "It does not change any more."),
)
OBJECTION_CHANGED = Kind(
    "OBJECTION_CHANGED",
    Text(
        "异议 {number} 已被他人更改：您看到的是第 {given} 版，现为第 {found} 版。",
        "Objection {number} was changed: you saw revision {given}, it is at revision {found}.",
    ),
    Text("请重新查看后再决定。", "Look at it again, then decide."),
)
OBJECTION_NOT_YOURS = Kind(
    "OBJECTION_NOT_YOURS",
    Text("异议 {number} 由 {filed_by} 提出。", "Objection {number} was filed by {filed_by}."),
    Text("只有提出者可以撤回。", "Only who filed it withdraws it."),
)
OBJECTION_OWN = Kind(
    "OBJECTION_OWN",
    Text("异议 {number} 由您本人提出。", "You filed objection {number} yourself."),
    Text("请由另一位有此权限的人裁定。", "Somebody else with the permission decides on it."),
)
OBJECTION_DECISION = Kind(
    "OBJECTION_DECISION",
    Text("“{found}”不是裁定。", "`{found}` is no decision."),
    Text("请写 accepted 或 rejected。", "Write `accepted` or `rejected`."),
)
