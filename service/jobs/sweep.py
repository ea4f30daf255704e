"""Erasing what is due, found by listing storage and never by trusting the state of a job.

The cost grows with what expires: listings go by hour of acceptance from the oldest and stop at the first
hour that cannot be due, and a record is read only when its job was accepted a retention ago.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from contract.ids import accepted_at
from service import log
from service.clock import Clock
from service.jobs.erase import Eraser
from service.jobs.names import JobName, NotAJob, hour_starts
from service.jobs.record import RETENTION
from service.jobs.records import Records
from service.store.contract import Container, Store
from service.vault.envelope import TamperedError


class Sweep:
    """Erases jobs that are due and objects that no job owns any more."""

    def __init__(self, store: Store, records: Records, eraser: Eraser, clock: Clock) -> None:
        self._store = store
        self._records = records
        self._eraser = eraser
        self._clock = clock

    async def run(self) -> int:
        """Erase everything due now; returns how many objects were found due."""
        now = self._clock.now()
        count = 0
        for container in (Container.RECORDS, Container.UPLOADS, Container.PARTS, Container.RESULTS):
            async for object_name, name in self._candidates(container, now):
                if container in (Container.UPLOADS, Container.PARTS):
                    await self._store.delete(container, object_name)
                elif await self._due(name, now):
                    await self._eraser.everything(name)
                else:
                    continue
                count += 1
        log.event("swept", count=count)
        return count

    async def _candidates(self, container: Container, now: datetime) -> AsyncIterator[tuple[str, JobName]]:
        async for folder in self._store.folders(container):
            start = hour_starts(folder)
            if start is None:
                continue
            if start + RETENTION > now:
                return
            async for listed in self._store.list(container, folder):
                try:
                    name = JobName.of(listed.name)
                except NotAJob:
                    continue
                if accepted_at(name.job) + RETENTION <= now:
                    yield listed.name, name

    async def _due(self, name: JobName, now: datetime) -> bool:
        try:
            held = await self._records.load(name)
        except TamperedError:
            # Nobody can read a job whose record does not open; its age alone makes it due.
            return True
        return held is None or held.record.expires <= now
