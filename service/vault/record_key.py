"""The record keys: symmetric, shared by door and worker, for what both must read and write."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final, Protocol

from service.vault.context import RecordContext
from service.vault.envelope import KEY_ID_BYTES, DataKey, Sealed, TamperedError, open_sealed, recognize, seal
from service.vault.secret import Secret

ROOT_BYTES: Final = 32

_MARK_DIGITS: Final = 32


class RootKey(Secret):
    """32 random bytes out of a key file, used only to derive from."""

    __slots__ = ()

    def __init__(self, secret: bytes) -> None:
        if len(secret) != ROOT_BYTES:
            raise ValueError(f"a root key has {ROOT_BYTES} bytes")
        super().__init__(secret)


class SealingKeys:
    """Seals records under the present key and opens them under it or an older one."""

    def __init__(self, primary: RootKey, older: tuple[RootKey, ...] = ()) -> None:
        self._primary = _key_id(primary)
        self._keys = {_key_id(root): DataKey(_derive(root, b"ephemera/record-seal/1")) for root in (primary, *older)}

    def get(self) -> SealingKeys:
        """Themselves: these keys stay as they are."""
        return self

    def seal(self, context: RecordContext, plaintext: bytes) -> Sealed:
        """Seal a record; Cobblestone derives a fresh key for each object from this one and a random salt."""
        return seal(self._keys[self._primary], self._primary, context, plaintext)

    def open(self, context: RecordContext, untrusted: bytes) -> bytes:
        """Open a record; raises TamperedError when it is not what was sealed for this name."""
        key = self._keys.get(recognize(untrusted).key_id)
        if key is None:
            raise TamperedError
        return open_sealed(key, context, untrusted)


class PresentKeys(Protocol):
    """Where the record keys of now come from."""

    def get(self) -> SealingKeys:
        """The record keys of now."""


class RecordKeyRing:
    """The record keys, which are replaced now and then, and what is derived of the names key, which is not.

    Object names must stay the same when a record key is replaced, and what lives longer than the 25 hours
    for which a replaced key still opens (records of API keys, receipts, the ledger) must stay readable: all
    of these hang on `names`.
    """

    def __init__(self, records: PresentKeys, names: RootKey) -> None:
        self._records = records
        self._names = names
        self.lasting = SealingKeys(RootKey(_derive(names, b"ephemera/lasting/1")))

    @classmethod
    def of(cls, primary: RootKey, older: tuple[RootKey, ...], names: RootKey) -> RecordKeyRing:
        """A ring whose record keys stay as they are."""
        return cls(SealingKeys(primary, older), names)

    def seal(self, context: RecordContext, plaintext: bytes) -> Sealed:
        """Seal a record that lives two days at most; see `SealingKeys.seal`."""
        return self._records.get().seal(context, plaintext)

    def open(self, context: RecordContext, untrusted: bytes) -> bytes:
        """Open such a record; raises TamperedError as `SealingKeys.open` does."""
        return self._records.get().open(context, untrusted)

    def tenant_tag(self, tenant: str) -> str:
        """What stands for a tenant in object names and receipts: a keyed hash, 32 hex digits."""
        return self._mark(b"ephemera/tenant-tag/1/", tenant)

    def job_mark(self, job: str) -> str:
        """What stands for a job in receipts and their names."""
        return self._mark(b"ephemera/job-mark/1/", job)

    def principal_mark(self, key_id: str) -> str:
        """What stands for a principal in receipts."""
        return self._mark(b"ephemera/principal-mark/1/", key_id)

    def _mark(self, label: bytes, text: str) -> str:
        return _derive(self._names, label + text.encode()).hex()[:_MARK_DIGITS]


def _key_id(root: RootKey) -> bytes:
    return _derive(root, b"ephemera/record-key-id/1")[:KEY_ID_BYTES]


def _derive(root: RootKey, label: bytes) -> bytes:
    return hmac.new(root.reveal(), label, hashlib.sha256).digest()
