"""Problems of the layout of a printed scorecard."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

LAYOUT_WITHOUT_ITEM = Kind(
    "SCHEME_LAYOUT_WITHOUT_ITEM",
    Text("layout没有显示item或code的列。", "No column of the layout shows `item` or `code`."),
    Text("请加上写指标名称的列。", "Add the column with the names of the indicators."),
)
LAYOUT_REPEATED = Kind(
    "SCHEME_LAYOUT_REPEATED",
    Text("layout中{show}出现两次。", "Two columns of the layout show `{show}`."),
    Text("请删去其中一列。", "Leave one of them out."),
)
LAYOUT_HEADS_ALIKE = Kind(
    "SCHEME_LAYOUT_HEADS_ALIKE",
    Text("layout有两列的表头都是“{head}”。", "Two columns of the layout have the head “{head}”."),
    Text(
        "评估表凭表头找到得分，请使各列表头不同。",
        "Forms find the points by their head: give each column one of its own.",
    ),
)
LAYOUT_HEAD_ADDED = Kind(
    "SCHEME_LAYOUT_HEAD_ADDED",
    Text(
        "表头“{head}”与评估表自动加上的{show}列相同：layout没有显示{show}的列。",
        "The head “{head}” is that of the column of `{show}` that forms are given: the layout has none.",
    ),
    Text(
        "请改用其他表头，或加上显示{show}的列并自定其表头。",
        "Write another head, or add a column of `{show}` with a head of its own.",
    ),
)
LAYOUT_WITHOUT_HEAD = Kind(
    "SCHEME_LAYOUT_WITHOUT_HEAD",
    Text("layout的这一列没有表头。", "This column of the layout has no head."),
    Text(
        "请写head；只有紧接在另一item列之后的item列可以不写，与前一列共用表头。",
        "Write its `head`. Only an item column right behind another one may share that one's.",
    ),
)
LAYOUT_LEVELS = Kind(
    "SCHEME_LAYOUT_LEVELS",
    Text(
        "layout中item列的level为{found}，而指标树在总分之下有{depth}级。",
        "The levels of the layout's item columns are {found}; the tree has {depth} below its root.",
    ),
    Text(
        "请每级写一列item，自1起依次相邻；或都不写level。",
        "Write one item column for each level, side by side from 1 on, or no `level` at all.",
    ),
)
LAYOUT_FIELD = Kind(
    "SCHEME_LAYOUT_FIELD",
    Text("显示{show}的列不用{field}。", "A column that shows `{show}` has no `{field}`."),
    Text(
        "level、with_full只用于item列，words只用于words列，decimals只用于数值列。",
        "`level` and `with_full` belong to `item`, `words` to `words`, `decimals` to columns of numbers.",
    ),
)
LAYOUT_WORDS = Kind(
    "SCHEME_LAYOUT_WORDS",
    Text(
        "words列没有文字，各格都会是空的。",
        "A column of `words` without words: all its cells would be empty.",
    ),
    Text("请在words中按指标代码写明文字。", "Write them by the codes of indicators in `words`."),
)
LAYOUT_WORDS_OF = Kind(
    "SCHEME_LAYOUT_WORDS_OF",
    Text(
        "words写了“{code}”，总分之下没有此指标。",
        "There are words for `{code}`, which is no indicator below the root.",
    ),
    Text("请改正代码。", "Correct the code."),
)
LAYOUT_WORDS_TWICE = Kind(
    "SCHEME_LAYOUT_WORDS_TWICE",
    Text(
        "words既写了“{code}”，又写了它所属的“{group}”：分级排列时二者占同一格。",
        "There are words for `{code}` and for `{group}` above it: with levels they have the same cell.",
    ),
    Text("请只写其中一处。", "Write one of them."),
)
LAYOUT_SUBTOTAL = Kind(
    "SCHEME_LAYOUT_SUBTOTAL",
    Text(
        "layout有subtotal，而item列没有level。",
        "The layout has a `subtotal`, and no item column has a `level`.",
    ),
    Text(
        "不分级时每组自成一行，不需小计；请写level，或删去subtotal。",
        "Without levels each group has a row of its own: write levels, or leave it out.",
    ),
)
LAYOUT_UNFILLED = Kind(
    "SCHEME_LAYOUT_UNFILLED",
    Text(
        "layout有显示{show}的列，而体系没有{lacking}：该列总是空的。",
        "A column of the layout shows `{show}`, and the scheme has no `{lacking}`: it will always be empty.",
    ),
    Text("请在体系中补上，或删去该列。", "Add what it shows to the scheme, or leave the column out."),
    Level.WARNING,
)
LAYOUT_DECIMALS = Kind(
    "SCHEME_LAYOUT_DECIMALS",
    Text("decimals为{found}。", "`decimals` is {found}."),
    Text("请写0到6的整数。", "Write a whole number from 0 to 6."),
)
LAYOUT_WHOLE = Kind(
    "SCHEME_LAYOUT_WHOLE",
    Text(
        "layout的whole为{found}，小于体系自身的满分{full}。",
        "The `whole` of the layout, {found}, is less than the scheme's own full mark, {full}.",
    ),
    Text(
        "whole为原表权重所占的总分，例如全店的1000分。",
        "It is the full mark that the printed weights are shares of, such as a whole shop's 1000 points.",
    ),
)
