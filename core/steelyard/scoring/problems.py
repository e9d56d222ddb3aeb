"""The kinds of problems that appear when a scheme is prepared for scoring."""

from __future__ import annotations

from steelyard.errors import Kind, Text

UNKNOWN_PYTHON_RUBRIC = Kind(
    "SCHEME_UNKNOWN_PYTHON_RUBRIC",
    Text(
        "指标 {node} 使用的 python 评分标准 {name} 未由任何指标包注册（已注册：{known}）。",
        "node {node} uses the python rubric {name}, which no pack registers (registered: {known}).",
    ),
    Text(
        "安装提供它的指标包，或改用已注册的名称。",
        "Install the pack that provides it, or use a registered name.",
    ),
)
