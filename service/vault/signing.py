"""Signatures on receipts: ES256, in a form that any JOSE library verifies.

A signed text is a compact JWS (RFC 7515): header, payload and signature, each in base64url without padding,
joined by dots. The header is `{"alg":"ES256","kid":...,"typ":...}`; `kid` is the thumbprint of the public
half (RFC 7638), `typ` tells what was signed, so that one kind of text never passes for another.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Final, Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from service.vault.secret import Secret

SCALAR_BYTES: Final = 32

_ALGORITHM: Final = "ES256"


class BadSignature(Exception):
    """A text is not one that the holder of the private half signed as what it is taken for."""


class Jwk(msgspec.Struct, kw_only=True, frozen=True):
    """The public half (RFC 7517); `x` and `y` are coordinates on P-256, 32 bytes in base64url each."""

    kty: str = "EC"
    crv: str = "P-256"
    x: str
    y: str
    kid: str
    use: str = "sig"
    alg: str = _ALGORITHM


class JwkSet(msgspec.Struct, kw_only=True, frozen=True):
    """Public halves as they are published."""

    keys: tuple[Jwk, ...]


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    alg: str
    kid: str
    typ: str


class Signer(Protocol):
    """The private half, in a file or in a vault."""

    @property
    def public(self) -> Jwk:
        """What verifies."""

    async def sign(self, payload: bytes, typ: str) -> str:
        """The compact JWS of a payload."""


class SigningScalar(Secret):
    """A private half on P-256: 32 bytes, big endian, from 1 to the order of the curve less 1."""

    __slots__ = ()

    @classmethod
    def generate(cls) -> SigningScalar:
        """A fresh one from the system's random source."""
        value = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        return cls(value.to_bytes(SCALAR_BYTES, "big"))


class LocalSigner:
    """Signs with a private half that is held in memory."""

    def __init__(self, scalar: SigningScalar) -> None:
        self._key = ec.derive_private_key(int.from_bytes(scalar.reveal(), "big"), ec.SECP256R1())
        self._public = _jwk(self._key.public_key())

    @property
    def public(self) -> Jwk:
        """What verifies."""
        return self._public

    async def sign(self, payload: bytes, typ: str) -> str:
        """The compact JWS of a payload, which takes about 30 microseconds."""
        header = msgspec.json.encode(_Header(_ALGORITHM, self._public.kid, typ))
        signed = f"{_text(header)}.{_text(payload)}"
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(SHA256())))
        return f"{signed}.{_text(r.to_bytes(SCALAR_BYTES, 'big') + s.to_bytes(SCALAR_BYTES, 'big'))}"


def verified(untrusted_token: str, typ: str, keys: JwkSet) -> bytes:
    """The payload of a compact JWS that one of `keys` signed as `typ`; raises BadSignature for any other text."""
    try:
        signed, _, signature = untrusted_token.rpartition(".")
        header, payload = (_bytes(part) for part in signed.split("."))
        claimed = msgspec.json.decode(header, type=_Header)
        raw = _bytes(signature)
        [key] = [key for key in keys.keys if claimed == _Header(_ALGORITHM, key.kid, typ)]
        if len(raw) != 2 * SCALAR_BYTES:
            raise BadSignature
        dss = encode_dss_signature(*(int.from_bytes(half, "big") for half in (raw[:SCALAR_BYTES], raw[SCALAR_BYTES:])))
        _public(key).verify(dss, signed.encode(), ec.ECDSA(SHA256()))
    except (ValueError, msgspec.MsgspecError, InvalidSignature):
        raise BadSignature from None
    return payload


def _jwk(public: ec.EllipticCurvePublicKey) -> Jwk:
    numbers = public.public_numbers()
    x, y = (_text(number.to_bytes(SCALAR_BYTES, "big")) for number in (numbers.x, numbers.y))
    # RFC 7638: the required members alone, in alphabetical order, without blanks.
    canonical = json.dumps({"crv": "P-256", "kty": "EC", "x": x, "y": y}, separators=(",", ":"))
    return Jwk(x=x, y=y, kid=_text(hashlib.sha256(canonical.encode()).digest()))


def _public(key: Jwk) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(_bytes(text), "big") for text in (key.x, key.y))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(untrusted_text: str) -> bytes:
    padded = untrusted_text.encode("ascii") + b"=" * (-len(untrusted_text) % 4)
    decoded = base64.b64decode(padded, altchars=b"-_", validate=True)
    # Each text has one spelling: bits that a lax decoder ignores must not be free to differ.
    if _text(decoded) != untrusted_text:
        raise BadSignature
    return decoded
