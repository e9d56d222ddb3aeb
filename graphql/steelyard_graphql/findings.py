"""Findings about records beside a score: what checks flagged, and what is late. No score changes by them."""

from __future__ import annotations

from typing import Self

import strawberry

from steelyard.errors import Text
from steelyard.services.records.findings import RecordFinding as Found
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@strawberry.type(description="What a check found in the records behind a scorecard (数据质量).")
class RecordFinding:
    """A finding."""

    table: str = strawberry.field(description="The table, by its name in the pack.")
    check: str | None = strawberry.field(
        description="The check; null where the records of the period are late as a whole."
    )
    quality: str = strawberry.field(
        description="What is not as it should be: `accurate` (准确), `timely` (及时) or `complete` (完整)."
    )
    examined: int = strawberry.field(description="Records that were examined.")
    flagged: int = strawberry.field(description="Records that were flagged.")
    words: strawberry.Private[Text]

    @computed("The finding in words.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a finding."""
        return cls(
            table=found.table,
            check=found.check,
            quality=found.quality.value,
            examined=found.examined,
            flagged=found.flagged,
            words=found.sentence,
        )
