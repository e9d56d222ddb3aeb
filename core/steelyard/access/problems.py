"""What is said to those who may not see or do something."""

from __future__ import annotations

from steelyard.errors import Kind, Text

UNIT_NOT_FOUND = Kind(
    "UNIT_NOT_FOUND",
    Text(zh="没有评价对象 {unit}{suggestion_zh}。", en="There is no unit {unit}{suggestion_en}."),
    Text(zh="请检查代码与权限范围。", en="Check the code and what you may see."),
)
TENANT_NOT_FOUND = Kind(
    "TENANT_NOT_FOUND",
    Text(zh="没有租户 {tenant}。", en="There is no tenant {tenant}."),
    Text(zh="请检查代码。", en="Check the code."),
)
UNAUTHENTICATED = Kind(
    "UNAUTHENTICATED",
    Text(zh="请求没有有效的令牌。", en="The request carries no valid token."),
    Text(
        zh="请在 Authorization 头中以 Bearer 方式发送令牌；被拒绝的原因在服务日志中。",
        en="Send one in the header `Authorization: Bearer …`; the log of the service says what was wrong.",
    ),
)
FORBIDDEN = Kind(
    "FORBIDDEN",
    Text(
        zh="此操作需要权限 {permission}（{meaning_zh}）。",
        en="This needs the permission {permission} ({meaning_en}).",
    ),
    Text(
        zh="请管理员授予含有该权限的角色{where_zh}。",
        en="Ask an administrator for a role that has it{where_en}.",
    ),
)
