"""Folding: receipts of finished erasures go into the ledger, and their intents go away.

Exactly once, because each sweep first closes the intents whose receipts are in the last page and only then
adds a page: when a page is added, no intent is left whose receipt is in an earlier one.
"""

from __future__ import annotations

from service import log
from service.jobs.intents import Intents
from service.ledger.ledger import Ledger
from service.ledger.pages import Entry, digest
from service.ledger.receipts import Receipts
from service.store.contract import Changed
from service.vault.envelope import TamperedError


class Folding:
    """Brings receipts into the ledger."""

    def __init__(self, intents: Intents, receipts: Receipts, ledger: Ledger) -> None:
        self._intents = intents
        self._receipts = receipts
        self._ledger = ledger

    async def run(self) -> int:
        """Add a page for the receipts that are new, returns how many; raises LedgerBroken."""
        tail = await self._ledger.tail()
        new: dict[Entry, str] = {}
        for name in [name async for name in self._intents.all()]:
            entry = await self._entry(name)
            if entry in tail.entries:
                await self._intents.close(name)
            elif entry is not None:
                new[entry] = name
        if not new:
            return 0
        try:
            await self._ledger.append(tail, tuple(new))
        except Changed:
            # Another sweep has added the same receipts.
            return 0
        for name in new.values():
            await self._intents.close(name)
        return len(new)

    async def _entry(self, name: str) -> Entry | None:
        """The entry of a finished erasure, None for one that is not finished yet."""
        try:
            token = await self._receipts.find(name)
        except TamperedError:
            log.trouble("receipt_tampered")
            return None
        return Entry(name, digest(token.encode())) if token is not None else None
