"""The kinds of problems that a command can have by itself."""

from __future__ import annotations

from steelyard.errors import Kind, Text

UNREADABLE_FILE = Kind(
    "CLI_UNREADABLE_FILE",
    Text("无法读取文件：{reason}。", "The file cannot be read: {reason}."),
    Text("检查路径和权限。", "Check the path and the permissions."),
)
UNKNOWN_SCHEME = Kind(
    "CLI_UNKNOWN_SCHEME",
    Text(
        "没有名为“{found}”的文件或已安装的评价体系{suggestion_zh}。已安装：{known}。",
        "There is no file and no installed scheme “{found}”{suggestion_en} Installed: {known}.",
    ),
    Text(
        "用 steelyard pack list 查看已安装的指标包；未能载入的指标包：{broken}。",
        "`steelyard pack list` shows the installed packs; packs that could not be loaded: {broken}.",
    ),
)
INTERNAL = Kind(
    "INTERNAL_ERROR",
    Text(
        "Steelyard 内部故障 {id}（{type}），详情在 {log}。",
        "A fault of Steelyard itself, {id} ({type}); details are in {log}.",
    ),
    Text("请把该文件交给维护者。", "Please hand that file to the maintainers."),
)
MORE_PROBLEMS = Text("另有 {count} 个问题未列出。", "{count} more problems are not listed.")
