"""Scheme files: definitions as frozen data, and strict reading that reports every problem with its place.

model, rubric, rule       what a scheme consists of
number, base, quantities  exact numbers, texts in zh and en, strict fields; every number with its path
misprint                  texts that are meant as numbers and are none
outline                   the nodes of the tree with their paths
calendar                  calendars and their periods

reading                   `read_scheme`, `read_scheme_text`: the way in
encoding                  from bytes to text
yaml, source, syntax      strict YAML; what is wrong with a text, in words that help
document                  a YAML text as a tree of nodes with positions
faults, fields            what the models refuse, as problems with places
salvage                   what can be read although something else cannot
checking, checks/         what the fields mean together: a tuple of small checks, one module a noun
omission                  what was left out, so that nothing is said of it
finding, suggestion       what a check yields; the nearest name
problems/                 every kind of problem, with its code
"""

from steelyard.scheme.checking import check_scheme
from steelyard.scheme.model import Band, Condition, Indicator, PowerMean, Scheme, Variants
from steelyard.scheme.number import Quantity
from steelyard.scheme.reading import read_scheme, read_scheme_text

__all__ = [
    "Band",
    "Condition",
    "Indicator",
    "PowerMean",
    "Quantity",
    "Scheme",
    "Variants",
    "check_scheme",
    "read_scheme",
    "read_scheme_text",
]
