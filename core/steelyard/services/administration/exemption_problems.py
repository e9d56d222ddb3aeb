"""What is wrong with exemptions."""

from __future__ import annotations

from steelyard.errors import Kind, Text

EXEMPTION_NOT_FOUND = Kind(
    "EXEMPTION_NOT_FOUND",
    Text("没有编号为 {number} 的豁免。", "There is no exemption {number}."),
    Text("请从豁免列表中取编号。", "Take the number from the list of exemptions."),
)
EXEMPTION_OF_WHAT = Kind(
    "EXEMPTION_OF_WHAT",
    Text("豁免须针对一个指标或一条规则，二者取一。", "An exemption is from one indicator or one rule."),
    Text("请只写其中一个。", "Name one of them, and only one."),
)
EXEMPTION_DAYS = Kind(
    "EXEMPTION_DAYS",
    Text(
        "豁免的到期日 {expires} 不在起始日 {starts} 之后。",
        "The exemption expires on {expires}, which is not after it starts, {starts}.",
    ),
    Text("请写更晚的到期日：到期日当天已不再豁免。", "Write a later day: on that day it holds no more."),
)
EXEMPTION_OF_CLOSED_PERIOD = Kind(
    "EXEMPTION_OF_CLOSED_PERIOD",
    Text(
        "周期 {calendar}/{period} 已关闭，其结果不会因豁免而改变。",
        "Period {calendar}/{period} is closed: no exemption changes it.",
    ),
    Text(
        "请从未关闭的周期开始；确需更正时，先重新打开该周期。",
        "Choose days of open periods; to correct a closed one, open it again first.",
    ),
)
EXEMPTION_EXISTS = Kind(
    "EXEMPTION_EXISTS",
    Text(
        "{unit} 在这段时间已有同样的豁免（编号 {number}，至 {until}）。",
        "{unit} has the same exemption in that time (number {number}, until {until}).",
    ),
    Text("请从那之后开始，或先终止它。", "Start after it, or end it first."),
)
EXEMPTION_HAS_ENDED = Kind(
    "EXEMPTION_HAS_ENDED",
    Text("豁免 {number} 从 {until} 起已不再有效。", "Exemption {number} holds no more from {until} on."),
    Text("没有可终止的内容。", "There is nothing to end."),
)
EXEMPTION_END = Kind(
    "EXEMPTION_END",
    Text(
        "终止日 {found} 须在 {starts}（含）至 {until}（不含）之间。",
        "The day {found} is not from {starts} up to, but not including, {until}.",
    ),
    Text("请写豁免期内的日期。", "Choose a day within the exemption."),
)
RULE_NOT_FOUND = Kind(
    "RULE_NOT_FOUND",
    Text("{scheme} 没有名为“{rule}”的规则{suggestion_zh}。", "{scheme} has no rule `{rule}`{suggestion_en}."),
    Text("请写方案中规则的 id。", "Write the id of a rule of the scheme."),
)
