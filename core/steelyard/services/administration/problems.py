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
