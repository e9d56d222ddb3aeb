"""All settings there are, in the order in which they are shown; docs/operation.md has the same table."""

from __future__ import annotations

import os
from types import MappingProxyType

from steelyard.errors import Text
from steelyard.settings.forms import ADDRESS, PORT, TEXT, integer, items, one_of
from steelyard.settings.limits import SETTINGS as LIMITS
from steelyard.settings.setting import Setting

CONFIG = Setting("config", TEXT, Text("配置文件（TOML）", "the file of settings (TOML)"))
"""The file itself, which only the environment or an option can name."""
HOST = Setting("host", TEXT, Text("监听地址", "the address that `serve` listens at"), "127.0.0.1")
SERVE_PORT = Setting("port", PORT, Text("监听端口", "the port that `serve` listens at; 0 for any"), "8000")
LOG_FORMAT = Setting(
    "log_format",
    one_of("text", "json"),
    Text("日志格式", "what a line of the log is: words, or one object of JSON"),
    "text",
)
LOG_LEVEL = Setting(
    "log_level",
    one_of("debug", "info", "warning", "error"),
    Text("日志级别", "the least weighty lines that the log has"),
    "info",
)
SHUTDOWN_DELAY = Setting(
    "shutdown_delay",
    integer(0, 600),
    Text("停止前的秒数", "seconds for which a server that is told to stop says so at /readyz and works on"),
    "0",
)
SHUTDOWN_PATIENCE = Setting(
    "shutdown_patience",
    integer(1, 600),
    Text("等待在途请求的秒数", "seconds that requests under way have to finish after that"),
    "10",
)
METRICS = Setting(
    "metrics",
    ADDRESS,
    Text("指标的监听地址", "where `serve` shows Prometheus metrics, apart from the API; nowhere if left out"),
)

_ALL = (
    CONFIG,
    Setting(
        "database", TEXT, Text("数据库地址", "the address of the database"), "sqlite:///steelyard.db", True
    ),
    Setting(
        "parts",
        TEXT,
        Text(
            "记录文件夹",
            "the folder of files with records and evidence; beside a SQLite database if left out",
        ),
    ),
    Setting("tenant", TEXT, Text("租户", "whose data commands are about"), "default"),
    Setting(
        "packs",
        items(os.pathsep, Text("文件夹列表", "folders")),
        Text("指标包文件夹", "folders of packs beside those installed"),
    ),
    Setting(
        "allowed_packs",
        items(",", Text("指标包名称列表", "names of packs")),
        Text("允许的指标包", "the only packs that are used; all if left out"),
    ),
    HOST,
    SERVE_PORT,
    METRICS,
    SHUTDOWN_DELAY,
    SHUTDOWN_PATIENCE,
    LOG_FORMAT,
    LOG_LEVEL,
    Setting(
        "webhook_private",
        one_of("allow"),
        Text("允许内网回调", "`allow`: webhooks may go to private and loopback addresses"),
    ),
    Setting("smtp_host", TEXT, Text("邮件服务器", "the server that takes mails; none are sent without it")),
    Setting("smtp_port", PORT, Text("邮件服务器端口", "its port; by `smtp_security` if left out")),
    Setting(
        "smtp_security",
        one_of("starttls", "tls", "none"),
        Text("邮件连接加密", "how the connection to it is secured"),
        "starttls",
    ),
    Setting("smtp_user", TEXT, Text("邮件服务器账号", "the login there")),
    Setting("smtp_password", TEXT, Text("邮件服务器密码", "its password"), is_secret=True),
    Setting("smtp_from", TEXT, Text("发件人", "who mails are from")),
    *LIMITS,
)

KNOWN = MappingProxyType({setting.name: setting for setting in _ALL})
"""All settings by name."""
