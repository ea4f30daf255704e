"""Job records in storage: sealed on the way in, opened and checked on the way out."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from service.jobs.names import JobName
from service.jobs.record import JobRecord
from service.store.contract import Container, Store
from service.vault.context import RecordContext
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing


class Held(NamedTuple):
    """A record with the ETag that its next write must name."""

    record: JobRecord
    etag: str


class Records:
    """The records of all jobs."""

    def __init__(self, store: Store, ring: RecordKeyRing) -> None:
        self._store = store
        self._ring = ring

    def name_of(self, tenant: str, job: str) -> JobName:
        """Where the objects of a job of this tenant are."""
        return JobName(self._ring.tenant_tag(tenant), job)

    async def create(self, name: JobName, record: JobRecord) -> Held:
        """Write the record of a new job; raises Changed when there is one already."""
        sealed = self._ring.seal(_context(name), msgspec.msgpack.encode(record))
        return Held(record, await self._store.create(Container.RECORDS, name.record, sealed))

    async def load(self, name: JobName) -> Held | None:
        """Read a record, None when there is none; raises TamperedError when it is not what was written."""
        stored = await self._store.get(Container.RECORDS, name.record)
        if stored is None:
            return None
        plain = self._ring.open(_context(name), stored.untrusted)
        try:
            record = msgspec.msgpack.decode(plain, type=JobRecord)
        except msgspec.MsgspecError:
            raise TamperedError from None
        if self.name_of(record.tenant, record.job) != name:
            raise TamperedError
        return Held(record, stored.etag)

    async def replace(self, name: JobName, held: Held, record: JobRecord) -> Held:
        """Write the next state of a record; raises Changed when another wrote in between or it was deleted."""
        sealed = self._ring.seal(_context(name), msgspec.msgpack.encode(record))
        return Held(record, await self._store.replace(Container.RECORDS, name.record, sealed, held.etag))


def _context(name: JobName) -> RecordContext:
    return RecordContext(name.record)
