"""Who is calling: API keys, the records of them, and the principal that a key stands for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from contract.errors import ApiError, Fault
from service.clock import Clock
from service.store.contract import Container, Store
from service.vault.api_key import ApiKey, ApiKeyHasher, MalformedKey
from service.vault.context import RecordContext
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing

_ID_LENGTH = 16


@dataclass(frozen=True)
class Principal:
    """Who a result belongs to: one key of one tenant. `key_id` is public, 16 hex digits."""

    tenant: str
    key_id: str


@dataclass(frozen=True)
class Caller:
    """A principal and the key that proved it; results are sealed to this key."""

    principal: Principal
    api_key: ApiKey


class KeyRecord(msgspec.Struct, kw_only=True, frozen=True):
    """What is stored of an API key: never the key. Fields are only ever added at the end, with a default."""

    format: int = 1
    tenant: str
    key_id: str
    created: datetime


class Keys:
    """The API keys of all tenants.

    A key is looked up in storage for every request: a revoked key is refused at once.
    """

    def __init__(self, store: Store, ring: RecordKeyRing, hasher: ApiKeyHasher, clock: Clock) -> None:
        self._store = store
        self._ring = ring
        self._hasher = hasher
        self._clock = clock

    async def authenticate(self, untrusted_key: str | None) -> Caller:
        """The caller that a key stands for; raises ApiError(UNAUTHORIZED) for every other string."""
        try:
            key = ApiKey.parse(untrusted_key or "")
        except MalformedKey:
            raise ApiError(Fault.UNAUTHORIZED) from None
        record = await self._load(self._hasher.digest(key))
        if record is None:
            raise ApiError(Fault.UNAUTHORIZED)
        return Caller(Principal(record.tenant, record.key_id), key)

    async def create(self, tenant: str) -> ApiKey:
        """Make a key for a tenant. The key is in the answer and nowhere else."""
        key = ApiKey.generate()
        name = self._hasher.digest(key)
        record = KeyRecord(tenant=tenant, key_id=name[:_ID_LENGTH], created=self._clock.now())
        sealed = self._ring.lasting.seal(RecordContext(name), msgspec.msgpack.encode(record))
        await self._store.create(Container.KEYS, name, sealed)
        return key

    async def list(self) -> AsyncIterator[KeyRecord]:
        """All keys that are valid, in no order that means anything."""
        async for listed in self._store.list(Container.KEYS):
            record = await self._load(listed.name)
            if record is not None:
                yield record

    async def find(self, untrusted_key_id: str) -> tuple[str, KeyRecord] | None:
        """The name of the object and the record of a key, None when there is none with this id."""
        if len(untrusted_key_id) != _ID_LENGTH or not untrusted_key_id.isalnum():
            return None
        async for listed in self._store.list(Container.KEYS, untrusted_key_id):
            record = await self._load(listed.name)
            if record is not None:
                return listed.name, record
        return None

    async def revoke(self, untrusted_key_id: str) -> bool:
        """Refuse the key with this id from now on and leave its jobs; `service.jobs.revoke` erases them too."""
        found = await self.find(untrusted_key_id)
        if found is not None:
            await self._store.delete(Container.KEYS, found[0])
        return found is not None

    async def _load(self, name: str) -> KeyRecord | None:
        stored = await self._store.get(Container.KEYS, name)
        if stored is None:
            return None
        try:
            record = msgspec.msgpack.decode(
                self._ring.lasting.open(RecordContext(name), stored.untrusted), type=KeyRecord
            )
        except (TamperedError, msgspec.MsgspecError):
            return None
        return record
