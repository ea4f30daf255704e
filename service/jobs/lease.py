"""A lease: the right of one attempt to end a job, kept alive by heartbeats and lost for good."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from service.clock import Clock
from service.jobs.bell import Bell
from service.jobs.names import JobName
from service.jobs.record import JobRecord, State
from service.jobs.records import Held, Records
from service.store.contract import Changed

_T = TypeVar("_T")


class LeaseLost(Exception):
    """The job was deleted, or another attempt has taken it over; what this attempt made is an orphan."""


class Lease:
    """The lease of one attempt. Correct under any clock: only a compare-and-swap ends or renews it."""

    def __init__(
        self, records: Records, name: JobName, held: Held, bell: Bell, clock: Clock, length: timedelta
    ) -> None:
        self._records = records
        self._name = name
        self._held = held
        self._bell = bell
        self._clock = clock
        self._length = length

    @property
    def record(self) -> JobRecord:
        """The record as this attempt last wrote it."""
        return self._held.record

    async def swap(self, change: Callable[[JobRecord], JobRecord]) -> None:
        """Write the next state of the record.

        A conflict may be a heartbeat of this very attempt whose answer was lost, so the record is read
        again. Raises LeaseLost when it is no longer this attempt's.
        """
        while True:
            try:
                self._held = await self._records.replace(self._name, self._held, change(self._held.record))
            except Changed:
                found = await self._records.load(self._name)
                if found is None or found.record.state is not State.RUNNING or found.record.attempt != self.attempt:
                    raise LeaseLost from None
                self._held = found
            else:
                return

    @property
    def attempt(self) -> str:
        """The name of this attempt."""
        return self._held.record.attempt or ""

    async def during(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Run `work` under heartbeats; raises LeaseLost, with `work` cancelled, when the lease goes.

        That another has ended the job is heard at once when it was in this process, else at the next heartbeat.
        """
        working = asyncio.ensure_future(work)
        beating = asyncio.ensure_future(self._beat())
        try:
            with self._bell.listening(self._name.job) as ended:
                await asyncio.wait((working, beating, ended), return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                if ended.done():
                    raise LeaseLost
                beating.result()
            return await working
        finally:
            for task in (working, beating):
                task.cancel()
            await asyncio.gather(working, beating, return_exceptions=True)

    async def _beat(self) -> None:
        while True:
            await self._clock.sleep(self._length.total_seconds() / 3)
            await self.swap(lambda record: record.renewed(self._clock.now(), self._length))
