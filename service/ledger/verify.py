"""Checking the ledger: the chain, the signatures, the head, and that nothing is missing on either side."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from service.ledger.ledger import Ledger
from service.ledger.pages import BEFORE_THE_FIRST, Entry, Head, Page, digest, read_head
from service.ledger.receipt import read_receipt
from service.ledger.receipts import Receipts
from service.store.contract import Container, Store
from service.vault.envelope import TamperedError
from service.vault.signing import BadSignature


class Break(StrEnum):
    """What can be wrong."""

    HEAD_BEHIND = "more than the one page that a sweep may just be adding comes after the head"
    HEAD_UNREADABLE = "the head is not signed by this service"
    HEAD_ELSEWHERE = "the head names a page that is not there or is another one"
    WITNESS_ELSEWHERE = "a head that was published earlier names a page that is not there or is another one"
    PAGE_MISSING = "a page is missing"
    PAGE_UNREADABLE = "a page is not what was written"
    PAGE_UNLINKED = "a page does not follow the page before"
    RECEIPT_MISSING = "the ledger names a receipt that is not there, though its time is not over"
    RECEIPT_ALTERED = "a receipt is not the one that the ledger names"
    RECEIPT_UNSIGNED = "a receipt is not signed by this service"
    RECEIPT_UNLISTED = "a receipt is in no page, and no erasure that would bring it there is open"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and the name of the object that it is about."""

    kind: Break
    name: str


class LedgerRefuted(Exception):
    """The ledger does not prove what it should."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{finding.name}: {finding.kind}" for finding in findings[:10]))
        self.findings = findings


@dataclass(frozen=True)
class Verified:
    """What was checked and found right.

    `waiting` receipts are not in a page yet; the next sweep adds them. `repeated` entries name a receipt that
    an earlier entry names too, which harms nothing: an intent that somebody put back is folded again, and a job
    that somebody put back is run again.
    """

    pages: int
    receipts: int
    waiting: int
    repeated: int


async def verify(
    store: Store, ledger: Ledger, receipts: Receipts, open_receipts: Callable[[], AsyncIterator[str]], witness: str = ""
) -> Verified:
    """Check all of it; works beside a running service.

    `open_receipts` gives the names of the receipts whose erasures are not folded yet. `witness` is a signed
    head that somebody kept from earlier; with it a tail that was cut off shows, even together with its head.

    Raises:
        LedgerRefuted: with everything that is wrong.
    """
    # In this order, because a receipt leaves the open erasures only after it has come into a page.
    present = [listed.name async for listed in store.list(Container.RECEIPTS)]
    waiting = {name async for name in open_receipts()}
    chain = _Chain(receipts)
    for sequence in range(1, await _last_page(store) + 1):
        await chain.read(ledger, sequence)
    await chain.check_head(ledger)
    if witness:
        chain.check(witness, Break.WITNESS_ELSEWHERE)
    await chain.check_receipts(present, waiting)
    if chain.findings:
        raise LedgerRefuted(tuple(chain.findings))
    return Verified(len(chain.hashes), len(chain.entries), len(waiting & set(present)), chain.repeated)


async def _last_page(store: Store) -> int:
    last = 0
    async for listed in store.list(Container.LEDGER, "page-"):
        number = listed.name.removeprefix("page-")
        last = max(last, int(number) if number.isdecimal() else 0)
    return last


class _Chain:
    def __init__(self, receipts: Receipts) -> None:
        self._receipts = receipts
        self._previous: str | None = BEFORE_THE_FIRST
        self.hashes: dict[int, str] = {}
        self.entries: dict[str, Entry] = {}
        self.repeated = 0
        self.findings: list[Finding] = []

    def _found(self, kind: Break, name: str) -> None:
        self.findings.append(Finding(kind, name))

    async def read(self, ledger: Ledger, sequence: int) -> None:
        """Take in one page. After one that cannot be read, the next one's link cannot be checked."""
        previous, self._previous = self._previous, None
        try:
            raw = await ledger.page(sequence)
            if raw is None:
                self._found(Break.PAGE_MISSING, f"page {sequence}")
                return
            page = msgspec.json.decode(raw, type=Page)
        except (TamperedError, msgspec.MsgspecError):
            self._found(Break.PAGE_UNREADABLE, f"page {sequence}")
            return
        if page.sequence != sequence or (previous is not None and page.previous != previous):
            self._found(Break.PAGE_UNLINKED, f"page {sequence}")
        self._previous = self.hashes[sequence] = digest(raw)
        self.repeated += sum(entry.receipt in self.entries for entry in page.entries)
        self.entries.update({entry.receipt: entry for entry in page.entries})

    async def check_head(self, ledger: Ledger) -> None:
        """The published head names a page that is there."""
        try:
            token = await ledger.head()
        except TamperedError:
            self._found(Break.HEAD_UNREADABLE, "head")
            return
        named = self.check(token, Break.HEAD_ELSEWHERE) if token is not None else 0
        if max(self.hashes, default=0) > named + 1:
            self._found(Break.HEAD_BEHIND, "head")

    def check(self, untrusted_token: str, otherwise: Break) -> int:
        """A signed head names a page of this chain; gives its number."""
        try:
            head: Head = read_head(untrusted_token, self._receipts.keys)
        except BadSignature:
            self._found(Break.HEAD_UNREADABLE, "head")
            return 0
        if self.hashes.get(head.sequence) != head.page:
            self._found(otherwise, f"page {head.sequence}")
        return head.sequence

    async def check_receipts(self, present: Iterable[str], waiting: set[str]) -> None:
        """Every receipt is as it was signed and listed, and none is missing."""
        for name in present:
            if name not in self.entries and name not in waiting:
                self._found(Break.RECEIPT_UNLISTED, name)
        for name, entry in self.entries.items():
            try:
                token = await self._receipts.find(name)
            except TamperedError:
                self._found(Break.RECEIPT_ALTERED, name)
                continue
            if token is None:
                if not self._receipts.outlived(name):
                    self._found(Break.RECEIPT_MISSING, name)
            elif digest(token.encode()) != entry.sha256:
                self._found(Break.RECEIPT_ALTERED, name)
            else:
                self._check_signature(name, token)

    def _check_signature(self, name: str, token: str) -> None:
        try:
            read_receipt(token, self._receipts.keys)
        except BadSignature:
            self._found(Break.RECEIPT_UNSIGNED, name)
