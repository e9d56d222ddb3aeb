"""The pack `automotive`: what it brings stands in `pack.yaml` and the folders beside it.

Python adds made-up records, of any size, for samples and tests.
"""

from collections.abc import Sequence

from steelyard.packs import RecordGenerator, hookimpl
from steelyard_automotive.made_up_visits import csi_calls, work_orders


@hookimpl
def steelyard_generators() -> Sequence[RecordGenerator]:
    """Made-up repair orders and call-backs."""
    return [RecordGenerator("work_orders", work_orders), RecordGenerator("csi_calls", csi_calls)]
