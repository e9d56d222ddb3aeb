"""Numbers in paths: only as many digits as a number on record can have; a longer one names nothing."""

from __future__ import annotations

from starlette.convertors import IntegerConvertor, register_url_convertor

NUMBER = "number"
"""What a route says of a parameter: `{import:number}`."""


class NumberConvertor(IntegerConvertor):
    """A whole number that fits into 64 bits."""

    regex = "[0-9]{1,18}"


register_url_convertor(NUMBER, NumberConvertor())


def numbered(path: str) -> str:
    """The path of a route, its whole numbers held to their length."""
    return path.replace(":int}", f":{NUMBER}}}")
