"""The layout of the form: its words, its columns, and what a program finds it by again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from steelyard.errors import Text
from steelyard.scheme.layout import POINTS_COLUMN, REMARK_COLUMN, Layout, LayoutColumn

FORMAT = "steelyard-assessment/1"
HIDDEN = "steelyard"
"""The name of the hidden sheet that says for what the form was made."""
CODE_HEAD = "steelyard:measure"
"""The head of the hidden column with the measures."""
SCORE_KEY, COMMENT_KEY = "points_head", "comment_head"
"""Below these names the hidden sheet has the heads of the columns to be filled in."""
SCORE_HEAD = POINTS_COLUMN.title
COMMENT_HEAD = REMARK_COLUMN.title
FIELDS: Mapping[str, Text] = MappingProxyType(
    {
        "unit": Text("评估对象", "Unit"),
        "place": Text("地点", "Place"),
        "date": Text("评估日期", "Date"),
        "consultant": Text("评估人", "Assessor"),
        "others": Text("其它参与者", "Others present"),
    }
)
EARLIER: Mapping[str, str] = MappingProxyType({"unit": "经销商名称", "consultant": "咨询师"})
"""What the heads of forms that were handed out earlier say in Chinese, whatever they assess."""
MADE_FOR = Text(
    "编号 {unit} · 周期 {period} · 版本 {version}", "{unit} · period {period} · version {version}"
)
"""For what a form was made, below its title's heads; nothing of it is read."""
RULES = Text("规则与适用条件", "Rules and conditions")
USUAL = Layout(
    columns=(
        LayoutColumn(show="number", head=Text("序号", "No.")),
        LayoutColumn(show="item", head=Text("模块/项目", "Module / item")),
        LayoutColumn(show="weight", head=Text("项目权重", "Weight")),
        LayoutColumn(show="full", head=Text("满分", "Full mark")),
        POINTS_COLUMN,
        LayoutColumn(show="rate", head=Text("得分率", "Rate")),
        LayoutColumn(show="pass_points", head=Text("及格分", "Pass points")),
        LayoutColumn(show="pass", head=Text("合格值", "Pass line")),
        REMARK_COLUMN,
    ),
    total=Text("合计", "Total"),
)
"""The columns of a scheme whose source prints none of its own."""
