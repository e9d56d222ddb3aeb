"""Claims: what a signed token says of itself. Nothing of it is believed before its signature is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeGuard

import jwt

from steelyard.identity.refusal import Reason, Refused

MOST = 16_384
"""Letters of a signed token; those of large organisations have some thousands."""
ALGORITHMS = frozenset({"RS256", "PS256", "ES256", "EdDSA"})
"""Signatures with a public key only: with a shared secret, whoever can check could also sign."""
SHOWN = 200
_ODD = re.compile("[\\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who is said to have signed a token, how and with which key, and for whom."""

    issuer: str
    audiences: tuple[str, ...]
    algorithm: str
    key_id: str | None


def peek(text: str) -> Claimed:
    """Read a signed token without checking it: enough to find out whose keys must have signed it.

    Refused: TOO_LARGE, MALFORMED, ALGORITHM (`none` and shared secrets among them), WRONG_CLAIMS. Keys
    and their addresses in the token's header (`jku`, `x5u`, `jwk`, `x5c`) are never looked at.
    """
    if len(text) > MOST:
        raise Refused(Reason.TOO_LARGE)
    try:
        token = jwt.decode_complete(text, options={"verify_signature": False})
    except (jwt.PyJWTError, UnicodeError) as error:
        raise Refused(Reason.MALFORMED) from error
    header, payload = token["header"], token["payload"]
    issuer, audiences = payload.get("iss"), _listed(payload.get("aud"))
    if not is_text(issuer) or audiences is None:
        raise Refused(Reason.WRONG_CLAIMS)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Refused(Reason.ALGORITHM, issuer=issuer[:SHOWN], algorithm=str(algorithm)[:SHOWN])
    return Claimed(issuer, audiences, algorithm, header.get("kid"))


def is_text(value: object) -> TypeGuard[str]:
    """Tell what a database can look for: JSON has texts with U+0000 and halves of surrogate pairs, too."""
    return isinstance(value, str) and _ODD.search(value) is None


def _listed(audience: object) -> tuple[str, ...] | None:
    """The audiences of a token that names one, or a list of them."""
    listed = audience if isinstance(audience, list) else [audience]
    names = tuple(name for name in listed if is_text(name))
    return names if names and len(names) == len(listed) else None
