"""The words around the figures of a report."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from steelyard.errors import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("售后服务评价报告", "After-sales service report"),
        "period": Text("考核周期", "Period"),
        "verdict": Text("结论", "Verdict"),
        "no_verdict": Text("暂无结论", "No verdict"),
        "score": Text("得分", "Score"),
        "points": Text("分值", "Points"),
        "full": Text("满分", "Full mark"),
        "band": Text("等级", "Band"),
        "coverage": Text("覆盖率", "Coverage"),
        "line": Text("合格线", "Pass line"),
        "provisional": Text("周期未关闭，结果可能变动", "The period is open: the result may change"),
        "reasons": Text("理由", "Reasons"),
        "fired": Text("已触发", "fired"),
        "undecided": Text("无法判定", "undecided"),
        "consequence": Text("后果", "What follows"),
        "tree": Text("指标得分", "Indicators"),
        "indicator": Text("指标", "Indicator"),
        "weight": Text("权重", "Weight"),
        "rate": Text("得分率", "Rate"),
        "passed": Text("达标", "passed"),
        "failed": Text("未达标", "missed"),
        "comparison": Text("与同类比较", "Among its peers"),
        "rank": Text("名次", "Rank"),
        "median": Text("中位数", "Median"),
        "middle": Text("中间一半", "Middle half"),
        "withheld": Text("对象太少，不予显示", "too few units to be told"),
        "trend": Text("走势", "Trend"),
        "findings": Text("弱项", "Weak points"),
        "cost": Text("影响总分", "Cost in points"),
        "advice": Text("建议", "Advice"),
        "no_findings": Text("没有弱项。", "No weak points."),
        "plan": Text("改进计划", "Improvement plan"),
        "draft": Text("草案，尚未保存", "a draft that nobody has kept yet"),
        "action": Text("措施", "Action"),
        "owner": Text("负责人", "Owner"),
        "due": Text("期限", "Due"),
        "effort": Text("人日", "Person-days"),
        "expected": Text("预期提升", "Expected effect"),
        "state": Text("状态", "State"),
        "effect": Text("效果", "Effect"),
        "no_plan": Text("没有计划。", "No plan."),
        "assumptions": Text("假定", "Assumptions"),
        "assumed": Text("假定", "assumed"),
        "provenance": Text("依据", "What it was computed with"),
        "scheme": Text("评价体系", "Scheme"),
        "version": Text("版本", "version"),
        "weight_set": Text("权重方案", "Weight set"),
        "own_weights": Text("体系自身权重", "the scheme's own weights"),
        "run": Text("评价批次", "Run"),
        "revision": Text("第 {number} 版", "revision {number}"),
        "not_stored": Text("未保存", "not stored"),
        "withheld_run": Text("仅向可查看全部对象者显示", "told to who sees all units"),
        "legend": Text(
            "▮ 得分率　│ 合格线　┆ 目标　● 本单位　◆ 中位数　▭ 中间一半",
            "▮ rate   │ pass line   ┆ target   ● this unit   ◆ median   ▭ middle half",
        ),
    }
)
"""By the names that the page uses."""
