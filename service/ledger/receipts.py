"""Receipts in storage: written once, found again by whoever knows the job's id."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec

from service.clock import Clock
from service.hours import hour_starts
from service.ledger.receipt import RECEIPT_TYPE, Receipt, Scope, erasure_name
from service.store.contract import Changed, Container, Store
from service.vault.context import RecordContext
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing
from service.vault.signing import JwkSet, Signer

_LAST_ERASURE: Final = timedelta(hours=50)
"""The last erasure of a job comes so long after its hour of acceptance began, when the sweep runs on time."""


class Receipts:
    """All receipts."""

    def __init__(self, store: Store, ring: RecordKeyRing, signer: Signer, clock: Clock, kept: timedelta) -> None:
        self._store = store
        self._ring = ring
        self._signer = signer
        self._clock = clock
        self._kept = kept

    @property
    def keys(self) -> JwkSet:
        """What verifies receipts."""
        return JwkSet(keys=(self._signer.public,))

    def name(self, job: str, scope: Scope) -> str:
        """The name of a receipt."""
        return erasure_name(self._ring, job, scope)

    async def exists(self, name: str) -> bool:
        """True once an erasure is done. Whatever lies under the name counts: it can only refuse, never allow."""
        return await self._store.get(Container.RECEIPTS, name) is not None

    async def find(self, name: str) -> str | None:
        """The compact JWS of a receipt; raises TamperedError when it is not what was written."""
        stored = await self._store.get(Container.RECEIPTS, name)
        if stored is None:
            return None
        try:
            return self._ring.lasting.open(RecordContext(name), stored.untrusted).decode("ascii")
        except UnicodeDecodeError:
            raise TamperedError from None

    async def issue(self, job: str, receipt: Receipt) -> None:
        """Sign a receipt and keep it; when the erasure has one already, that one stands."""
        token = await self._signer.sign(msgspec.json.encode(receipt), RECEIPT_TYPE)
        name = self.name(job, receipt.reason.scope)
        try:
            await self._store.create(
                Container.RECEIPTS, name, self._ring.lasting.seal(RecordContext(name), token.encode())
            )
        except Changed:
            return

    def outlived(self, name: str) -> bool:
        """True when the time for which a receipt is kept is over."""
        start = hour_starts(name.partition("/")[0])
        return start is not None and start + _LAST_ERASURE + self._kept <= self._clock.now()

    async def prune(self) -> None:
        """Delete the receipts whose time is over."""
        async for folder in self._store.folders(Container.RECEIPTS):
            if not self.outlived(folder):
                return
            async for listed in self._store.list(Container.RECEIPTS, folder):
                await self._store.delete(Container.RECEIPTS, listed.name)
