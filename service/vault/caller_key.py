"""Sealing to the caller: a key pair that exists only while the API key is there.

The pair of a job is derived from the API key and the job's id. The door keeps the public half in the job
record; the private half is derived anew from the key that comes with each GET, and kept nowhere. Once the
analysis has ended, storage and the service key together do not open a result.
"""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.vault.api_key import ApiKey
from service.vault.envelope import DataKey
from service.vault.hybrid import SEED_BYTES, Seed, key_id_of, public_of, unwrap, wrap

_INFO: Final = b"ephemera/caller-key-pair/1"


def public_half(api_key: ApiKey, job: str) -> bytes:
    """The public half of the pair of this key and this job, 1216 bytes; the same each time."""
    return public_of(_seed(api_key, job))


def caller_key_id(public: bytes) -> bytes:
    """The 16 bytes that name the pair."""
    return key_id_of(public)


def wrap_to_caller(public: bytes, data_key: DataKey, info: bytes) -> bytes:
    """Wrap a data key to the caller; `info` comes from `wrap_info`. Raises ValueError for a malformed half."""
    return wrap(public, data_key, info)


def unwrap_as_caller(api_key: ApiKey, job: str, untrusted_wrapped: bytes, info: bytes) -> DataKey:
    """Unwrap with the key that came with a request; raises TamperedError for any other key, job or info."""
    return unwrap(_seed(api_key, job), untrusted_wrapped, info)


def _seed(api_key: ApiKey, job: str) -> Seed:
    derivation = HKDF(algorithm=SHA512(), length=SEED_BYTES, salt=job.encode(), info=_INFO)
    return Seed(derivation.derive(api_key.reveal()))
