"""Addresses: which are fit to be told something, and where a webhook really leads.

Who may enter a webhook's address could make the server ask what only it can reach: other services of its
network, or those that tell it its own secrets. So a name is looked up once, all that it stands for must be
public, and the request goes to the address that was looked at, not to the name.
"""

from __future__ import annotations

import asyncio
import re
import socket
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from steelyard.identity.address import is_loopback

LONGEST_URL, LONGEST_MAILBOX = 2000, 254
_NAT64 = ip_network("64:ff9b::/96")
_GLOBAL = ip_network("2000::/3")
"""What of IPv6 is handed out to be reached from everywhere (RFC 4291); all else is for something special."""
_SPECIAL = (ip_network("192.0.0.0/24"), ip_network("192.88.99.0/24"), ip_network("3fff::/20"))
"""What `ipaddress` takes for public, in part or in whole, though nothing there is (RFC 6890, 7526, 9637)."""
_MAILBOX = re.compile(
    r"(?!.*=\?)[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]*[A-Za-z0-9]"
)
"""`=?` begins an encoded word: a header that holds it is read as what it stands for, another address even."""

Address = IPv4Address | IPv6Address


class Failure(StrEnum):
    """Why a notice was not delivered."""

    UNKNOWN_HOST = "UNKNOWN_HOST"
    PRIVATE_ADDRESS = "PRIVATE_ADDRESS"
    UNREACHABLE = "UNREACHABLE"
    TIMEOUT = "TIMEOUT"
    REDIRECTED = "REDIRECTED"
    REFUSED = "REFUSED"
    GONE = "GONE"
    MAIL_REFUSED = "MAIL_REFUSED"


class Unreachable(Exception):
    """There is no way to an address."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def is_webhook(text: str) -> bool:
    """Tell whether something is fit as a webhook's address: https, or http on the loopback; no login."""
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(text))
    clean = text.isascii() and text.isprintable() and not set(text) & set(' \\"<>#')
    bare = parts.username is None and "@" not in parts.netloc
    return bool(plain and clean and bare and parts.hostname and port_is_right and len(text) <= LONGEST_URL)


def is_mailbox(text: str) -> bool:
    """Tell whether something is one mailbox, without a name beside it."""
    return len(text) <= LONGEST_MAILBOX and _MAILBOX.fullmatch(text) is not None


async def resolved(host: str, port: int, *, private: bool) -> str:
    """The address that a host stands for; raises Unreachable unless all that it stands for are public.

    private: those of networks of one's own, and of this machine, are allowed.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(Failure.UNKNOWN_HOST) from error
    addresses = [str(each[4][0]) for each in found]
    if not addresses:
        raise Unreachable(Failure.UNKNOWN_HOST)
    if not private and not all(is_public(ip_address(each.partition("%")[0])) for each in addresses):
        raise Unreachable(Failure.PRIVATE_ADDRESS)
    return addresses[0]


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the open net, also by what it holds of an IPv4 address."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address not in _GLOBAL:
            return False
    special = any(address in each for each in _SPECIAL)
    return address.is_global and not address.is_multicast and not special
