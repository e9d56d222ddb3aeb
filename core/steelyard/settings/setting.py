"""One setting, as it is declared."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.errors import Text
from steelyard.settings.forms import Form

PREFIX = "STEELYARD_"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting. default: what holds where nothing is given; None where that is nothing.

    is_secret: the value is never shown, and of an address with a password only what is no password.
    """

    name: str
    form: Form
    title: Text
    default: str | None = None
    is_secret: bool = False

    @property
    def variable(self) -> str:
        """Its variable in the environment."""
        return f"{PREFIX}{self.name.upper()}"
