"""States in words, by what is in them; JSON has the codes."""

from __future__ import annotations

from steelyard.errors import Text

_OF_HOLDERS = {"active": Text("启用", "active"), "suspended": Text("已停用", "suspended")}
_OF_RIGHTS = {
    "valid": Text("有效", "valid"),
    "expired": Text("已到期", "expired"),
    "revoked": Text("已撤销", "revoked"),
}
ACCOUNT = TENANT = _OF_HOLDERS
TOKEN = GRANT = _OF_RIGHTS
PERIOD = {"open": Text("开放", "open"), "closed": Text("已关闭", "closed")}
PROPOSAL = {
    "open": Text("待同意", "open"),
    "approved": Text("已同意", "approved"),
    "rejected": Text("已拒绝", "rejected"),
    "withdrawn": Text("已撤回", "withdrawn"),
}
ASSESSMENT = {
    "draft": Text("草稿", "draft"),
    "submitted": Text("已提交", "submitted"),
    "approved": Text("已批准", "approved"),
    "returned": Text("已退回", "returned"),
}
WEIGHT_SET = {"draft": Text("草案", "draft"), "published": Text("已发布", "published")}
OBJECTION = {
    "open": Text("待裁定", "open"),
    "withdrawn": Text("已撤回", "withdrawn"),
    "accepted": Text("成立", "accepted"),
    "rejected": Text("不成立", "rejected"),
}
SUBSCRIBER = {
    "active": Text("启用", "active"),
    "paused": Text("已暂停", "paused"),
    "removed": Text("已移除", "removed"),
}
DELIVERY = {
    "waiting": Text("待发", "waiting"),
    "delivered": Text("已送达", "delivered"),
    "failed": Text("已放弃", "given up"),
    "cancelled": Text("已取消", "cancelled"),
}
PLAN = ACTION = {
    "draft": Text("草案", "draft"),
    "agreed": Text("已批准", "agreed"),
    "open": Text("待办", "open"),
    "in_progress": Text("进行中", "in progress"),
    "done": Text("已完成", "done"),
    "verified": Text("已验证有效", "verified"),
    "not_effective": Text("无效", "not effective"),
    "dropped": Text("已放弃", "dropped"),
}
