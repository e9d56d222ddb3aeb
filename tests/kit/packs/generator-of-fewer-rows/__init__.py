"""A generator that leaves a row out."""

from __future__ import annotations

import pyarrow

from steelyard.packs import RecordGenerator, hookimpl


def visits(request):
    rows = request.rows - 1
    yield pyarrow.RecordBatch.from_pydict({name: ["1"] * rows for name in ("visit_no", "park", "arrived")})


@hookimpl
def steelyard_generators():
    return [RecordGenerator("visits", visits)]
