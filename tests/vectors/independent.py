"""A second reader of the stored form, written from the documents of the formats and not from the product.

It shares no code with `service.vault` and takes of the crypto library only single primitives: AES-256-GCM,
ML-KEM-768, X25519. The chunked encryption, HPKE, both key derivations and the encodings are its own.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK, TAG = 16384, 16
LABEL = bytes.fromhex("5c2e2f2f5e5c")


class Wrong(Exception):
    """The object does not open."""


def extract(salt: bytes, ikm: bytes, digest: str) -> bytes:
    return hmac.digest(salt or bytes(hashlib.new(digest).digest_size), ikm, digest)


def expand(prk: bytes, info: bytes, length: int, digest: str) -> bytes:
    out = block = b""
    while len(out) < length:
        block = hmac.digest(prk, block + info + bytes([len(out) // hashlib.new(digest).digest_size + 1]), digest)
        out += block
    return out[:length]


def field(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def micros(text: str) -> bytes:
    moment = datetime.fromisoformat(text)
    return field(struct.pack(">q", int(moment.replace(microsecond=0).timestamp()) * 1_000_000 + moment.microsecond))


def encode(context: dict[str, Any]) -> bytes:
    if "name" in context:
        return field(b"ephemera/record/1") + field(context["name"].encode())
    texts = ("kind", "tenant", "principal", "job")
    head = b"".join(field(context[name].encode()) for name in texts)
    part = field(context.get("part", "").encode())
    return field(b"ephemera/job-object/1") + head + micros(context["accepted"]) + part


def open_object(data_key: bytes, context: dict[str, Any], stored: bytes) -> bytes:
    """The plaintext of a stored object; raises Wrong."""
    header, salt, commitment, rest = stored[:17], stored[17:41], stored[41:73], stored[73:]
    if len(rest) < TAG or header[0] != 1:
        raise Wrong
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + header + encode(context)
    derived = expand(data_key, info, 32 + 12 + 32, "sha512")
    key, nonce, expected = derived[:32], int.from_bytes(derived[32:44], "big"), derived[44:]
    if commitment != expected:
        raise Wrong
    chunks = [rest[at : at + CHUNK + TAG] for at in range(0, len(rest), CHUNK + TAG)]
    if len(chunks[-1]) == CHUNK + TAG:
        raise Wrong
    try:
        return b"".join(
            AESGCM(key).decrypt((nonce ^ number).to_bytes(12, "big"), chunk, b"") for number, chunk in enumerate(chunks)
        )
    except Exception:
        raise Wrong from None


def caller_seed(api_key: bytes, job: str) -> bytes:
    return expand(extract(job.encode(), api_key, "sha512"), b"ephemera/caller-key-pair/1", 96, "sha512")


def wrap_info(context: dict[str, Any], public: bytes, completed: str | None) -> bytes:
    return encode(context) + hashlib.sha256(public).digest()[:16] + (micros(completed) if completed else b"")


def public_of(seed: bytes) -> bytes:
    mlkem, x25519 = MLKEM768PrivateKey.from_seed_bytes(seed[:64]), X25519PrivateKey.from_private_bytes(seed[64:])
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def unwrap(seed: bytes, wrapped: bytes, info: bytes) -> bytes:
    """HPKE base mode with the hybrid KEM 0x647a, HKDF-SHA-256 (1), AES-256-GCM (2); raises Wrong."""
    if len(wrapped) != 1168:
        raise Wrong
    point, suite = wrapped[1088:1120], b"HPKE" + bytes.fromhex("647a00010002")
    mlkem, x25519 = MLKEM768PrivateKey.from_seed_bytes(seed[:64]), X25519PrivateKey.from_private_bytes(seed[64:])
    try:
        shares = mlkem.decapsulate(wrapped[:1088]) + x25519.exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError:
        raise Wrong from None
    shared = hashlib.sha3_256(shares + point + x25519.public_key().public_bytes_raw() + LABEL).digest()

    def labeled(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return extract(salt, b"HPKE-v1" + suite + label + ikm, "sha256")

    schedule = b"\0" + labeled(b"", b"psk_id_hash", b"") + labeled(b"", b"info_hash", info)
    secret = labeled(shared, b"secret", b"")
    key, nonce = (
        expand(secret, struct.pack(">H", length) + b"HPKE-v1" + suite + label + schedule, length, "sha256")
        for label, length in ((b"key", 32), (b"base_nonce", 12))
    )
    try:
        return AESGCM(key).decrypt(nonce, wrapped[1120:], b"")
    except Exception:
        raise Wrong from None
