"""What can be wrong with settings."""

from __future__ import annotations

from steelyard.errors import Kind, Text

CONFIG_UNREADABLE = Kind(
    "CONFIG_UNREADABLE",
    Text("无法读取配置文件（{reason}）。", "The file of settings cannot be read ({reason})."),
    Text("请检查 STEELYARD_CONFIG 或 --config。", "Check STEELYARD_CONFIG or --config."),
)
CONFIG_NOT_TOML = Kind(
    "CONFIG_NOT_TOML",
    Text("配置文件不是 TOML（{reason}）。", "The file of settings is no TOML ({reason})."),
    Text('请写成一行一项，如 host = "0.0.0.0"。', 'Write one setting a line, as host = "0.0.0.0".'),
)
SETTING_UNKNOWN = Kind(
    "SETTING_UNKNOWN",
    Text("没有名为 {name} 的设置。", "There is no setting {name}."),
    Text(
        "{meant_zh}所有设置见 docs/operation.md；`steelyard config check` 列出现值。",
        "{meant_en}All settings are in docs/operation.md; `steelyard config check` lists them.",
    ),
)
SETTING_VALUE = Kind(
    "SETTING_VALUE",
    Text("设置 {name} 的值 {found} 无效。", "The setting {name} cannot be {found}."),
    Text("应为{expected_zh}。", "It has to be {expected_en}."),
)
SETTING_TYPE = Kind(
    "SETTING_TYPE",
    Text("设置 {name} 不能是 {found}。", "The setting {name} cannot be {found}."),
    Text(
        "应为{expected_zh}，写成文字、数字或列表。", "It has to be {expected_en}: text, a number, or a list."
    ),
)
