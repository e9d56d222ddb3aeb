"""Instruments (量表): the questionnaires of a pack, and what each counts towards."""

from __future__ import annotations

from enum import Enum
from typing import Self

import strawberry

from steelyard.packs import Instrument as Found
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said


@strawberry.enum(description="How long a questionnaire is.")
class InstrumentSize(Enum):
    """The sizes of instruments."""

    SMALL = strawberry.enum_value("small", description="A few questions.")
    MEDIUM = strawberry.enum_value("medium", description="More than a few questions.")
    LARGE = strawberry.enum_value("large", description="Many questions.")


@strawberry.enum(description="How people are asked.")
class InstrumentChannel(Enum):
    """The channels of instruments."""

    PHONE = strawberry.enum_value("phone", description="By telephone.")
    ON_SITE = strawberry.enum_value("on_site", description="On the spot.")
    WEB = strawberry.enum_value("web", description="On a web site.")
    INTERVIEW = strawberry.enum_value("interview", description="In an interview.")
    EMAIL = strawberry.enum_value("email", description="By e-mail.")


@strawberry.type(description="An indicator that the answers to a questionnaire count towards.")
class InstrumentTarget:
    """A target of an instrument."""

    scheme_code: str = strawberry.field(description="The scheme's code.")
    indicator_code: str = strawberry.field(description="The indicator's code.")


@strawberry.type(description="A questionnaire of an industry, and what it counts towards (量表).")
class Instrument:
    """One instrument."""

    code: str = strawberry.field(description="Its code, unique in the pack.")
    size: InstrumentSize | None = strawberry.field(description="How long it is; null where nobody says.")
    channels: list[InstrumentChannel] = strawberry.field(description="How people are asked.")
    towards: list[InstrumentTarget] = strawberry.field(description="What its answers count towards.")
    counted: bool | None = strawberry.field(
        description="Whether it counts towards any score; null where its source leaves that open."
    )
    source: str | None = strawberry.field(description="Where it comes from.")
    assumed: bool = strawberry.field(
        description="Whether something of it is not the source's; the note says what."
    )
    found: strawberry.Private[Found]

    @computed("Its title.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(self.found.title, locale)

    @computed("What it asks about.")
    def asks(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return it in the language asked for."""
        return None if self.found.asks is None else said(self.found.asks, locale)

    @computed("How it is asked, and what becomes of the answers, in one sentence.")
    def sentence(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the sentence in the language asked for."""
        return said(self.found.sentence(), locale)

    @computed("What is to be known about it.")
    def note(self, locale: LocaleArgument = Locale.EN) -> str | None:
        """Return the note in the language asked for."""
        return None if self.found.note is None else said(self.found.note, locale)

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show an instrument."""
        return cls(
            code=found.code,
            size=None if found.size is None else InstrumentSize(found.size),
            channels=[InstrumentChannel(channel) for channel in found.channels],
            towards=[
                InstrumentTarget(scheme_code=t.scheme, indicator_code=t.indicator) for t in found.towards
            ],
            counted=found.counted,
            source=found.source,
            assumed=found.assumed,
            found=found,
        )
