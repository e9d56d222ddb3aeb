"""The pack `ecommerce`: what it brings stands in `pack.yaml` and the folders beside it, but for one rubric
and made-up records.

A share of good answers that a handful of answers cannot drive to full marks needs the number of answers as
well as the share: no rubric kind of scheme files reads two measures into one rate.
"""

from collections.abc import Sequence

from steelyard.packs import PythonRubric, RecordGenerator, hookimpl
from steelyard_ecommerce.made_up_shops import generators
from steelyard_ecommerce.shrunk_share import SHRUNK_SHARE


@hookimpl
def steelyard_rubrics() -> Sequence[PythonRubric]:
    """A share that a few answers cannot drive to full marks."""
    return [SHRUNK_SHARE]


@hookimpl
def steelyard_generators() -> Sequence[RecordGenerator]:
    """Made-up orders, refunds, chats, tickets and reviews, of any size, for samples and tests."""
    return [RecordGenerator(table, generate) for table, generate in generators().items()]
