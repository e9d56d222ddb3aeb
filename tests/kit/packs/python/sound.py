"""Visitors a keeper: visitors ÷ keepers, over what a keeper can look after."""

from fractions import Fraction

import numpy as np

from steelyard.packs import PythonRubric, Text


def measures(args, default):
    return ("visitors", "keepers")


def rates(args, values):
    visitors, keepers = values
    result = np.full(visitors.shape, np.nan)
    usable = (keepers > 0) & (visitors >= 0)
    np.divide(visitors, keepers * float(args["most"]), out=result, where=usable)
    return np.where(np.isnan(result), result, np.maximum(0.0, 1.0 - result))


def exact(args, values):
    visitors, keepers = values
    return max(Fraction(0), 1 - visitors / (keepers * args["most"]))


SOUND = PythonRubric(
    name="parks.crowding",
    title=Text("人均照看游客", "Visitors a keeper"),
    measures=measures,
    rates=rates,
    exact=exact,
    sentence=lambda args: Text("每名园工照看的游客数", "visitors that a keeper looks after"),
)
