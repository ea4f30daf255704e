"""Key pairs that data keys are wrapped to: ML-KEM-768 and X25519 together, through HPKE.

A pair is made out of 96 bytes of seed: 64 for ML-KEM-768 (FIPS 203, d and z), 32 for X25519. A public half
is the 1184 bytes of the ML-KEM-768 key followed by the 32 bytes of the X25519 key. A wrapped data key is
what HPKE (RFC 9180, base mode, HKDF-SHA-256, AES-256-GCM) makes of it: 1120 bytes of encapsulation and 48 of
ciphertext. Records depend on all of this: another suite needs other lengths or another format of record.
"""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from service.vault.envelope import KEY_ID_BYTES, DataKey, TamperedError
from service.vault.secret import Secret

SEED_BYTES: Final = 96
PUBLIC_BYTES: Final = 1184 + 32
WRAPPED_BYTES: Final = 1120 + 32 + 16

_MLKEM_SEED_BYTES: Final = 64
_MLKEM_PUBLIC_BYTES: Final = 1184
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Seed(Secret):
    """The private half of a pair: 96 bytes."""

    __slots__ = ()

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SEED_BYTES:
            raise ValueError(f"a seed has {SEED_BYTES} bytes")
        super().__init__(secret)


def public_of(seed: Seed) -> bytes:
    """The public half, 1216 bytes; the same for the same seed."""
    mlkem, x25519 = _private_keys(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def key_id_of(public: bytes) -> bytes:
    """The 16 bytes that name a pair: the first half of the SHA-256 of its public half."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES]


def wrap(public: bytes, data_key: DataKey, info: bytes) -> bytes:
    """Wrap a data key so that only the private half can unwrap it, with the same `info`.

    Raises:
        ValueError: the public half is not one.
    """
    if len(public) != PUBLIC_BYTES:
        raise ValueError(f"a public half has {PUBLIC_BYTES} bytes")
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
    )
    return _SUITE.encrypt(data_key.reveal(), key, info)


def unwrap(seed: Seed, untrusted_wrapped: bytes, info: bytes) -> DataKey:
    """The data key that was wrapped to the public half of this seed.

    Raises:
        TamperedError: it was wrapped to another pair, with another `info`, or has been altered.
    """
    if len(untrusted_wrapped) != WRAPPED_BYTES:
        raise TamperedError
    try:
        return DataKey(_SUITE.decrypt(untrusted_wrapped, MLKEM768X25519PrivateKey(*_private_keys(seed)), info))
    except InvalidTag:
        raise TamperedError from None


def _private_keys(seed: Seed) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    raw = seed.reveal()
    return (
        MLKEM768PrivateKey.from_seed_bytes(raw[:_MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(raw[_MLKEM_SEED_BYTES:]),
    )
