"""Signed tokens of identity providers, checked: signature, issuer, audience, times."""

from __future__ import annotations

from collections.abc import Callable

import jwt

from steelyard.identity.claims import Claimed, is_text
from steelyard.identity.key_ring import KeyRing
from steelyard.identity.refusal import Reason, Refused

SKEW = 60
"""Seconds by which the clocks of an issuer and of this machine may differ."""
LONGEST_SUBJECT = 255
"""Letters; OpenID Connect Core 1.0 allows no more."""
REQUIRED = ("exp", "iat", "iss", "aud", "sub")


class Verifier:
    """Checks signed tokens; keeps the keys of the issuers that it was asked about."""

    def __init__(self, ring: Callable[[str], KeyRing] = KeyRing) -> None:
        self._ring = ring
        self._rings: dict[str, KeyRing] = {}

    async def subject(self, text: str, claimed: Claimed, *, audience: str) -> str:
        """Return who the token is about, if the issuer that it claims signed it for this audience.

        The caller has made sure that this issuer is trusted. Raises Refused.
        """
        issuer = claimed.issuer
        if issuer not in self._rings:
            self._rings[issuer] = self._ring(issuer)
        key = await self._rings[issuer].find(claimed.key_id, claimed.algorithm)
        try:
            claims = jwt.decode(
                text,
                key,
                algorithms=[claimed.algorithm],
                issuer=issuer,
                audience=audience,
                leeway=SKEW,
                options={"require": list(REQUIRED), "enforce_minimum_key_length": True},
            )
        except jwt.PyJWTError as error:
            raise Refused(_reason(error), issuer=issuer) from error
        subject = claims["sub"]
        if not is_text(subject) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise Refused(Reason.WRONG_CLAIMS, issuer=issuer)
        return subject


_REASONS: tuple[tuple[type[jwt.PyJWTError], Reason], ...] = (
    (jwt.ExpiredSignatureError, Reason.EXPIRED),
    (jwt.ImmatureSignatureError, Reason.NOT_YET_VALID),
    (jwt.InvalidSignatureError, Reason.WRONG_SIGNATURE),
    (jwt.InvalidKeyError, Reason.UNKNOWN_KEY),
    (jwt.InvalidAudienceError, Reason.OTHER_AUDIENCE),
)


def _reason(error: jwt.PyJWTError) -> Reason:
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), Reason.WRONG_CLAIMS)
