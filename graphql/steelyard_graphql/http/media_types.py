"""Which media type an answer has, by the Accept header (GraphQL over HTTP, “Accept”)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
ANSWERS = (GRAPHQL, JSON)
"""What an answer may be; where a client names both and prefers neither, the first."""


@dataclass(frozen=True, slots=True)
class _Range:
    main: str
    sub: str
    quality: float

    def precision(self, media_type: str) -> int | None:
        """How exactly the range names a type: 2, or 1 or 0 by wildcards; None where it does not."""
        main, _, sub = media_type.partition("/")
        if self.main == "*":
            return 0
        if self.main != main:
            return None
        return 2 if self.sub == sub else 1 if self.sub == "*" else None


def negotiate(accept: str | None, offered: Sequence[str] = ANSWERS) -> str | None:
    """Return the type of `offered` that the header asks for most; None where it asks for none.

    A client that names no type, or only by wildcards, gets plain JSON: it may not know the newer type.
    """
    ranges = tuple(_ranges(accept or "*/*"))
    best: tuple[float, int, int] | None = None
    chosen = None
    for place, media_type in enumerate(offered):
        found = [(precision, r.quality) for r in ranges if (precision := r.precision(media_type)) is not None]
        if not found:
            continue
        precision, quality = max(found)
        liking = -place if precision == 2 else int(media_type == JSON)
        if quality > 0 and (best is None or (quality, precision, liking) > best):
            best, chosen = (quality, precision, liking), media_type
    return chosen


def media_type(header: str | None) -> tuple[str, str | None]:
    """Return the type that a Content-Type names, in small letters, and its charset if it names one."""
    message = Message()
    message["content-type"] = header or ""
    charset = message.get_content_charset()
    return (message.get_content_type() if header else "", charset)


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        main, _, sub = name.partition("/")
        quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
        yield _Range(main, sub, _quality(quality))


def _quality(text: str) -> float:
    """A weight 0…1; one that cannot be read counts as none, so that the type is not chosen by mistake."""
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0
