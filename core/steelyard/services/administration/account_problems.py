"""What can be wrong with accounts, grants, tokens and identity providers."""

from __future__ import annotations

from steelyard.errors import Kind, Text

ACCOUNT_NOT_FOUND = Kind(
    "ACCOUNT_NOT_FOUND",
    Text("没有账户 {account}。", "There is no account {account}."),
    Text("请检查代码与权限范围。", "Check the code and what you may see."),
)
ACCOUNT_EXISTS = Kind(
    "ACCOUNT_EXISTS",
    Text("已有账户 {account}。", "There is an account {account} already."),
    Text("请另选代码。", "Choose another code."),
)
ACCOUNT_RESERVED = Kind(
    "ACCOUNT_RESERVED",
    Text("代码 {account} 保留给程序自身。", "The code {account} is reserved."),
    Text("请另选代码。", "Choose another code."),
)
ACCOUNT_TITLE = Kind(
    "ACCOUNT_TITLE",
    Text("个人账户不能有名称。", "An account of a person has no title of its own."),
    Text(
        "它以代号出现；姓名只登记在人员处。",
        "It goes by its pseudonym; names stand with the persons only.",
    ),
)
ACCOUNT_IS_SUSPENDED = Kind(
    "ACCOUNT_IS_SUSPENDED",
    Text("账户 {account} 已停用。", "Account {account} is suspended already."),
    Text("无须再次停用。", "There is nothing to suspend."),
)
ACCOUNT_IS_ACTIVE = Kind(
    "ACCOUNT_IS_ACTIVE",
    Text("账户 {account} 没有停用。", "Account {account} is not suspended."),
    Text("无须恢复。", "There is nothing to resume."),
)
GRANT_NOT_FOUND = Kind(
    "GRANT_NOT_FOUND",
    Text(
        "账户 {account} 没有角色 {role}（范围：{unit}）。",
        "Account {account} does not hold the role {role} on {unit}.",
    ),
    Text(
        "请查看其现有的授权；不写范围即整个租户。",
        "Look at the grants that it holds; without a unit it is the whole tenant.",
    ),
)
GRANT_EXISTS = Kind(
    "GRANT_EXISTS",
    Text(
        "账户 {account} 已有角色 {role}（范围：{unit}）。",
        "Account {account} holds the role {role} on {unit} already.",
    ),
    Text("如需改变期限，请先撤销它。", "Revoke it first if it is to last longer or shorter."),
)
MORE_THAN_HELD = Kind(
    "MORE_THAN_HELD",
    Text(
        "所授予的权限超出自己的权限：{permissions}。",
        "This would hand out permissions that you do not hold there: {permissions}.",
    ),
    Text("请缩小范围，或请管理员授予。", "Hand out less, or ask an administrator who holds them."),
)
HELD_FOR_A_TIME = Kind(
    "HELD_FOR_A_TIME",
    Text(
        "所授予的权限自己只持有到 {day}：{permissions}。",
        "You hold these permissions until {day} only: {permissions}.",
    ),
    Text("请另选在此之前结束的期限。", "Hand them out for fewer days, so that they end before."),
)
TOKEN_OF_ANOTHER = Kind(
    "TOKEN_OF_ANOTHER",
    Text("账户 {account} 属于个人。", "Account {account} is a person's."),
    Text(
        "个人账户的令牌由其本人新建，或在服务器本机用命令行新建；程序请用没有人员的账户。",
        "They create their tokens themselves, or the operator does at the machine; programs have accounts of "
        "their own.",
    ),
)
OWN_RATING = Kind(
    "OWN_RATING",
    Text("这会改变自己随哪些评价对象被评价。", "This would change with which units you are rated yourself."),
    Text("请由另一位有此权限的人办理。", "Somebody else with the permission does it."),
)
RATED_THERE = Kind(
    "RATED_THERE",
    Text("{unit} 的得分也评价您本人。", "You are rated with {unit} yourself, or with a unit below it."),
    Text("请由不受其评价的人员办理。", "Somebody does it whom these scores do not rate."),
)
PROVIDER_LOCAL = Kind(
    "PROVIDER_LOCAL",
    Text("{issuer} 是服务器本机的地址。", "{issuer} is an address of the machine itself."),
    Text(
        "只能在服务器本机用命令行登记；否则请给出其 https 地址。",
        "Only the operator at the machine trusts it, by the command line; otherwise give its https address.",
    ),
)
DAYS_INVALID = Kind(
    "DAYS_INVALID",
    Text("有效期 {found} 天不在 1 至 {most} 之间。", "{found} days are not between 1 and {most}."),
    Text("请另选天数。", "Choose another number of days."),
)
TOKEN_NOT_FOUND = Kind(
    "TOKEN_NOT_FOUND",
    Text("没有令牌 {token}。", "There is no token {token}."),
    Text(
        "请使用令牌的 10 位标识（第二个下划线之后）。",
        "Name it by its key, the ten letters behind its second underscore.",
    ),
)
TOKEN_REVOKED = Kind(
    "TOKEN_REVOKED",
    Text("令牌 {token} 已撤销。", "Token {token} was revoked already."),
    Text("无须再次撤销。", "There is nothing to revoke."),
)
PROVIDER_ISSUER = Kind(
    "PROVIDER_ISSUER",
    Text("“{found}”不是身份提供方的地址。", "`{found}` is no address of an identity provider."),
    Text(
        "应为 https 地址（本机可用 http），不带查询部分，与令牌的 iss 逐字相同。",
        "Give an https address (http on the loopback) without a query, letter by letter as in `iss`.",
    ),
)
PROVIDER_EXISTS = Kind(
    "PROVIDER_EXISTS",
    Text(
        "{issuer} 与受众 {audience} 已登记。",
        "{issuer} with the audience {audience} is in use already.",
    ),
    Text(
        "一个地址与受众只能属于一个租户；请用另一受众。",
        "An issuer and audience serve one tenant; use another audience.",
    ),
)
PROVIDER_NOT_FOUND = Kind(
    "PROVIDER_NOT_FOUND",
    Text(
        "没有登记身份提供方 {issuer}（受众 {audience}）。",
        "There is no identity provider {issuer} with the audience {audience}.",
    ),
    Text("请查看已登记的提供方。", "Look at the providers that there are."),
)
IDENTITY_EXISTS = Kind(
    "IDENTITY_EXISTS",
    Text(
        "该身份已关联账户 {account}。",
        "That identity is linked to account {account} already.",
    ),
    Text("请先解除关联。", "Unlink it first."),
)
IDENTITY_NOT_FOUND = Kind(
    "IDENTITY_NOT_FOUND",
    Text("账户 {account} 没有关联该身份。", "Account {account} is not linked to that identity."),
    Text("请查看账户的身份。", "Look at the identities of the account."),
)
