"""Revoking an API key: refused at once, its jobs erased, each with a receipt.

A request that passed the door just before may still bring in a job, so the revocation stays open for longer
than a request can last, and each sweep looks again. Sealed under the record key, like the intents it lies by.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final

import msgspec

from service import log
from service.clock import Clock
from service.identity import Keys
from service.jobs.erase import Eraser
from service.jobs.intents import REVOCATIONS
from service.jobs.names import JobName, NotAJob
from service.jobs.records import Records
from service.ledger.receipt import Reason
from service.store.contract import Changed, Container, Store
from service.vault.context import RecordContext
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing

_LONGEST_REQUEST: Final = timedelta(minutes=15)


class Revocation(msgspec.Struct, kw_only=True, frozen=True):
    """A revoked key: whose it is, where its record was, and since when it is refused."""

    tenant: str
    key_id: str
    key_name: str
    revoked: datetime


class Revocations:
    """Revokes keys, and finishes revocations that were cut off."""

    def __init__(self, store: Store, ring: RecordKeyRing, records: Records, eraser: Eraser, clock: Clock) -> None:
        self._store = store
        self._ring = ring
        self._records = records
        self._eraser = eraser
        self._clock = clock

    async def revoke(self, keys: Keys, untrusted_key_id: str) -> int | None:
        """Refuse a key from now on and erase its jobs; gives their number, None when there is no such key."""
        found = await keys.find(untrusted_key_id)
        if found is None:
            return None
        key_name, record = found
        revocation = Revocation(
            tenant=record.tenant, key_id=record.key_id, key_name=key_name, revoked=self._clock.now()
        )
        path = REVOCATIONS + record.key_id
        try:
            sealed = self._ring.seal(RecordContext(path), msgspec.msgpack.encode(revocation))
            await self._store.create(Container.INTENTS, path, sealed)
        except Changed:
            # It was begun before and cut off; it is carried out from the start.
            log.event("revocation_resumed", key_id=record.key_id)
        return await self._carry_out(revocation)

    async def finish(self) -> None:
        """Carry out all open revocations again, and close those that no request can add to any more."""
        async for listed in self._store.list(Container.INTENTS, REVOCATIONS):
            stored = await self._store.get(Container.INTENTS, listed.name)
            if stored is None:
                continue
            try:
                plain = self._ring.open(RecordContext(listed.name), stored.untrusted)
                revocation = msgspec.msgpack.decode(plain, type=Revocation)
            except (TamperedError, msgspec.MsgspecError):
                log.trouble("intent_tampered")
                await self._store.delete(Container.INTENTS, listed.name)
                continue
            await self._carry_out(revocation)
            if revocation.revoked + _LONGEST_REQUEST <= self._clock.now():
                await self._store.delete(Container.INTENTS, listed.name)

    async def _carry_out(self, revocation: Revocation) -> int:
        await self._store.delete(Container.KEYS, revocation.key_name)
        count = 0
        async for name in self._jobs_of(revocation.tenant):
            try:
                held = await self._records.load(name)
            except TamperedError:
                continue
            if held is not None and held.record.principal == revocation.key_id:
                await self._eraser.everything(name, held.record, Reason.REVOKED)
                count += 1
        log.event("revoked", key_id=revocation.key_id, count=count)
        return count

    async def _jobs_of(self, tenant: str) -> AsyncIterator[JobName]:
        tag = self._ring.tenant_tag(tenant)
        async for folder in self._store.folders(Container.RECORDS):
            async for listed in self._store.list(Container.RECORDS, f"{folder}{tag}/"):
                try:
                    yield JobName.of(listed.name)
                except NotAJob:
                    continue
