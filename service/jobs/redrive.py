"""Driving again what was lost: uploads that nobody claimed, or whose attempt died."""

from __future__ import annotations

from datetime import timedelta

from service import log
from service.clock import Clock
from service.jobs.names import JobName, NotAJob
from service.jobs.records import Records
from service.store.contract import Changed, Container, Store
from service.vault.envelope import TamperedError, recognize


class Redrive:
    """Puts waiting uploads again, byte for byte: a new ETag fires the trigger anew."""

    def __init__(self, store: Store, records: Records, clock: Clock, patience: timedelta) -> None:
        self._store = store
        self._records = records
        self._clock = clock
        self._patience = patience

    async def run(self) -> int:
        """Put each upload again that has waited `patience` and is not being worked on; returns how many."""
        now = self._clock.now()
        count = 0
        async for listed in self._store.list(Container.UPLOADS):
            if listed.modified + self._patience > now:
                continue
            try:
                held = await self._records.load(JobName.of(listed.name))
                stored = await self._store.get(Container.UPLOADS, listed.name)
                if stored is None or (held is not None and held.record.leased(now)):
                    continue
                await self._store.replace(Container.UPLOADS, listed.name, recognize(stored.untrusted), stored.etag)
            except (NotAJob, TamperedError, Changed):
                continue
            count += 1
        if count:
            log.event("driven_again", count=count)
        return count
