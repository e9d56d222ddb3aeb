"""Robustness: how much of a ranking, and of passing, hangs on the weights and on small numbers.

* simulation: all weights drawn around those that are set, alone or with the measures that few records stand
  behind: rank intervals, who is ahead how often, who cannot be told apart
* variation: one weight after the other times 0.5 … 1.5
* crossing: the factor of one weight that carries a unit over its pass line
* sampling: how far a score may be off because its measures are of few records
* sampled: measures that are shares or means of counted records, and what else they might have been
* panel, sheet, root, draws, ranks, work: what these are made of: nodes under many weights at once
"""

from steelyard.analysis.robustness.crossing import Crossings, crossings
from steelyard.analysis.robustness.sampled import Sampled, SampledMean, SampledShare, wilson
from steelyard.analysis.robustness.sampling import SamplingError, sampling_error
from steelyard.analysis.robustness.simulation import Robustness, simulate
from steelyard.analysis.robustness.variation import OneAtATime, vary
from steelyard.analysis.robustness.work import Report

__all__ = [
    "Crossings",
    "OneAtATime",
    "Report",
    "Robustness",
    "Sampled",
    "SampledMean",
    "SampledShare",
    "SamplingError",
    "crossings",
    "sampling_error",
    "simulate",
    "vary",
    "wilson",
]
