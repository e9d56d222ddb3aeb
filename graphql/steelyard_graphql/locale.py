"""The language of titles and messages, which every query chooses by the argument `locale`."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry

from steelyard.errors import Text


@strawberry.enum(description="A language that titles, sentences and messages are written in.")
class Locale(Enum):
    """What `locale` may be; the values are the names that `steelyard.errors` uses."""

    ZH = strawberry.enum_value("zh", description="Chinese (中文).")
    EN = strawberry.enum_value("en", description="English.")


LocaleArgument = Annotated[
    Locale, strawberry.argument(description="The language of the text; English if left out.")
]


def said(text: Text, locale: Locale) -> str:
    """Return the words in the language asked for."""
    return text.zh if locale is Locale.ZH else text.en
