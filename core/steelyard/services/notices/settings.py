"""Settings of deliveries, from the environment.

| variable | what |
|---|---|
| STEELYARD_WEBHOOK_PRIVATE | `allow`: webhooks may go to private and loopback addresses |
| STEELYARD_SMTP_HOST | the server that takes mails; without it none are sent |
| STEELYARD_SMTP_PORT | its port; 587, with `tls` 465 |
| STEELYARD_SMTP_SECURITY | `starttls` (usual), `tls`, or `none` |
| STEELYARD_SMTP_USER, STEELYARD_SMTP_PASSWORD | how to log in, where that is needed; not with `none` |
| STEELYARD_SMTP_FROM | who mails are from |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.errors import ConfigError, Problem, Text
from steelyard.services.notices.addresses import is_mailbox
from steelyard.services.notices.problems import NOTICE_SETTING, NOTICE_SETTING_MISSING

PRIVATE = "STEELYARD_WEBHOOK_PRIVATE"
HOST = "STEELYARD_SMTP_HOST"
PORT = "STEELYARD_SMTP_PORT"
SECURITY = "STEELYARD_SMTP_SECURITY"
LOGIN = ("STEELYARD_SMTP_USER", "STEELYARD_SMTP_PASSWORD")
FROM = "STEELYARD_SMTP_FROM"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mails are handed in. security: `starttls`, `tls` or `none`."""

    host: str
    port: int
    security: str
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How notices are delivered. private: also to private and loopback addresses; mail: None for off."""

    private: bool = False
    mail: MailSettings | None = None


def from_environment(environment: Mapping[str, str] = os.environ) -> DeliverySettings:
    """Read the settings; ConfigError names all that cannot be used, and what is missing beside another."""
    given = {name: environment.get(name, "").strip() for name in (PRIVATE, HOST, PORT, SECURITY, FROM)}
    user, password = (environment.get(name) or None for name in LOGIN)
    security = given[SECURITY] or "starttls"
    wrong = []
    if given[PRIVATE] not in ("", "allow"):
        wrong.append(_wrong(PRIVATE, Text("allow，或不设", "allow, or nothing")))
    if given[HOST]:
        if security not in _PORTS:
            wrong.append(_wrong(SECURITY, Text("starttls、tls 或 none", "starttls, tls or none")))
        if given[PORT] and not (given[PORT].isdecimal() and 0 < int(given[PORT][:6]) < 65536):
            wrong.append(_wrong(PORT, Text("1 至 65535 的端口", "a port from 1 to 65535")))
        if user and security == "none":
            wrong.append(_wrong(LOGIN[0], Text("不设，或使用加密的连接", "nothing, or a secure connection")))
        if user and password is None:
            wrong.append(_missing(LOGIN[1], LOGIN[0], Text("该账号的密码", "the password of that login")))
        if password and user is None:
            wrong.append(
                _missing(LOGIN[0], LOGIN[1], Text("使用该密码的账号", "the login with that password"))
            )
        mailbox = Text("发件人的邮箱地址", "the mailbox that mails are from")
        if not given[FROM]:
            wrong.append(_missing(FROM, HOST, mailbox))
        elif not is_mailbox(given[FROM]):
            wrong.append(_wrong(FROM, mailbox))
    if wrong:
        raise ConfigError(wrong)
    mail = None
    if given[HOST]:
        port = int(given[PORT]) if given[PORT] else _PORTS[security]
        mail = MailSettings(given[HOST], port, security, given[FROM], user, password)
    return DeliverySettings(given[PRIVATE] == "allow", mail)


def _wrong(name: str, expected: Text) -> Problem:
    values = {"name": name, "expected_zh": expected.zh, "expected_en": expected.en}
    return Problem(NOTICE_SETTING, values=values)


def _missing(name: str, beside: str, expected: Text) -> Problem:
    values = {"name": name, "beside": beside, "expected_zh": expected.zh, "expected_en": expected.en}
    return Problem(NOTICE_SETTING_MISSING, values=values)
