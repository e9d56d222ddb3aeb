"""Which tables are only ever appended to."""

from __future__ import annotations

from steelyard.store.tables.act import ACT
from steelyard.store.tables.assessment import MEASUREMENT_RATING
from steelyard.store.tables.import_batch import IMPORT_BATCH
from steelyard.store.tables.measurement import MEASUREMENT
from steelyard.store.tables.notice import NOTICE
from steelyard.store.tables.plan import PLAN_CHANGE, PLAN_COMMENT
from steelyard.store.tables.record_import import RECORD_EXTENT, RECORD_IMPORT, RECORD_WITHDRAWAL
from steelyard.store.tables.run import RUN, RUN_ROOT
from steelyard.store.tables.scheme_version import SCHEME_VERSION
from steelyard.store.tables.unit import PAST_UNIT_ATTRIBUTE, PAST_UNIT_PARENT

APPENDED = frozenset(
    {
        ACT,
        IMPORT_BATCH,
        MEASUREMENT,
        MEASUREMENT_RATING,
        NOTICE,
        PAST_UNIT_ATTRIBUTE,
        PAST_UNIT_PARENT,
        PLAN_CHANGE,
        PLAN_COMMENT,
        RECORD_EXTENT,
        RECORD_IMPORT,
        RECORD_WITHDRAWAL,
        RUN,
        RUN_ROOT,
        SCHEME_VERSION,
    }
)
"""Tables whose rows are never changed, and go only with their tenant."""

CLEARED = frozenset({NOTICE})
"""Those of them whose rows go after a while as well."""
