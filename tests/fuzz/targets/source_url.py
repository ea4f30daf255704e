"""`service.sources.guard.check_url`: any text is a guarded https URL, an exact extra origin, or refused."""

from __future__ import annotations

from service.sources.guard import MalformedSource, RefusedSource, SourceRules, check_url

_EXTRA = "http://127.0.0.1:18201"
_RULES = SourceRules(frozenset({_EXTRA}), max_bytes=1000, timeout_seconds=1, max_redirects=1)

SEEDS = (
    b"https://example.org/a.pdf?sig=x",
    b"https://user:secret@example.org:443/",
    b"http://127.0.0.1:18201/a",
    b"https://[::ffff:127.0.0.1]/",
    b"https://0x7f.1/",
    b"file:///etc/passwd",
    b"https://xn--bcher-kva.example/",
)


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    try:
        target = check_url(data.decode(errors="replace"), _RULES)
    except (MalformedSource, RefusedSource):
        return
    if target.guarded:
        assert target.url.scheme == "https"
        assert target.url.host
    else:
        assert str(target.url.origin()) == _EXTRA
