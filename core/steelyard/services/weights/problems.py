"""What can be wrong with weights and weight sets."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

WEIGHT_NONE = Kind(
    "WEIGHT_NONE",
    Text("没有给出任何权重。", "No weight is given."),
    Text("请至少给出一个指标的权重。", "Give a weight to at least one indicator."),
)
WEIGHT_UNKNOWN_NODE = Kind(
    "WEIGHT_UNKNOWN_NODE",
    Text(
        "评价体系 {scheme} 没有指标“{node}”{suggestion_zh}。",
        "Scheme {scheme} has no indicator `{node}`{suggestion_en}.",
    ),
    Text("请使用评价体系中的指标代码。", "Use the code of an indicator of the scheme."),
)
WEIGHT_OF_ROOT = Kind(
    "WEIGHT_OF_ROOT",
    Text(
        "“{node}”是根指标，没有同级指标可比。", "`{node}` is the root: it has no siblings to weigh against."
    ),
    Text("请给其下级指标设权重。", "Weigh the indicators below it."),
)
WEIGHT_NEGATIVE = Kind(
    "WEIGHT_NEGATIVE",
    Text("指标“{node}”的权重 {weight} 是负数。", "The weight {weight} of indicator `{node}` is negative."),
    Text("权重应为 0 或正数。", "A weight is 0 or more."),
)
WEIGHT_OUT_OF_RANGE = Kind(
    "WEIGHT_OUT_OF_RANGE",
    Text(
        "指标“{node}”的权重过大或过小，无法计算。",
        "The weight of indicator `{node}` is too large or too small to be computed with.",
    ),
    Text("权重应为 0，或在 1e-30 到 1e30 之间。", "A weight is 0, or from 1e-30 to 1e30."),
)
WEIGHT_TWICE = Kind(
    "WEIGHT_TWICE",
    Text("指标“{node}”的权重给出了两次。", "Indicator `{node}` is given a weight twice."),
    Text("请只保留一个。", "Keep one of them."),
)
WEIGHT_ALL_ZERO = Kind(
    "WEIGHT_ALL_ZERO",
    Text(
        "“{group}”的下级指标权重全部为 0。",
        "All indicators below `{group}` would weigh 0.",
    ),
    Text("请至少给其中一个正的权重。", "Give at least one of them a positive weight."),
)
STANDARD_UNKNOWN_UNIT = Kind(
    "STANDARD_UNKNOWN_UNIT",
    Text("没有评价对象“{unit}”。", "There is no unit `{unit}`."),
    Text("请使用您看得到的评价对象的代码。", "Use the code of a unit that you see."),
)
STANDARD_FOR_WHOM = Kind(
    "STANDARD_FOR_WHOM",
    Text(
        "指标“{node}”的标准没有说清适用于谁。",
        "It is not clear for whom the pass line or target of `{node}` is.",
    ),
    Text(
        "请给出一个评价对象，或一个属性及其取值，或都不给（适用于全部）。",
        "Name a unit, or an attribute with its value, or neither for all units.",
    ),
)
STANDARD_EMPTY = Kind(
    "STANDARD_EMPTY",
    Text("指标“{node}”既没有合格线也没有目标。", "`{node}` is given neither a pass line nor a target."),
    Text("请至少给出一个。", "Give one of them at least."),
)
STANDARD_NO_RATE = Kind(
    "STANDARD_NO_RATE",
    Text("指标“{node}”的 {rate} 不是 0 至 1 的得分率。", "{rate} for `{node}` is no rate from 0 to 1."),
    Text("请写 0.7 或 70%。", "Write 0.7 or 70%."),
)
STANDARD_TWICE = Kind(
    "STANDARD_TWICE",
    Text("指标“{node}”对同一对象给出了两次标准。", "`{node}` is given standards for the same units twice."),
    Text("请只保留一个。", "Keep one of them."),
)
STANDARD_TWO_ATTRIBUTES = Kind(
    "STANDARD_TWO_ATTRIBUTES",
    Text(
        "指标“{node}”的标准按两个属性（{first}、{second}）给出，同时具有两者的对象会有歧义。",
        "`{node}` has standards by two attributes ({first}, {second}): a unit may have both.",
    ),
    Text("一个指标请只按一个属性区分。", "Tell units apart by one attribute for an indicator."),
)
WEIGHT_SET_NOT_FOUND = Kind(
    "WEIGHT_SET_NOT_FOUND",
    Text(
        "评价体系 {scheme} 没有编号为 {number} 的权重方案。",
        "Scheme {scheme} has no weight set with the number {number}.",
    ),
    Text("现有编号：{known}。", "There are: {known}."),
)
WEIGHT_SET_PUBLISHED = Kind(
    "WEIGHT_SET_PUBLISHED",
    Text(
        "评价体系 {scheme} 的权重方案 {number} 已经发布，不再更改。",
        "Weight set {number} of scheme {scheme} is published and does not change any more.",
    ),
    Text("请以它为基础起草新的方案。", "Draft another one that is based on it."),
)
WEIGHT_SET_CHANGED = Kind(
    "WEIGHT_SET_CHANGED",
    Text(
        "权重方案 {number} 已由他人更改：您看到的是第 {expected} 版，现为第 {found} 版。",
        "Weight set {number} was changed meanwhile: you saw revision {expected}, it is at revision {found}.",
    ),
    Text("请查看当前的权重后重试。", "Look at the weights as they are now, then try again."),
)
WEIGHT_SET_OUTDATED = Kind(
    "WEIGHT_SET_OUTDATED",
    Text(
        "权重方案 {number} 中的指标 {nodes} 在评价体系 {scheme} 的现行版本 {version} 中已不存在。",
        "Weight set {number} names {nodes}, which version {version} of scheme {scheme} does not have.",
    ),
    Text(
        "请更改草案（任何更改都会去掉这些指标），核对后再发布。",
        "Change the draft, which drops them, look at it again, then publish it.",
    ),
)
WEIGHTS_SUPERSEDED = Kind(
    "WEIGHTS_SUPERSEDED",
    Text(
        "{calendar}/{period} 起现由权重方案 {found} 生效（您看到的是 {expected}）；不同的权重：{nodes}。",
        "From {calendar}/{period} weight set {found} is in force now, not {expected} as you saw; "
        "it differs in: {nodes}.",
    ),
    Text(
        "请与现行方案比较，决定后再发布。",
        "Compare your draft with the set in force, then publish it with that as what you saw.",
    ),
)
WEIGHTS_OF_CLOSED_PERIOD = Kind(
    "WEIGHTS_OF_CLOSED_PERIOD",
    Text(
        "{calendar}/{period} 已关闭，其权重不再更改。",
        "{calendar}/{period} is closed: its weights do not change any more.",
    ),
    Text(
        "请从最后一个已关闭周期之后的周期起生效。",
        "Let the set hold from a period after the last closed one.",
    ),
)
WEIGHTS_PERIOD_NOT_ON_RECORD = Kind(
    "WEIGHTS_PERIOD_NOT_ON_RECORD",
    Text(
        "周期 {calendar}/{period} 尚未建立，权重方案不能自此生效。",
        "{calendar}/{period} is not on record yet: no weight set can hold from it on.",
    ),
    Text(
        "请先建立周期：steelyard period add {calendar} {period} --reason …（API 为 addPeriods），再发布。",
        "Put it on record first, with `steelyard period add {calendar} {period} --reason …` (addPeriods in"
        " the API), then publish.",
    ),
)
WEIGHTS_NOTHING_TO_TRY = Kind(
    "WEIGHTS_NOTHING_TO_TRY",
    Text(
        "在 {period} 及以前没有可用的周期。",
        "There is no period up to {period} to look at.",
    ),
    Text("请选择有数据的周期。", "Choose a period with data."),
)
WEIGHT_NOT_A_GROUP = Kind(
    "WEIGHT_NOT_A_GROUP",
    Text(
        "评价体系 {scheme} 的“{node}”没有下级指标。",
        "`{node}` of scheme {scheme} has no indicators below it.",
    ),
    Text("请使用一组指标的代码。", "Name a group of indicators."),
)
WEIGHT_GROUP_TWICE = Kind(
    "WEIGHT_GROUP_TWICE",
    Text("“{node}”给出了两次。", "The group `{node}` is named twice."),
    Text("请只保留一个。", "Keep one of them."),
)
WEIGHT_COMPARED_TWICE = Kind(
    "WEIGHT_COMPARED_TWICE",
    Text("“{first}”与“{second}”比较了两次。", "`{first}` is compared with `{second}` twice."),
    Text("请只保留一个。", "Keep one of them."),
)
WEIGHT_DOUBTFUL_COMPARISON = Kind(
    "WEIGHT_DOUBTFUL_COMPARISON",
    Text(
        "{judge}：{first} 对 {second} 判为 {said}，其余比较推得 {implied}。",
        "{judge}: {first} to {second} was judged {said}, while the rest implies {implied}.",
    ),
    Text(
        "请首先复核这一比较；改为 {nearest} 时一致性比率为 {then}。",
        "Look at this one first; with {nearest} the consistency ratio would be {then}.",
    ),
    Level.WARNING,
)
WEIGHTS_TOO_MUCH_TO_SIMULATE = Kind(
    "WEIGHTS_TOO_MUCH_TO_SIMULATE",
    Text(
        "{draws} 次抽取 × {units} 个评价对象超过 {most}。",
        "{draws} draws of {units} units are more than {most} in all.",
    ),
    Text(
        "请减少抽取次数或评价对象；更大的模拟请用订阅 robustnessProgress。",
        "Ask for fewer draws or units; larger simulations can be followed with robustnessProgress.",
    ),
)
WEIGHTS_SHEET_TOO_LONG = Kind(
    "WEIGHTS_SHEET_TOO_LONG",
    Text(
        "回测有 {rows} 行，XLSX 工作表最多 {most} 行。",
        "The back-test has {rows} rows; a sheet of XLSX holds {most}.",
    ),
    Text("请减少周期或对象，或写成 CSV。", "Take fewer periods or units, or write CSV."),
)
