"""The pack `education`: what it brings stands in `pack.yaml` and the folders beside it.

Python adds made-up records, of any size, for samples and tests.
"""

from collections.abc import Sequence

from steelyard.packs import RecordGenerator, hookimpl
from steelyard_education.made_up_campuses import generators


@hookimpl
def steelyard_generators() -> Sequence[RecordGenerator]:
    """Made-up rosters, call-backs, questionnaires, complaints, contracts and refunds."""
    return [RecordGenerator(table, generate) for table, generate in generators().items()]
