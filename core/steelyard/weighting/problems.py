"""The kinds of problems that appear where weights are looked for."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

NO_INDICATORS = Kind(
    "WEIGHTING_NO_INDICATORS",
    Text("没有给出要定权的指标。", "There are no indicators to weigh."),
    Text("请给出同一组的全部下级指标。", "Name the indicators of one group."),
)
NOT_A_WEIGHT = Kind(
    "WEIGHTING_NOT_A_WEIGHT",
    Text(
        "指标“{node}”的权重“{found}”不是 0 或正的十进制数。",
        "The weight `{found}` of indicator `{node}` is no decimal number of 0 or more.",
    ),
    Text("请填写半角数字，如 30 或 2.5。", "Write plain digits, e.g. 30 or 2.5."),
)
ALL_ZERO = Kind(
    "WEIGHTING_ALL_ZERO",
    Text("所有指标的权重都是 0。", "All indicators weigh 0."),
    Text("请至少给其中一个正的权重。", "Give at least one of them a positive weight."),
)
RATIO_COUNT = Kind(
    "WEIGHTING_RATIO_COUNT",
    Text(
        "比例“{found}”有 {parts} 项，而指标有 {nodes} 个。",
        "The ratio `{found}` has {parts} part(s), but there are {nodes} indicators.",
    ),
    Text("请为每个指标写一项，如 3:2:1。", "Write one part for each indicator, e.g. 3:2:1."),
)
PERCENT_SUM = Kind(
    "WEIGHTING_PERCENT_SUM",
    Text("百分比合计为 {found}，应为 100%。", "The percentages add up to {found}; 100% was expected."),
    Text("请调整百分比，或改用分值或比例。", "Adjust them, or give points or ratios instead."),
)
NOT_OF_THE_GROUP = Kind(
    "WEIGHTING_NOT_OF_THE_GROUP",
    Text("指标“{node}”不在这一组（{known}）中。", "Indicator `{node}` is not of this group ({known})."),
    Text("请使用同一组指标的代码。", "Use the codes of one group's indicators."),
)
MORE_THAN_THE_WHOLE = Kind(
    "WEIGHTING_MORE_THAN_THE_WHOLE",
    Text(
        "设定的权重合计 {found}，超过这一组的总和 {whole}。",
        "The weights set add up to {found}, which is more than the group's total of {whole}.",
    ),
    Text("请减小设定的权重。", "Set less."),
)
NOTHING_TAKES_THE_REST = Kind(
    "WEIGHTING_NOTHING_TAKES_THE_REST",
    Text(
        "设定的权重合计 {found}，不足总和 {whole}，而其余指标的权重为 0，无法按比例分配余下部分。",
        "The weights set add up to {found} of {whole}, and the other indicators weigh 0: "
        "there is no proportion to share the rest by.",
    ),
    Text("请同时设定其余指标的权重。", "Set the weights of the others too."),
)
NOT_A_JUDGEMENT = Kind(
    "WEIGHTING_NOT_A_JUDGEMENT",
    Text(
        "“{first}”与“{second}”的比较“{found}”无法读取；应为 1/9 到 9 的数，如 3 或 1/3。",
        "The comparison `{found}` of `{first}` with `{second}` cannot be read; "
        "a number from 1/9 to 9 was expected, e.g. 3 or 1/3.",
    ),
    Text("请使用 1–9 标度，未比较的留空。", "Use the scale of 1 to 9; leave empty what was not compared."),
)
DIAGONAL = Kind(
    "WEIGHTING_DIAGONAL",
    Text(
        "“{first}”与自身的比较为“{found}”，应为 1。",
        "Indicator `{first}` compared with itself is `{found}`; 1 was expected.",
    ),
    Text("请改为 1 或留空。", "Write 1, or leave it empty."),
)
NOT_RECIPROCAL = Kind(
    "WEIGHTING_NOT_RECIPROCAL",
    Text(
        "“{first}”比“{second}”为 {found}，反向却为 {back}，两者不互为倒数。",
        "`{first}` to `{second}` is {found}, but the other way round it is {back}: not its reciprocal.",
    ),
    Text("请改正其中一个，或将其留空。", "Correct one of them, or leave it empty."),
)
MATRIX_SHAPE = Kind(
    "WEIGHTING_MATRIX_SHAPE",
    Text(
        "判断矩阵应为 {nodes} 行 {nodes} 列；第 {row} 行有 {found} 列，共 {rows} 行。",
        "The matrix should have {nodes} rows of {nodes} cells; row {row} has {found}, "
        "and there are {rows} rows.",
    ),
    Text("请为每个指标写一行一列。", "Write one row and one column for each indicator."),
)
TOO_MANY_TO_COMPARE = Kind(
    "WEIGHTING_TOO_MANY_TO_COMPARE",
    Text(
        "{nodes} 个指标超过了层次分析法随机指标表的上限 {most}。",
        "{nodes} indicators are more than the {most} that the random-index table goes to.",
    ),
    Text("请将指标分成小组后逐组比较。", "Divide them into smaller groups, and compare within each."),
)
NOT_LINKED = Kind(
    "WEIGHTING_NOT_LINKED",
    Text(
        "没有任何比较把（{group}）与其余指标联系起来。",
        "No comparison links ({group}) with the other indicators.",
    ),
    Text("请至少比较其中一个与组外一个指标。", "Compare at least one of them with one outside."),
)
NO_JUDGES = Kind(
    "WEIGHTING_NO_JUDGES",
    Text("没有评判人。", "There are no judges."),
    Text("请至少给出一位评判人的比较。", "Give the comparisons of at least one judge."),
)
JUDGE_TWICE = Kind(
    "WEIGHTING_JUDGE_TWICE",
    Text("评判人“{judge}”出现了两次。", "Judge `{judge}` is there twice."),
    Text("请只保留一份比较。", "Keep one set of comparisons."),
)
JUDGE_WEIGHT = Kind(
    "WEIGHTING_JUDGE_WEIGHT",
    Text(
        "评判人“{judge}”的权重 {found} 不是正数。", "The weight {found} of judge `{judge}` is not positive."
    ),
    Text("请给正的权重，或去掉这位评判人。", "Give a positive weight, or leave the judge out."),
)
OTHER_INDICATORS = Kind(
    "WEIGHTING_OTHER_INDICATORS",
    Text(
        "评判人“{judge}”比较的不是同一组指标。",
        "Judge `{judge}` compared other indicators than the first judge did.",
    ),
    Text(
        "请让所有评判人比较同一组指标，顺序一致。", "Let all compare the same indicators, in the same order."
    ),
)
INCONSISTENT = Kind(
    "WEIGHTING_INCONSISTENT",
    Text(
        "{whose}的比较不够一致：一致性比率 {ratio} 超过 {limit}。",
        "{whose_en}: the comparisons are not consistent enough; "
        "the consistency ratio {ratio} is above {limit}.",
    ),
    Text("请复核所指出的比较。", "Look again at the comparison that is pointed out."),
    Level.WARNING,
)
TOO_FEW_ROWS = Kind(
    "WEIGHTING_TOO_FEW_ROWS",
    Text(
        "完整的数据只有 {found} 行（另有 {left_out} 行有缺），至少需要 {least} 行。",
        "Only {found} rows have all indicators ({left_out} have gaps); at least {least} are needed.",
    ),
    Text("请选取更多的评价对象或周期。", "Take more units or periods."),
)
NOT_A_RATE = Kind(
    "WEIGHTING_NOT_A_RATE",
    Text(
        "指标“{node}”有 {count} 个负的或无穷的得分率。",
        "Indicator `{node}` has {count} rate(s) that are negative or infinite.",
    ),
    Text("请使用 0 到 1 的得分率。", "Use rates from 0 to 1."),
)
NO_DIFFERENCES = Kind(
    "WEIGHTING_NO_DIFFERENCES",
    Text("所有行的数据都相同，无从区分指标。", "All rows are the same: they tell no indicator from another."),
    Text("请选取有差异的评价对象或周期。", "Take units or periods that differ."),
)
NO_CONFLICT = Kind(
    "WEIGHTING_NO_CONFLICT",
    Text(
        "有差异的指标完全同步变化，CRITIC 法无法给出权重。",
        "The indicators that differ rise and fall together throughout: CRITIC gives none of them a weight.",
    ),
    Text("请改用熵权法或其他方法。", "Use entropy or another method."),
)
CONSTANT = Kind(
    "WEIGHTING_CONSTANT",
    Text(
        "指标（{nodes}）在所有行中取值相同，权重为 0。",
        "Indicators ({nodes}) have the same value in all rows and weigh 0.",
    ),
    Text("若它们仍应计入，请手工设定权重。", "If they should count all the same, set their weights by hand."),
    Level.WARNING,
)
ROWS_LEFT_OUT = Kind(
    "WEIGHTING_ROWS_LEFT_OUT",
    Text(
        "{left_out} 行有缺，未计入；使用了 {rows} 行。",
        "{left_out} row(s) have gaps and were left out; {rows} were used.",
    ),
    Text("请补全数据后重算。", "Fill the gaps and compute again."),
    Level.WARNING,
)
UNREADABLE = Kind(
    "WEIGHTING_UNREADABLE",
    Text(
        "保存的定权结果无法读取：{where} 处有误。",
        "The kept result cannot be read: there is a fault at {where}.",
    ),
    Text("请重新计算权重。", "Find the weights again."),
)
