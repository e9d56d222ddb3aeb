"""What can be wrong with subscribers, notices and the settings of deliveries."""

from __future__ import annotations

from steelyard.errors import Kind, Text

SUBSCRIBER_NOT_FOUND = Kind(
    "SUBSCRIBER_NOT_FOUND",
    Text("没有编号为 {number} 的通知接收方。", "There is no subscriber {number}."),
    Text(
        "`steelyard subscriber list` 列出现有的接收方。", "`steelyard subscriber list` shows those there are."
    ),
)
SUBSCRIBER_ADDRESS = Kind(
    "SUBSCRIBER_ADDRESS",
    Text("“{found}”不能作为接收地址（{channel}）。", "`{found}` is not fit as an address ({channel})."),
    Text(
        "webhook 须为 https 地址（本机可用 http），不含用户名；邮件须为一个邮箱地址。",
        "A webhook has an https address (http on this machine alone), no login; mail goes to one mailbox.",
    ),
)
SUBSCRIBER_KINDS = Kind(
    "SUBSCRIBER_KINDS",
    Text("接收方须选择 1 至 {most} 项通知，现为 {found} 项。", "{found} kinds are wanted, not 1 to {most}."),
    Text("请写明要接收哪些通知。", "Say which notices are wanted."),
)
SUBSCRIBER_THRESHOLD = Kind(
    "SUBSCRIBER_THRESHOLD",
    Text("通知类型 {kind} 与所给的阈值不符。", "The kind {kind} and the threshold do not go together."),
    Text(
        "threshold 须有指标与分数（大于 0，至多 100）；其他类型没有。",
        "A threshold has a node and a score (above 0, at most 100); other kinds have neither.",
    ),
)
SUBSCRIBER_IS_ALREADY = Kind(
    "SUBSCRIBER_IS_ALREADY",
    Text("接收方 {number} 已是“{state}”。", "Subscriber {number} is {state} already."),
    Text("无须更改。", "There is nothing to change."),
)
SUBSCRIBERS_TOO_MANY = Kind(
    "SUBSCRIBERS_TOO_MANY",
    Text("租户已有 {most} 个通知接收方。", "The tenant has {most} subscribers already."),
    Text("请先移除不再需要的。", "Remove those that are not needed any more."),
)
NOTICE_NOT_FOUND = Kind(
    "NOTICE_NOT_FOUND",
    Text("没有通知“{key}”。", "There is no notice `{key}`."),
    Text("`steelyard notice list` 列出通知。", "`steelyard notice list` shows them."),
)
NOTICE_NOT_MEANT = Kind(
    "NOTICE_NOT_MEANT",
    Text(
        "通知“{key}”没有可重新发送的接收方。", "There is nobody to whom the notice `{key}` can be sent again."
    ),
    Text(
        "只能重新发送给原有的、未移除的接收方。",
        "It is sent again to subscribers for whom it was meant and who were not removed.",
    ),
)
NOTICE_SETTING = Kind(
    "NOTICE_SETTING",
    Text("环境变量 {name} 的值无效。", "The environment variable {name} has a value that cannot be used."),
    Text("应为：{expected_zh}。", "Expected: {expected_en}."),
)
NOTICE_SETTING_MISSING = Kind(
    "NOTICE_SETTING_MISSING",
    Text("设置了 {beside}，但没有 {name}。", "{beside} is given, but {name} is missing."),
    Text("请设置 {name}：{expected_zh}。", "Set {name}: {expected_en}."),
)
