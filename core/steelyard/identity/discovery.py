"""Discovery: where an issuer keeps its keys, as OpenID Connect Discovery 1.0 says, and the keys."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

import httpx

from steelyard.identity.address import is_loopback
from steelyard.identity.keys import SigningKey, signing_keys

WELL_KNOWN = "/.well-known/openid-configuration"
PATIENCE = 5.0
"""Seconds that an issuer has for both answers together."""
MOST = 262_144
"""Bytes of one answer."""


class IssuerFault(Exception):
    """An issuer did not answer as it should; the text says how, for the log."""


async def fetch_keys(issuer: str, *, patience: float = PATIENCE) -> tuple[SigningKey, ...]:
    """Ask an issuer where its keys are, and fetch them. No redirect is followed. Raises IssuerFault."""
    try:
        # A proxy and its certificates may stand between us and the net, but not between us and the loopback.
        async with (
            asyncio.timeout(patience),
            httpx.AsyncClient(follow_redirects=False, trust_env=not is_loopback(issuer)) as client,
        ):
            found = await _document(client, issuer.rstrip("/") + WELL_KNOWN)
            keys = signing_keys(await _document(client, _keys_address(found, issuer)))
    except TimeoutError as error:
        raise IssuerFault(f"no answer within {patience} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise IssuerFault(f"{type(error).__name__}: {error}") from error
    if keys is None:
        raise IssuerFault("there is no JSON Web Key Set at jwks_uri")
    return keys


async def _document(client: httpx.AsyncClient, address: str) -> object:
    # Uncompressed: what is small on the way may be large when it is unpacked.
    headers = {"accept": "application/json", "accept-encoding": "identity"}
    body = bytearray()
    async with client.stream("GET", address, headers=headers) as response:
        if response.status_code != httpx.codes.OK:
            raise IssuerFault(f"status {response.status_code} of {address}")
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > MOST:
                raise IssuerFault(f"more than {MOST} bytes at {address}")
    try:
        return json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise IssuerFault(f"no JSON at {address}") from error


def _keys_address(found: object, issuer: str) -> str:
    described = found if isinstance(found, dict) else {}
    if described.get("issuer") != issuer:
        raise IssuerFault("the configuration is another issuer's")
    address = described.get("jwks_uri")
    if not isinstance(address, str) or not _is_safe(address, issuer):
        raise IssuerFault("jwks_uri is neither https nor, for an issuer on the loopback, there")
    return address


def _is_safe(address: str, issuer: str) -> bool:
    if urlsplit(address).scheme == "https":
        return True
    return urlsplit(address).scheme == "http" and is_loopback(address) and is_loopback(issuer)
