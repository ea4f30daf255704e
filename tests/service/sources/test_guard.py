"""The guard refuses every way to say an address that is not public."""

from __future__ import annotations

import socket

import pytest
from yarl import URL

from service.sources.guard import MalformedSource, RefusedSource, SourceRules, check_address, check_url

LOCAL = "http://127.0.0.1:18201"
RULES = SourceRules(allowed_origins=frozenset({LOCAL}), max_bytes=1000, timeout_seconds=1.0, max_redirects=5)

PUBLIC = ["8.8.8.8", "1.1.1.1", "20.60.1.1", "168.63.129.15", "2606:4700::1111", "2a00:1450:4001:80b::200e"]
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1111%1",
    "fec0::1",
    "ff02::1",
    "not an address",
    "",
]
IN_DISGUISE = [
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.1",
    "127.0.1",
    "127.0.0.1.",
    "127.0.0.01",
    "0",
    "0x",
    "a.0x7f",
    "a.1",
    "%31%32%37.0.0.1",
    "１２７.0.0.1",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[fe80::1%25eth0]",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_passes(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(RefusedSource):
        check_address(address)


@pytest.mark.parametrize("address", [text for text in NOT_PUBLIC if text and " " not in text and "%" not in text])
def test_a_url_that_is_an_address_is_refused_before_any_connection(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(RefusedSource):
        check_url(f"https://{host}/document.pdf", RULES)


@pytest.mark.parametrize("host", IN_DISGUISE)
def test_a_number_in_disguise_is_refused(host: str) -> None:
    with pytest.raises((RefusedSource, MalformedSource)):
        check_url(f"https://{host}/document.pdf", RULES)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.pdf",
        "ftp://example.com/a.pdf",
        "file:///etc/passwd",
        "file://example.com/etc/passwd",
        "data:application/pdf;base64,AAAA",
        "gopher://example.com/",
        "https://user@example.com/",
        "https://user:word@example.com/",
        "https://:word@example.com/",
        "http://user@127.0.0.1:18201/",
        "https://exa%20mple.com/",
        "https://-/",
        "https://a..b/",
        "http://127.0.0.1:18202/",
        "https://127.0.0.1:18201/",
        "http://127.0.0.2:18201/",
        "http://localhost:18201/",
    ],
)
def test_other_schemes_credentials_and_origins_are_refused(url: str) -> None:
    with pytest.raises(RefusedSource):
        check_url(url, RULES)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/a.pdf",
        "/a.pdf",
        "//example.com/a.pdf",
        "https://",
        "https:///a.pdf",
        "https:example.com",
        "https://example.com:99999/",
        "https://example.com:0/",
        "https://exam ple.com/",
        "https://example.com/a b",
        "https://example.com/\r\nHost: x",
        "https://example.com/\x00",
        "https://[::1",
        "https://[::]tps@//1.0.1.1/",
        "https://example.com\\@127.0.0.1/",
        "https://exa\u2028mple.com/",
    ],
)
def test_what_is_no_absolute_url_is_malformed(url: str) -> None:
    with pytest.raises(MalformedSource):
        check_url(url, RULES)


def test_a_public_url_is_guarded_and_loses_its_fragment() -> None:
    target = check_url("HTTPS://Example.COM./a.pdf?sig=a%2Bb%3D#page=2", RULES)
    assert target.guarded
    assert str(target.url) == "https://example.com./a.pdf?sig=a%2Bb%3D"


def test_an_exact_extra_origin_is_not_guarded() -> None:
    assert not check_url(f"{LOCAL}/a.pdf", RULES).guarded


def test_the_default_port_of_an_origin_may_be_said_or_not() -> None:
    rules = SourceRules(frozenset({"http://files.internal"}), 1, 1.0, 0)
    assert not check_url("http://files.internal:80/a", rules).guarded


def test_a_redirect_is_checked_like_a_first_url() -> None:
    base = URL(f"{LOCAL}/folder/a.pdf")
    assert check_url("../b.pdf", RULES, base).url == URL(f"{LOCAL}/b.pdf")
    for place in ("https://169.254.169.254/metadata", "//10.0.0.1/", "file:///etc/passwd", "http://example.com/"):
        with pytest.raises(RefusedSource):
            check_url(place, RULES, base)


def test_the_socket_of_a_guarded_target_is_never_made_for_a_private_address() -> None:
    target = check_url("https://example.com/", RULES)
    with pytest.raises(RefusedSource):
        target.socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 443)))
    with target.socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 443))) as made:
        assert made.family is socket.AF_INET


@pytest.mark.parametrize("origin", ["127.0.0.1:18201", "nonsense", "/path"])
def test_rules_take_only_origins(origin: str) -> None:
    with pytest.raises(ValueError, match="URL"):
        SourceRules(frozenset({origin}), 1, 1.0, 0)
