"""Attributes of units that nothing reads or that do not agree, and values outside of what a rubric knows."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

UNREAD_ATTRIBUTE = Kind(
    "PACK_SAMPLE_ATTRIBUTE_UNREAD",
    Text(
        "没有评价体系读取属性“{found}”{suggestion_zh}。",
        "No scheme reads the attribute “{found}”{suggestion_en}.",
    ),
    Text("读取的属性：{known}。", "The schemes read {known}."),
    Level.WARNING,
)
ATTRIBUTE_DIFFERS = Kind(
    "PACK_SAMPLE_ATTRIBUTE_DIFFERS",
    Text(
        "评价对象“{unit}”在此处的 {attribute} 为“{found}”，而 units.yaml 中为“{other}”。",
        "Here the {attribute} of the unit “{unit}” is “{found}”, but “{other}” in units.yaml.",
    ),
    Text("请统一。", "Say the same in both."),
    Level.WARNING,
)
CASE_UNKNOWN_ATTRIBUTE = Kind(
    "PACK_CASE_UNKNOWN_ATTRIBUTE",
    Text(
        "案例“{case}”：评价体系 {scheme} 不读取属性“{found}”{suggestion_zh}。",
        "Case “{case}”: the scheme {scheme} does not read the attribute “{found}”{suggestion_en}.",
    ),
    Text("读取的属性：{known}。", "It reads {known}."),
)
CASE_UNKNOWN_VARIANT = Kind(
    "PACK_CASE_UNKNOWN_VARIANT",
    Text(
        "案例“{case}”：评价体系没有 {attribute} 为“{found}”的变体{suggestion_zh}。",
        "Case “{case}”: the scheme has no variant for {attribute} “{found}”{suggestion_en}.",
    ),
    Text(
        "该案例用原权重；变体：{known}。本应如此时，请在 variants 中写 `{found}: {{}}`。",
        "The case is scored with the scheme's own figures; variants: {known}. If that is meant, "
        "list `{found}: {{}}` among them.",
    ),
    Level.WARNING,
)
CASE_PERIOD = Kind(
    "PACK_CASE_PERIOD",
    Text(
        "案例“{case}”：“{period}”不是 {calendars} 的周期代码，而其他案例用的是。",
        "Case “{case}”: “{period}” is no period of the calendar {calendars}, though other cases have such.",
    ),
    Text("请按 {example} 的写法填写。", "Write it like {example}."),
    Level.WARNING,
)
SAMPLE_OUTSIDE_SCALE = Kind(
    "PACK_SAMPLE_OUTSIDE_SCALE",
    Text(
        "指标 {code} 的 {found} 不在 {low} 至 {high} 之间，得分率被截断。",
        "{found} for {code} lies outside {low} to {high}; its rate is cut.",
    ),
    Text("请核对该值。", "Check the value."),
    Level.WARNING,
)
LINE_WITHOUT_PERCENT = Kind(
    "PACK_LINE_WITHOUT_PERCENT",
    Text(
        "此处的界限 {found} 不带 %，而样例与案例的 {measure} 多带 %。",
        "The line {found} carries no %, but most values of {measure} in samples and cases do.",
    ),
    Text("是否指 {found}%？", "Is {found}% meant?"),
)
