"""What the last sweep left: written by the worker, told by the door.

Format: msgpack of the struct below, sealed under the keys that outlive a record key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from service.clock import Clock
from service.store.contract import Changed, Container, Store
from service.vault.context import RecordContext
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing

_NAME: Final = "sweep"
_FRESH_FOR: Final = timedelta(seconds=10)


class SweepReport(msgspec.Struct, kw_only=True, frozen=True):
    """When the last sweep ended, and when the oldest job was accepted of which it left an object."""

    ended: datetime
    oldest: datetime | None


@dataclass(frozen=True)
class PurgeAge:
    """Seconds; None when there was no sweep yet, or it left nothing."""

    oldest_object: int | None = None
    last_sweep: int | None = None


class SweepReports:
    """The report of the last sweep."""

    def __init__(self, store: Store, ring: RecordKeyRing, clock: Clock) -> None:
        self._store = store
        self._ring = ring
        self._clock = clock
        self._read: tuple[datetime, SweepReport | None] | None = None

    async def write(self, report: SweepReport) -> None:
        """Keep the report of this sweep instead of the one before; of two sweeps at once, one is kept."""
        sealed = self._ring.lasting.seal(RecordContext(_NAME), msgspec.msgpack.encode(report))
        present = await self._store.get(Container.LEDGER, _NAME)
        try:
            if present is None:
                await self._store.create(Container.LEDGER, _NAME, sealed)
            else:
                await self._store.replace(Container.LEDGER, _NAME, sealed, present.etag)
        except Changed:
            return

    async def age(self) -> PurgeAge:
        """How old everything is now. Storage is asked once in ten seconds, however often this is called."""
        now = self._clock.now()
        if self._read is None or now >= self._read[0] + _FRESH_FOR:
            self._read = (now, await self._load())
        report = self._read[1]
        if report is None:
            return PurgeAge()
        return PurgeAge(
            oldest_object=_seconds(now - report.oldest) if report.oldest else None,
            last_sweep=_seconds(now - report.ended),
        )

    async def _load(self) -> SweepReport | None:
        stored = await self._store.get(Container.LEDGER, _NAME)
        if stored is None:
            return None
        try:
            plain = self._ring.lasting.open(RecordContext(_NAME), stored.untrusted)
            return msgspec.msgpack.decode(plain, type=SweepReport)
        except (TamperedError, msgspec.MsgspecError):
            return None


def _seconds(age: timedelta) -> int:
    return max(0, int(age.total_seconds()))
