"""What can be wrong with a choice of units."""

from __future__ import annotations

from steelyard.errors import Kind, Text

ATTRIBUTE_NOT_KNOWN = Kind(
    "CHOICE_ATTRIBUTE_UNKNOWN",
    Text(
        "您可以看到的评价对象都没有属性“{found}”{suggestion_zh}。",
        "No unit that you may see has an attribute `{found}`{suggestion_en}.",
    ),
    Text("请使用评价对象的属性名（Unit.attributes）。", "Use the name of one (`Unit.attributes`)."),
)
ATTRIBUTE_NO_NUMBER = Kind(
    "CHOICE_ATTRIBUTE_NO_NUMBER",
    Text(
        "属性 {attribute} 不是数：例如“{found}”。",
        "The attribute {attribute} is no number anywhere: it is `{found}`, for example.",
    ),
    Text("请用 values 列出取值，而不用上下限。", "Name its values instead of bounds."),
)
BAND_NOT_KNOWN = Kind(
    "CHOICE_BAND_UNKNOWN",
    Text(
        "评价体系 {scheme} 没有等级“{found}”{suggestion_zh}。",
        "Scheme {scheme} has no band `{found}`{suggestion_en}.",
    ),
    Text("可用：{known}。", "It has: {known}."),
)
VERDICT_NOT_KNOWN = Kind(
    "CHOICE_VERDICT_UNKNOWN",
    Text(
        "评价体系 {scheme} 没有结论“{found}”{suggestion_zh}。",
        "Scheme {scheme} has no verdict `{found}`{suggestion_en}.",
    ),
    Text("可用：{known}。", "It has: {known}."),
)
PEER_WITHOUT_ATTRIBUTE = Kind(
    "CHOICE_PEER_WITHOUT_ATTRIBUTE",
    Text(
        "在周期 {period} 的最后一天，评价对象 {unit} 没有属性“{what}”。",
        "Unit {unit} has no attribute `{what}` on the last day of period {period}.",
    ),
    Text("请给出它的属性，或用别的条件确定同类。", "Record it, or say otherwise who its peers are."),
)
PEER_WITHOUT_ANCESTOR = Kind(
    "CHOICE_PEER_WITHOUT_ANCESTOR",
    Text(
        "在周期 {period} 的最后一天，评价对象 {unit} 之上没有您可以看到的类型为“{what}”的单位。",
        "On the last day of period {period} no unit of type `{what}` that you may see is above {unit}.",
    ),
    Text("请使用其上级单位的类型。", "Use the type of a unit above it."),
)
PEER_WITHOUT_SIZE = Kind(
    "CHOICE_PEER_WITHOUT_SIZE",
    Text(
        "评价对象 {unit} 在周期 {period} 的度量 {what} 没有大于 0 的值。",
        "Unit {unit} has no value above 0 of the measure {what} in period {period}.",
    ),
    Text("请选择有值的度量或周期。", "Choose a measure or a period in which it has one."),
)
PEERS_IN_NOTHING = Kind(
    "CHOICE_PEERS_IN_NOTHING",
    Text("没有说明 {unit} 的同类在哪方面相同。", "It is not said in what the peers of {unit} are like it."),
    Text(
        "请给出属性、上级单位的类型或度量。",
        "Name attributes, the type of a unit above it, or a measure.",
    ),
)
CHOICE_UNREADABLE = Kind(
    "CHOICE_UNREADABLE",
    Text("无法理解条件“{found}”。", "The condition `{found}` cannot be read."),
    Text(
        "请写成 名称=值；属性写成 attribute.size=large、attribute.staff>=10。可用的名称：{known}。",
        "Write name=value, of attributes attribute.size=large or attribute.staff>=10. Names: {known}.",
    ),
)
