"""Sentence: how weights were obtained, in one or two sentences for whoever reads the weight set."""

from __future__ import annotations

from steelyard.errors import Text
from steelyard.weighting.consistency import LIMIT
from steelyard.weighting.details import Ahp, ByHand, Critic, Entropy, PastRows
from steelyard.weighting.judgements import ratio_text
from steelyard.weighting.random_index import TABLES
from steelyard.weighting.result import Weighting

_FORMS = {
    "points": Text("手工设定分值", "Set by hand as points"),
    "ratio": Text("手工设定比例", "Set by hand as a ratio"),
    "percent": Text("手工设定百分比", "Set by hand as percentages"),
}
_EQUAL = Text("等权：{nodes} 个指标权重相同。", "Equal weights for {nodes} indicators.")
_IN_PROPORTION = Text(
    "手工设定 {given}，其余指标按原比例调整。", "Set by hand: {given}; the others kept their proportion."
)
_JUDGES = {
    None: Text("层次分析法（一位评判人）", "AHP by one judge"),
    "AIJ": Text(
        "层次分析法，{judges} 位评判人的判断取几何平均（AIJ）",
        "AHP, {judges} judges joined by judgements (AIJ)",
    ),
    "AIP": Text(
        "层次分析法，{judges} 位评判人的权重取几何平均（AIP）",
        "AHP, {judges} judges joined by priorities (AIP)",
    ),
}
_RATIO = Text(
    "：λmax {largest}，一致性比率 {ratio}（随机指标表：{table}），{told}。",
    ": λmax {largest}, consistency ratio {ratio} (random indices: {table}), {told}.",
)
_ONLY_JUDGES = Text(
    "；一致性比率见各评判人（随机指标表：{table}）。",
    "; for consistency see each judge (random indices: {table}).",
)
_CONSISTENT = Text("一致性可接受", "which is acceptable")
_NOT_CONSISTENT = Text("超过 {limit}，应复核", "above {limit}: look again")
_DOUBT = Text(
    "最应复核：{first} 对 {second} 判为 {said}，其余比较推得 {implied}；"
    "改为 {nearest} 时一致性比率为 {then}。",
    "To look at first: {first} to {second} was judged {said}, while the rest implies {implied}; "
    "with {nearest} the consistency ratio would be {then}.",
)
_GAPS = Text(
    "有 {missing} 对未比较，按 Harker 法由其余比较推算。",
    "{missing} pair(s) were not compared and follow from the rest (Harker's method).",
)
_AGREEMENT = Text(
    "评判人之间：肯德尔 W {w}，Goepel 共识度 {consensus}。",
    "Among the judges: Kendall's W {w}, Goepel's consensus {consensus}.",
)
_PAST = {
    "entropy": Text("熵权法，依据 {rows} 行得分率", "Entropy of the rates in {rows} rows"),
    "critic": Text("CRITIC 法，依据 {rows} 行得分率", "CRITIC on the rates in {rows} rows"),
}
_LEFT_OUT = Text("，{left_out} 行有缺未计入", ", {left_out} with gaps left out")
_STOP = Text("。", ".")


def sentence(weighting: Weighting) -> Text:
    """Say how the weights were obtained, with the figures that tell how good they are."""
    details = weighting.details
    if isinstance(details, ByHand):
        return _by_hand(details)
    if isinstance(details, Ahp):
        return _ahp(details)
    if isinstance(details, Entropy | Critic):
        return _past(details, details.method)
    return _EQUAL.format({"nodes": len(weighting.weights)})


def _by_hand(details: ByHand) -> Text:
    given = ", ".join(f"{code} {text}" for code, text in details.given.items())
    if details.form == "in_proportion":
        return _IN_PROPORTION.format({"given": given})
    head = _FORMS[details.form]
    return Text(f"{head.zh}：{given}。", f"{head.en}: {given}.")


def _past(details: PastRows, method: str) -> Text:
    parts = [_PAST[method].format({"rows": details.rows})]
    if details.rows_left_out:
        parts.append(_LEFT_OUT.format({"left_out": details.rows_left_out}))
    return _joined(*parts, _STOP)


def _ahp(details: Ahp) -> Text:
    table = TABLES[details.index_table].source
    parts = [_JUDGES[details.aggregation].format({"judges": len(details.judges)})]
    if details.lambda_max is None or details.consistency_ratio is None:
        parts.append(_ONLY_JUDGES.format({"table": table}))
    else:
        bad = details.consistency_ratio > LIMIT
        told = _NOT_CONSISTENT.format({"limit": f"{LIMIT:.2f}"}) if bad else _CONSISTENT
        figures = {"largest": f"{details.lambda_max:.3f}", "ratio": f"{details.consistency_ratio:.3f}"}
        filled = [
            getattr(_RATIO, locale).format(**figures, table=table, told=told.get(locale))
            for locale in ("zh", "en")
        ]
        parts.append(Text(*filled))
    if missing := sum(judge.missing for judge in details.judges):
        parts.append(_spaced(_GAPS.format({"missing": missing})))
    if details.kendall_w is not None and details.consensus is not None:
        values = {"w": f"{details.kendall_w:.3f}", "consensus": f"{details.consensus:.0%}"}
        parts.append(_spaced(_AGREEMENT.format(values)))
    if len(details.judges) == 1:
        parts.append(_doubt(details))
    return _joined(*parts)


def _doubt(details: Ahp) -> Text:
    doubt = details.judges[0].doubt
    if doubt is None:
        return Text("", "")
    values = {
        "first": doubt.first,
        "second": doubt.second,
        "said": ratio_text(doubt.said),
        "implied": f"{doubt.implied:.2f}",
        "nearest": ratio_text(doubt.nearest),
        "then": f"{doubt.ratio_then:.3f}",
    }
    return _spaced(_DOUBT.format(values))


def _spaced(text: Text) -> Text:
    return Text(text.zh, f" {text.en}")


def _joined(*parts: Text) -> Text:
    return Text("".join(part.zh for part in parts), "".join(part.en for part in parts))
