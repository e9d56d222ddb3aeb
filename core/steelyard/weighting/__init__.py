"""Weighting: ways to find the weights of a group's indicators. Pure; each result keeps how it was obtained.

hand        points, ratios, percentages, equal; one weight set with the rest in proportion
judgements  pairwise comparisons, exact; their matrix read and checked
ahp         weights from comparisons by one judge or several; consistency, agreement
past        rates of past periods, which `entropy` and `critic` find weights from
decimals    how computed shares become exact decimals
result      the weights with their details, as JSON both ways; `sentence` says it in zh and en
"""

from steelyard.weighting.ahp import Judge, ahp
from steelyard.weighting.critic import by_critic
from steelyard.weighting.entropy import by_entropy
from steelyard.weighting.hand import by_percent, by_points, by_ratio, equal, keep_in_proportion
from steelyard.weighting.judgements import Judgements, read_matrix
from steelyard.weighting.past import PastRates
from steelyard.weighting.result import Weighting
from steelyard.weighting.sentence import sentence

__all__ = [
    "Judge",
    "Judgements",
    "PastRates",
    "Weighting",
    "ahp",
    "by_critic",
    "by_entropy",
    "by_percent",
    "by_points",
    "by_ratio",
    "equal",
    "keep_in_proportion",
    "read_matrix",
    "sentence",
]
