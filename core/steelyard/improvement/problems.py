"""Kinds of problems of paths to a grade."""

from __future__ import annotations

from steelyard.errors import Kind, Text

NO_PASS_LINE = Kind(
    "PATH_WITHOUT_LINE",
    Text("“{node}”没有及格线。", "Indicator `{node}` has no pass line."),
    Text(
        "请以等级为目标，或在方案中给该指标一条及格线。",
        "Ask for a band instead, or give the indicator a pass line in the scheme.",
    ),
)
NO_BANDS = Kind(
    "PATH_WITHOUT_BANDS",
    Text("方案没有等级。", "The scheme has no bands."),
    Text("请以及格线为目标。", "Ask for the pass line instead."),
)
UNKNOWN_BAND = Kind(
    "PATH_UNKNOWN_BAND",
    Text("方案没有等级“{band}”；有：{bands}。", "The scheme has no band `{band}`, but {bands}."),
    Text("请用其中之一。", "Use one of them."),
)
VERDICT_OF_ROOT = Kind(
    "PATH_VERDICT_OF_ROOT",
    Text("只有根指标才有结论，“{node}”没有。", "Only the root has a verdict, not indicator `{node}`."),
    Text("请以该指标的及格线或等级为目标。", "Ask for the indicator's pass line or band."),
)
