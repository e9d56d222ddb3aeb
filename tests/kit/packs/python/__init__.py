"""A pack with a rubric of its own."""

from parks_pack.rubric import RUBRIC

from steelyard.packs import hookimpl


@hookimpl
def steelyard_rubrics():
    return [RUBRIC]
