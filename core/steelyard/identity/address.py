"""Addresses of issuers: which are fit to be asked for keys."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_address(text: str) -> bool:
    """Tell whether something is fit to be an issuer: https, or http on the loopback.

    A path may follow, but no query; an issuer is compared letter by letter, so blanks have no place in it.
    """
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(text))
    clean = text.isascii() and text.isprintable() and " " not in text
    bare = not (parts.query or parts.fragment or parts.username is not None or "?" in text or "#" in text)
    return bool(plain and clean and bare and parts.hostname and port_is_right)


def is_loopback(address: str) -> bool:
    """Tell whether an address is on this machine; ValueError for what is none."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
