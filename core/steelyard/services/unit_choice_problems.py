"""What can be wrong with a choice of units."""

from __future__ import annotations

from steelyard.errors import Kind, Text

ATTRIBUTE_NOT_KNOWN = Kind(
    "CHOICE_ATTRIBUTE_UNKNOWN",
    Text(
        "您可以看到的评价对象都没有属性“{found}”{suggestion_zh}。",
        "No unit that you may see has an attribute `{found}`{suggestion_en}.",
    ),
    Text("它们的属性有：{known}。", "They have: {known}."),
)
ATTRIBUTE_VALUE = Kind(
    "CHOICE_ATTRIBUTE_VALUE",
    Text(
        "您可以看到的评价对象的属性“{attribute}”从来不是“{found}”{suggestion_zh}。",
        "The attribute `{attribute}` is never `{found}` of a unit that you may see{suggestion_en}.",
    ),
    Text("其取值有：{known}。", "It is: {known}."),
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
PLACES_OF_NOTHING = Kind(
    "CHOICE_PLACES_OF_NOTHING",
    Text("没有说明要哪些名次。", "It is not said which places are meant."),
    Text("请给出 top、bottom（至少 1）或 around。", "Give top or bottom (1 at least), or around."),
)
CHOICE_UNREADABLE = Kind(
    "CHOICE_UNREADABLE",
    Text(
        "条件“{found}”不是“名称=值”的形式。",
        "The condition `{found}` is no name with a value.",
    ),
    Text(
        "请写成 band=A；属性写成 attribute.size=large、attribute.staff>=10。",
        "Write band=A, of attributes attribute.size=large or attribute.staff>=10.",
    ),
)
CHOICE_NAME = Kind(
    "CHOICE_NAME_UNKNOWN",
    Text(
        "条件“{found}”：没有名为“{name}”的条件{suggestion_zh}。",
        "The condition `{found}`: there is none by the name `{name}`{suggestion_en}.",
    ),
    Text(
        "可用：{known}。评价对象的属性写成 attribute.size=large。",
        "There are: {known}. An attribute of units is written attribute.size=large.",
    ),
)
CHOICE_SIGN = Kind(
    "CHOICE_SIGN",
    Text("条件“{found}”：{name} 不能用 {sign}。", "The condition `{found}`: {name} takes no {sign}."),
    Text(
        "请写成 {name}={value}；上下限只用于属性，如 attribute.staff>=10。",
        "Write {name}={value}; bounds are for attributes alone, as attribute.staff>=10.",
    ),
)
CHOICE_VALUE = Kind(
    "CHOICE_VALUE",
    Text("条件“{found}”：{name} 不能是“{value}”。", "The condition `{found}`: {name} cannot be `{value}`."),
    Text("应为{expected_zh}。", "It has to be {expected_en}."),
)
CHOICE_TWICE = Kind(
    "CHOICE_TWICE",
    Text("条件“{found}”：前面已有 {first}。", "The condition `{found}`: there is {first} before it."),
    Text("{name} 只能给出一次，请去掉其中一个。", "{name} is given once; leave one of them out."),
)
CHOICE_ALONE = Kind(
    "CHOICE_ALONE",
    Text("条件“{found}”单独没有意义。", "The condition `{found}` says nothing by itself."),
    Text("请同时给出 {needed_zh}。", "Give beside it (one of): {needed_en}."),
)
