"""A report with something of everything, and names that would do harm if a page took them at their word."""

from __future__ import annotations

from datetime import date

from steelyard.errors import Text
from steelyard.reporting.model import (
    ActionLine,
    FindingLine,
    Moment,
    PeerLine,
    PlanPart,
    Provenance,
    Report,
    RuleLine,
    Standing,
    TreeLine,
)

HARMFUL = Text('网点<script>"&', 'Branch<script>"&')
REPORT = Report(
    scheme=Text("前台服务能力评估", "Front desk"),
    unit=HARMFUL,
    unit_code="D1",
    period="2014",
    standing=Standing(
        verdict=Text("不达标", "Failed"),
        good=False,
        band=Text("差", "Poor"),
        score=49.69696969,
        points=164.0,
        full=330.0,
        line_points=231.0,
        coverage=0.95,
        summary=Text("还差 67 分。", "It needs 67 more points."),
    ),
    rules=(
        RuleLine(
            Text("各部门须达标", "Every department passes"), Text("前台未达标", "one missed"), True, None
        ),
    ),
    tree=(
        TreeLine(
            "FD", Text("前台", "Desk"), 0, 330.0, 164.0, 0.497, 0.7, 0.8, False, Text("", ""), 1.0, False
        ),
        TreeLine(
            "FD.A", HARMFUL, 1, 100.0, None, None, 0.7, None, None, Text("无数据", "no data"), 0.3, True
        ),
    ),
    peers=(
        PeerLine(Text("前台", "Desk"), 49.7, 12, 9, 55.0, 68.0, 80.5),
        PeerLine(Text("看板", "Boards"), 20.0, None, None, None, None, None),
    ),
    trend=(Moment("2011", 40.0), Moment("2012", None), Moment("2013", 45.0), Moment("2014", 49.7)),
    trend_line=70.0,
    findings=(FindingLine(Text("低于合格线", "Below"), Text("差 41.5 分", "41.5 short"), 41.5, (HARMFUL,)),),
    plan=PlanPart(
        title=HARMFUL,
        summary=Text("可达 240 分。", "Reaches 240."),
        draft=False,
        actions=(
            ActionLine(
                title=Text("流程辅导", "Coaching"),
                indicator=Text("核心流程", "Core"),
                owner=Text("甲", "A"),
                due=date(2015, 3, 1),
                effort=15.0,
                expected=0.25,
                state=Text("进行中", "in progress"),
                effect=Text("已兑现", "kept"),
            ),
        ),
    ),
    assumptions=(Text("人日为假定。", "Effort is assumed."),),
    provenance=Provenance("automotive.front-desk", "1.2.0", "ab12", 3, 2, "cd34", True),
)
