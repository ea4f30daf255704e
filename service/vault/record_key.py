"""The record keys: symmetric, shared by door and worker, for what both must read and write."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from service.vault.context import RecordContext
from service.vault.envelope import KEY_ID_BYTES, DataKey, Sealed, TamperedError, open_sealed, recognize, seal
from service.vault.secret import Secret

ROOT_BYTES: Final = 32

_TAG_DIGITS: Final = 32


class RootKey(Secret):
    """32 random bytes out of a key file, used only to derive from."""

    __slots__ = ()

    def __init__(self, secret: bytes) -> None:
        if len(secret) != ROOT_BYTES:
            raise ValueError(f"a root key has {ROOT_BYTES} bytes")
        super().__init__(secret)


class RecordKeyRing:
    """Seals records under the present key and opens them under it or an older one.

    `names` is apart from the record keys: object names must stay the same when a record key is replaced.
    """

    def __init__(self, primary: RootKey, older: tuple[RootKey, ...], names: RootKey) -> None:
        self._primary = _key_id(primary)
        self._keys = {_key_id(root): DataKey(_derive(root, b"ephemera/record-seal/1")) for root in (primary, *older)}
        self._names = names

    def seal(self, context: RecordContext, plaintext: bytes) -> Sealed:
        """Seal a record; Cobblestone derives a fresh key for each object from the ring's and a random salt."""
        return seal(self._keys[self._primary], self._primary, context, plaintext)

    def open(self, context: RecordContext, untrusted: bytes) -> bytes:
        """Open a record; raises TamperedError when it is not what was sealed for this name."""
        key = self._keys.get(recognize(untrusted).key_id)
        if key is None:
            raise TamperedError
        return open_sealed(key, context, untrusted)

    def tenant_tag(self, tenant: str) -> str:
        """What stands for a tenant in object names: a keyed hash, 32 hex digits."""
        return _derive(self._names, b"ephemera/tenant-tag/1/" + tenant.encode()).hex()[:_TAG_DIGITS]


def _key_id(root: RootKey) -> bytes:
    return _derive(root, b"ephemera/record-key-id/1")[:KEY_ID_BYTES]


def _derive(root: RootKey, label: bytes) -> bytes:
    return hmac.new(root.reveal(), label, hashlib.sha256).digest()
