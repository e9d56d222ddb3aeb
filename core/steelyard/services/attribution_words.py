"""Attributions in sentences."""

from __future__ import annotations

from collections.abc import Callable

from steelyard.analysis.attribution.attribute import Attribution, Part, PartKind
from steelyard.errors import Text
from steelyard.improvement.wording import figure

NAMED = 3
NOUNS = {
    PartKind.PERFORMANCE: Text("{zh}", "{en}"),
    PartKind.COVERAGE: Text("{zh}的覆盖", "the coverage of {en}"),
    PartKind.WEIGHTS: Text("{zh}的权重", "the weights in {en}"),
    PartKind.VERSION: Text("{zh}的体系版本", "the scheme's version in {en}"),
    PartKind.RULE: Text("规则 {zh}", "the rule {en}"),
    PartKind.CORRECTION: Text("{zh}的更正", "the correction of {en}"),
}


def part_title(part: Part, title: Text) -> Text:
    """What a part is called, by the title of its subject."""
    return NOUNS[part.kind].format({"zh": title.zh, "en": title.en})


def sentence(found: Attribution, first: Text, second: Text, titles: Callable[[Part], Text]) -> Text:
    """Say how far the second lies from the first, in points of 100, and what makes the most of it."""
    if found.difference is None:
        return Text(
            f"{first.zh}与{second.zh}未都有得分，无法比较。",
            f"{first.en} and {second.en} do not both have a score, so they cannot be compared.",
        )
    if not found.parts:
        return Text(f"{second.zh}与{first.zh}没有差别。", f"{second.en} does not differ from {first.en}.")
    size = figure(abs(found.difference) * 100)
    zh, en = ("高", "above") if found.difference >= 0 else ("低", "below")
    told = sorted(found.parts, key=lambda part: -abs(part.value))
    named = [(part_title(part, titles(part)), signed(part.value)) for part in told[:NAMED]]
    rest = sum(part.value for part in told[NAMED:])
    if len(told) > NAMED:
        named.append((Text("其余", "the rest"), signed(rest)))
    made_zh = "，".join(f"{title.zh} {value}" for title, value in named)
    made_en = ", ".join(f"{title.en} {value}" for title, value in named)
    return Text(
        f"{second.zh}比{first.zh}{zh} {size} 分：{made_zh}。",
        f"{second.en} is {size} points {en} {first.en}: {made_en}.",
    )


def signed(rate: float) -> str:
    """A part in points of 100, with its sign."""
    size = figure(abs(rate) * 100)
    if size == "0":
        return size
    return f"+{size}" if rate > 0 else f"-{size}"
