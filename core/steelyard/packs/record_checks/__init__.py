"""Whether the records that a pack declares can be: every fault of `records.yaml` and `measures.yaml`.

finder       where a fault stands, and lookups that tell of names that are not there
tables       a table: key, unit, day, offset
columns      a column: type, headers, choices, bounds
conditions   what rows must be like
quality      the checks of a table
measures     measures, and what they read
notations    measures against the schemes that read them
volumes      what roll-ups are weighted by
generators   generators against the tables
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.errors import Problem
from steelyard.packs.contribution import Contribution
from steelyard.packs.record_checks.generators import generator_problems
from steelyard.packs.record_checks.measures import measure_problems
from steelyard.packs.record_checks.notations import notation_problems
from steelyard.packs.record_checks.tables import table_problems
from steelyard.packs.record_checks.volumes import volume_problems
from steelyard.packs.scheme_file import SchemeFile

__all__ = ["record_problems"]


def record_problems(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    """List what cannot stand in the tables, measures and generators of a pack."""
    yield from table_problems(pack)
    yield from measure_problems(pack)
    yield from notation_problems(pack, schemes)
    yield from volume_problems(pack, schemes)
    yield from generator_problems(pack)
