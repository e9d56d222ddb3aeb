"""Scheme files: definitions as frozen data, and strict reading that reports every problem with its place.

    model, rubric, rule     what a scheme consists of
    number, base            exact numbers, texts in zh and en, strict fields
    yaml, document          strict YAML as a tree of nodes with positions
    reading                 `read_scheme`, `read_scheme_text`
    faults, fields          what pydantic complains about, as problems with places
    problems                every kind of problem, with its code
"""

from steelyard.scheme.model import Band, Indicator, PowerMean, Scheme, Variants
from steelyard.scheme.number import Quantity
from steelyard.scheme.reading import read_scheme, read_scheme_text

__all__ = [
    "Band",
    "Indicator",
    "PowerMean",
    "Quantity",
    "Scheme",
    "Variants",
    "read_scheme",
    "read_scheme_text",
]
