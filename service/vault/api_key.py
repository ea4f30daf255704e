"""API keys: the one secret a caller has."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import zlib
from typing import Final

from service.vault.secret import Secret

_PREFIX: Final = "eph_"
_RANDOM_BYTES: Final = 32
_CHECK_BYTES: Final = 4
_TEXT_LENGTH: Final = len(_PREFIX) + (_RANDOM_BYTES + _CHECK_BYTES) * 4 // 3


class MalformedKey(ValueError):
    """The text is no API key of this service; says nothing about whether a key is valid."""


class ApiKey(Secret):
    """An API key: 256 random bits.

    As text: `eph_`, then 48 characters of base64url that stand for the 32 bytes and their CRC-32 (big
    endian). The checksum tells a typo, and lets a scanner for leaked secrets tell a key from other text; it
    protects nothing. Each key has exactly one text.
    """

    __slots__ = ()

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _RANDOM_BYTES:
            raise ValueError(f"an API key has {_RANDOM_BYTES} bytes")
        super().__init__(secret)

    @classmethod
    def generate(cls) -> ApiKey:
        """A fresh key from the system's random source."""
        return cls(secrets.token_bytes(_RANDOM_BYTES))

    @classmethod
    def parse(cls, untrusted_text: str) -> ApiKey:
        """The key that a text stands for; raises MalformedKey for every other text."""
        if len(untrusted_text) != _TEXT_LENGTH or not untrusted_text.startswith(_PREFIX):
            raise MalformedKey
        try:
            encoded = untrusted_text.encode("ascii")
            key = cls(base64.b64decode(encoded[len(_PREFIX) :], altchars=b"-_", validate=True)[:_RANDOM_BYTES])
        except ValueError:
            raise MalformedKey from None
        # Encoding it again checks the checksum, and the alphabet, of which the decoder takes two.
        if not hmac.compare_digest(key.text.encode(), encoded):
            raise MalformedKey
        return key

    @property
    def text(self) -> str:
        """What the caller sends; shown once, when the key is made, and never stored."""
        raw = self.reveal()
        return _PREFIX + base64.urlsafe_b64encode(raw + _checksum(raw)).decode()


class ApiKeyHasher:
    """Turns API keys into the names that their records are stored under."""

    def __init__(self, pepper: Secret) -> None:
        self._pepper = pepper

    def digest(self, api_key: ApiKey) -> str:
        """HMAC-SHA-256 under the pepper, 64 hex digits.

        A key is found by this name in storage, so no digest is ever compared in the service. Whoever
        reads storage learns nothing of the key: it has 256 random bits, and the pepper is not in storage.
        """
        return hmac.new(self._pepper.reveal(), api_key.reveal(), hashlib.sha256).hexdigest()


def _checksum(raw: bytes) -> bytes:
    return zlib.crc32(raw).to_bytes(_CHECK_BYTES, "big")
