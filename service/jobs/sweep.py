"""Erasing what is due, found by listing storage and never by trusting the state of a job.

The cost grows with what expires: listings go by hour of acceptance from the oldest and stop at the first
hour that cannot be due, and a record is read only when its job was accepted a retention ago. Before that
come the erasures that were begun and cut off, and the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable
from datetime import datetime, timedelta
from typing import Final

from contract.ids import accepted_at
from service import log
from service.clock import Clock
from service.hours import hour_starts
from service.jobs.erase import OF_JOBS, Eraser, Found
from service.jobs.fold import Folding
from service.jobs.names import JobName, NotAJob
from service.jobs.record import RETENTION
from service.jobs.records import Records
from service.jobs.report import SweepReport, SweepReports
from service.jobs.revoke import Revocations
from service.ledger.receipt import Reason
from service.ledger.receipts import Receipts
from service.store.contract import Container, Store
from service.vault.envelope import TamperedError

_OF_INPUT: Final = (Container.UPLOADS, Container.PARTS)


class SweepIncomplete(Exception):
    """Something could not be erased; everything else was, and the next sweep tries again."""


class Sweep:
    """Erases jobs that are due and objects that no job owns any more."""

    def __init__(
        self,
        store: Store,
        records: Records,
        eraser: Eraser,
        revocations: Revocations,
        receipts: Receipts,
        folding: Folding,
        reports: SweepReports,
        clock: Clock,
    ) -> None:
        self._store = store
        self._records = records
        self._eraser = eraser
        self._revocations = revocations
        self._receipts = receipts
        self._folding = folding
        self._reports = reports
        self._clock = clock
        self._failed = 0

    async def run(self) -> int:
        """Erase everything due now; returns how many jobs were due, wholly or with their input.

        Raises:
            SweepIncomplete: at the end, when an erasure failed; one that fails does not hold up the others.
        """
        now = self._clock.now()
        self._failed = 0
        await self._tried(self._revocations.finish())
        folded = await self._folding.run()
        self._failed += folded.failed
        count = 0
        async for job, found in self._candidates(now):
            count += await self._tried(self._erase_due(job, found, now), job.job) or 0
        await self._receipts.prune()
        await self._report(count, folded.count)
        if self._failed:
            raise SweepIncomplete(f"{self._failed} erasures failed")
        return count

    async def _tried(self, step: Awaitable[int | None], job: str | None = None) -> int | None:
        try:
            return await step
        except Exception as trouble:
            log.trouble("erasure_failed", job=job, error=type(trouble).__name__)
            self._failed += 1
            return None

    async def _candidates(self, now: datetime) -> AsyncIterator[tuple[JobName, list[Found]]]:
        """The jobs old enough to be due, with their objects, an hour at a time from the oldest."""
        hours: defaultdict[str, list[Container]] = defaultdict(list)
        for container in OF_JOBS:
            async for folder in self._store.folders(container):
                start = hour_starts(folder)
                if start is not None and start + RETENTION > now:
                    break
                hours[folder].append(container)
        for folder, containers in sorted(hours.items()):
            jobs: defaultdict[JobName, list[Found]] = defaultdict(list)
            for container in containers:
                async for listed in self._store.list(container, folder):
                    name = _name_of(listed.name)
                    if name is not None:
                        jobs[name].append(Found(container, listed.name))
            for name, found in jobs.items():
                if accepted_at(name.job) + RETENTION <= now:
                    yield name, found

    async def _erase_due(self, name: JobName, found: list[Found], now: datetime) -> int:
        """Erase a job, or what is left of its input; 0 when nothing was due."""
        try:
            held = await self._records.load(name)
        except TamperedError:
            # Nobody can read a job whose record does not open; its age alone makes it due.
            held = None
        if held is None or held.record.expires <= now:
            await self._eraser.everything(name, held.record if held else None, Reason.EXPIRED, found)
        elif any(each.container in _OF_INPUT for each in found):
            await self._eraser.left_over(name, held.record)
        else:
            return 0
        return 1

    async def _report(self, count: int, folded: int) -> None:
        oldest = await self._oldest()
        ended = self._clock.now()
        await self._reports.write(SweepReport(ended=ended, oldest=oldest))
        age = max(ended - oldest, timedelta(0)) if oldest else None
        log.event(
            "swept",
            count=count,
            folded=folded,
            failed=self._failed,
            oldest_object_age_seconds=int(age.total_seconds()) if age is not None else None,
        )

    async def _oldest(self) -> datetime | None:
        """When the oldest job was accepted of which an object is left."""
        first = [job for container in OF_JOBS if (job := await self._first_job(container)) is not None]
        return min((accepted_at(job) for job in first), default=None)

    async def _first_job(self, container: Container) -> str | None:
        async for folder in self._store.folders(container):
            if hour_starts(folder) is None:
                continue
            names = [_name_of(listed.name) async for listed in self._store.list(container, folder)]
            if jobs := [name.job for name in names if name is not None]:
                return min(jobs)
        return None


def _name_of(object_name: str) -> JobName | None:
    try:
        return JobName.of(object_name)
    except NotAJob:
        return None
