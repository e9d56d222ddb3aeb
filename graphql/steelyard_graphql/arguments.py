"""Arguments that several fields take: the codes that name what is asked about."""

from __future__ import annotations

from typing import Annotated

import strawberry

SchemeCode = Annotated[
    str, strawberry.argument(description="The code of a scheme, e.g. `automotive.front-desk`.")
]
PeriodCode = Annotated[
    str,
    strawberry.argument(description="The code of a period of one of the scheme's calendars, e.g. `2025-03`."),
]
UnitCode = Annotated[str, strawberry.argument(description="The code of a unit.")]
IndicatorCode = Annotated[str, strawberry.argument(description="The code of an indicator of the scheme.")]
AtIndicator = Annotated[
    str | None, strawberry.argument(description="The code of an indicator; the root if left out.")
]
BelowUnit = Annotated[
    str | None,
    strawberry.argument(description="The code of a unit: only what is at or below it; all if left out."),
]
MaxDepth = Annotated[
    int | None, strawberry.argument(description="Down to this depth; 1 is the first level, 0 the root alone.")
]
