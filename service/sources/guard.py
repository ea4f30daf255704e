"""Where the service may fetch a document from.

A caller chooses the address, so it must lead nowhere that only this service can reach: https only, public
addresses only. The check that decides is made on the address that a socket is about to be opened to, after
all name resolution, so a name that changes its address between a check and its use gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass, field
from typing import Final

import aiohttp
from yarl import URL

_NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform channel of Azure virtual machines, in public address space
        "169.254.0.0/16",  # link-local, with the metadata service at 169.254.169.254
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocol assignments, with Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
_GLOBAL_UNICAST_V6: Final = ipaddress.ip_network("2000::/3")
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME: Final = re.compile(rf"(?=.{{1,254}}$){_LABEL}(?:\.{_LABEL})*\.?")
_NUMBER: Final = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")

_Origin = tuple[str, str | None, int | None]


class MalformedSource(Exception):
    """The text is no absolute URL."""


class RefusedSource(OSError):
    """The service does not fetch from there. An OSError, so that a client takes it for a failed connection."""


@dataclass(frozen=True)
class SourceRules:
    """What may be fetched.

    `allowed_origins` are exact extra origins such as `http://127.0.0.1:18201`: requests to them skip the
    rules on scheme and address. `timeout_seconds` is for the whole fetch with its redirects. Raises
    ValueError for an entry that is not an origin.
    """

    allowed_origins: frozenset[str]
    max_bytes: int
    timeout_seconds: float
    max_redirects: int
    _origins: frozenset[_Origin] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        origins = frozenset(_origin(URL(text).origin()) for text in self.allowed_origins)
        object.__setattr__(self, "_origins", origins)

    def allows_origin_of(self, url: URL) -> bool:
        """True when scheme, host and port are those of an extra origin."""
        return _origin(url) in self._origins


@dataclass(frozen=True)
class Target:
    """A checked URL. `guarded` is False only for one of the exact extra origins."""

    url: URL
    guarded: bool

    def socket(self, address: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        """Open the socket of a connection, unless it would lead to an address that is not public.

        Raises:
            RefusedSource: before a socket is made.
        """
        family, kind, protocol, _, (host, *_) = address
        if self.guarded:
            check_address(str(host))
        return socket.socket(family, kind, protocol)

    def connector(self, resolver: aiohttp.abc.AbstractResolver | None) -> aiohttp.TCPConnector:
        """A connector for this one request; None is the resolver of the system."""
        return aiohttp.TCPConnector(
            resolver=resolver, socket_factory=self.socket, use_dns_cache=False, force_close=True, limit=1
        )


def check_url(untrusted_url: str, rules: SourceRules, base: URL | None = None) -> Target:
    """Check a URL, or with `base` the place a redirect from there leads to.

    Raises:
        MalformedSource: it is not an absolute URL.
        RefusedSource: it is one that the service does not fetch from.
    """
    if not untrusted_url.isprintable() or " " in untrusted_url:
        raise MalformedSource
    try:
        given = URL(untrusted_url)
        url = (base.join(given) if base else given).with_fragment(None)
        host, port = url.raw_host, url.port
    except (ValueError, IndexError):
        # The library takes some texts with brackets apart without looking whether there is anything left.
        raise MalformedSource from None
    if not url.scheme:
        raise MalformedSource
    if url.scheme not in ("http", "https"):
        raise RefusedSource
    if not host or not port:
        raise MalformedSource
    if "@" in url.raw_authority:
        raise RefusedSource
    guarded = not rules.allows_origin_of(url)
    if guarded:
        if url.scheme != "https":
            raise RefusedSource
        _check_host(host)
    return Target(url, guarded)


def check_address(untrusted_address: str) -> None:
    """Raise RefusedSource unless this is a public unicast address in plain form."""
    try:
        address = ipaddress.ip_address(untrusted_address)
    except ValueError:
        raise RefusedSource from None
    if isinstance(address, ipaddress.IPv6Address) and (address.scope_id or address not in _GLOBAL_UNICAST_V6):
        # Every form that carries an IPv4 address (mapped, compatible, NAT64) lies outside, too.
        raise RefusedSource
    if not address.is_global or any(address in network for network in _NOT_PUBLIC):
        raise RefusedSource


def _origin(url: URL) -> _Origin:
    return url.scheme, url.raw_host, url.port


def _check_host(host: str) -> None:
    # A name that ends in a number is an IPv4 address in disguise (2130706433, 0x7f.1, 127.1) to some resolvers.
    if ":" in host or re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", host):
        check_address(host)
    elif not _NAME.fullmatch(host) or _NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]):
        raise RefusedSource
