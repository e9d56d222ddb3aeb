"""Keys: which of an issuer's public keys may have signed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt

_USES: Sequence[tuple[tuple[str, str | None], Sequence[str]]] = (
    (("RSA", None), ("RS256", "PS256")),
    (("EC", "P-256"), ("ES256",)),
    (("OKP", "Ed25519"), ("EdDSA",)),
)
"""What the kinds of keys, with their curves, can sign."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key of an issuer, by algorithm: a token's own word does not choose what is computed."""

    key_id: str | None
    by_algorithm: Mapping[str, jwt.PyJWK]


def signing_keys(document: object) -> tuple[SigningKey, ...] | None:
    """Read a JSON Web Key Set; keys of other kinds, for other uses, or wrong in themselves are left out.

    None where it is no such set.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        return None
    found = (_signing_key(each) for each in listed if isinstance(each, dict))
    return tuple(key for key in found if key is not None)


def matching(keys: Sequence[SigningKey], key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
    """The key that a token names; where it names none, the issuer's only one."""
    if key_id is None and len(keys) > 1:
        return None
    named = (key for key in keys if key_id is None or key.key_id == key_id)
    return next((key.by_algorithm[algorithm] for key in named if algorithm in key.by_algorithm), None)


def _signing_key(written: Mapping[str, Any]) -> SigningKey | None:
    operations = written.get("key_ops", ["verify"])
    if (
        written.get("use") not in (None, "sig")
        or not isinstance(operations, list)
        or "verify" not in operations
    ):
        return None
    kind = written.get("kty"), written.get("crv")
    fitting = (name for each, names in _USES if each == kind for name in names)
    try:
        by_algorithm = {
            name: jwt.PyJWK(dict(written), name) for name in fitting if written.get("alg", name) == name
        }
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    key_id = written.get("kid")
    return SigningKey(key_id if isinstance(key_id, str) else None, by_algorithm) if by_algorithm else None
