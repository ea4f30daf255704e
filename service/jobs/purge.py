"""All that erases and proves it, put together; door, worker and command line each use a part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from service.clock import Clock
from service.jobs.erase import Eraser
from service.jobs.fold import Folding
from service.jobs.intents import Intents
from service.jobs.records import Records
from service.jobs.report import SweepReports
from service.jobs.revoke import Revocations
from service.jobs.sweep import Sweep
from service.ledger.ledger import Ledger
from service.ledger.lookup import Lookup
from service.ledger.receipts import Receipts
from service.ledger.verify import Verified, verify
from service.store.contract import Store
from service.vault.record_key import RecordKeyRing
from service.vault.signing import Signer


@dataclass(frozen=True)
class Purge:
    """The parts of erasure over one store."""

    store: Store
    intents: Intents
    receipts: Receipts
    ledger: Ledger
    lookup: Lookup
    eraser: Eraser
    revocations: Revocations
    reports: SweepReports
    sweep: Sweep

    async def verify(self, witness: str = "") -> Verified:
        """Check the ledger against storage; see `service.ledger.verify`."""
        return await verify(self.store, self.ledger, self.receipts, self.intents.all, witness)


def purge(store: Store, records: Records, ring: RecordKeyRing, signer: Signer, kept: timedelta, clock: Clock) -> Purge:
    """Put the parts together; `kept` is how long receipts are kept."""
    intents = Intents(store, ring)
    receipts = Receipts(store, ring, signer, clock, kept)
    ledger = Ledger(store, ring, signer, clock)
    eraser = Eraser(store, ring, intents, receipts, clock)
    revocations = Revocations(store, ring, records, eraser, clock)
    reports = SweepReports(store, ring, clock)
    folding = Folding(intents, eraser, receipts, ledger)
    return Purge(
        store=store,
        intents=intents,
        receipts=receipts,
        ledger=ledger,
        lookup=Lookup(receipts, ledger, ring),
        eraser=eraser,
        revocations=revocations,
        reports=reports,
        sweep=Sweep(store, records, eraser, revocations, receipts, folding, reports, clock),
    )
