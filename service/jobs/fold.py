"""Folding: erasures that were cut off are finished, their receipts go into the ledger, their intents away.

Each receipt comes into the ledger once, because the intents of one page are closed before the next page is
added: when a page is added, no intent is left whose receipt is in an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from service import log
from service.jobs.erase import Eraser
from service.jobs.intents import Intents
from service.ledger.ledger import Ledger, LedgerBroken, Tail
from service.ledger.pages import Entry, digest
from service.ledger.receipts import Receipts
from service.store.contract import Changed
from service.vault.envelope import TamperedError

_PAGE: Final = 250
"""Receipts in a page at most, so that a sweep that is cut off has not worked for nothing."""


@dataclass
class Folded:
    """How many receipts came into the ledger, and how many erasures could not be finished."""

    count: int = 0
    failed: int = 0


class Folding:
    """Finishes what is open and brings it into the ledger."""

    def __init__(self, intents: Intents, eraser: Eraser, receipts: Receipts, ledger: Ledger) -> None:
        self._intents = intents
        self._eraser = eraser
        self._receipts = receipts
        self._ledger = ledger

    async def run(self) -> Folded:
        """Go through all intents; one that cannot be finished does not hold up the others."""
        done = Folded()
        tail = await self._tail(done)
        page: dict[Entry, str] = {}
        for name in [name async for name in self._intents.all()]:
            try:
                entry = await self._finished(name, done)
            except Exception as trouble:
                # Whether this receipt is in the last page is not known, so no other may follow now.
                log.trouble("folding_failed", error=type(trouble).__name__)
                done.failed += 1
                entry = tail = None
            if entry is None or tail is None:
                continue
            if entry in tail.entries:
                await self._intents.close(name)
                continue
            page[entry] = name
            if len(page) == _PAGE:
                tail = await self._add(tail, page, done)
                page = {}
        if page and tail is not None:
            await self._add(tail, page, done)
        return done

    async def _tail(self, done: Folded) -> Tail | None:
        """The end of the ledger, None when it is broken: then erasing goes on and folding does not."""
        try:
            return await self._ledger.tail()
        except LedgerBroken:
            log.trouble("ledger_broken")
            done.failed += 1
            return None

    async def _finished(self, name: str, done: Folded) -> Entry | None:
        """The entry of an erasure, after it has been finished; None when that failed."""
        try:
            token = await self._receipts.find(name)
            if token is None:
                await self._finish(name, done)
                token = await self._receipts.find(name)
        except TamperedError:
            log.trouble("receipt_tampered")
            return None
        return Entry(name, digest(token.encode())) if token is not None else None

    async def _finish(self, name: str, done: Folded) -> None:
        try:
            await self._eraser.finish(name)
        except Exception as trouble:
            log.trouble("erasure_failed", error=type(trouble).__name__)
            done.failed += 1

    async def _add(self, tail: Tail, page: dict[Entry, str], done: Folded) -> Tail | None:
        """Add a page and close its intents; None when another sweep has added one and goes on with it."""
        try:
            tail = await self._ledger.append(tail, tuple(page))
        except Changed:
            return None
        for name in page.values():
            await self._intents.close(name)
        done.count += len(page)
        return tail
