"""`service.vault.api_key.ApiKey.parse`: a text is the one text of a key, or raises MalformedKey."""

from __future__ import annotations

from service.vault.api_key import ApiKey, MalformedKey

SEEDS = (ApiKey(bytes(range(32))).text.encode(), b"eph_", b"eph_" + b"A" * 48)


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    text = data.decode(errors="replace")
    try:
        assert ApiKey.parse(text).text == text
    except MalformedKey:
        return
