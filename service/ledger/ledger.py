"""The ledger in storage: pages that are only ever added, and the head that names the last of them.

A page is created only where none is, so of two sweeps at once one adds it and the other gives way: the chain
cannot fork. The head follows; one that was not written because its writer died is written by the next sweep.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from service.clock import Clock
from service.ledger.pages import (
    BEFORE_THE_FIRST,
    HEAD_NAME,
    HEAD_TYPE,
    Entry,
    Head,
    Page,
    digest,
    page_name,
    read_head,
)
from service.store.contract import Changed, Container, Store
from service.vault.context import RecordContext
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing
from service.vault.signing import BadSignature, JwkSet, Signer


class LedgerBroken(Exception):
    """The ledger in storage is not what was written; nothing is added to it until that is understood."""


@dataclass(frozen=True)
class Tail:
    """The end of the chain: the number and the hash of the last page, and what is in it."""

    sequence: int
    page: str
    entries: frozenset[Entry]


class Ledger:
    """All pages and the head."""

    def __init__(self, store: Store, ring: RecordKeyRing, signer: Signer, clock: Clock) -> None:
        self._store = store
        self._ring = ring
        self._signer = signer
        self._clock = clock

    async def head(self) -> str | None:
        """The signed head as it is published, None before the first page; raises TamperedError."""
        stored = await self._store.get(Container.LEDGER, HEAD_NAME)
        return self._open(HEAD_NAME, stored.untrusted).decode("ascii", "replace") if stored else None

    async def page(self, sequence: int) -> bytes | None:
        """A page as it was written; raises TamperedError."""
        stored = await self._store.get(Container.LEDGER, page_name(sequence))
        return self._open(page_name(sequence), stored.untrusted) if stored else None

    async def tail(self) -> Tail:
        """The end of the chain; writes a head that is missing or behind. Raises LedgerBroken."""
        try:
            token = await self.head()
            head = read_head(token, JwkSet(keys=(self._signer.public,))) if token else None
            tail = await self._named_by(head) if head else Tail(0, BEFORE_THE_FIRST, frozenset())
            while (raw := await self.page(tail.sequence + 1)) is not None:
                page = msgspec.json.decode(raw, type=Page)
                if page.previous != tail.page:
                    raise LedgerBroken(f"page {tail.sequence + 1} does not follow the page before")
                tail = Tail(page.sequence, digest(raw), frozenset(page.entries))
        except (TamperedError, BadSignature, msgspec.MsgspecError) as broken:
            raise LedgerBroken("the head or a page is not what was written") from broken
        if tail.sequence > (head.sequence if head else 0):
            await self._publish(tail)
        return tail

    async def _named_by(self, head: Head) -> Tail:
        raw = await self.page(head.sequence)
        if raw is None or digest(raw) != head.page:
            raise LedgerBroken(f"page {head.sequence} is not the one that the head names")
        return Tail(head.sequence, head.page, frozenset(msgspec.json.decode(raw, type=Page).entries))

    async def append(self, tail: Tail, entries: tuple[Entry, ...]) -> Tail:
        """Add a page after `tail`, publish and return it; raises Changed when another process added one."""
        page = Page(sequence=tail.sequence + 1, previous=tail.page, folded=self._clock.now(), entries=entries)
        raw, name = msgspec.json.encode(page), page_name(page.sequence)
        await self._store.create(Container.LEDGER, name, self._ring.lasting.seal(RecordContext(name), raw))
        added = Tail(page.sequence, digest(raw), frozenset(entries))
        await self._publish(added)
        return added

    async def _publish(self, tail: Tail) -> None:
        head = Head(sequence=tail.sequence, page=tail.page, folded=self._clock.now())
        token = await self._signer.sign(msgspec.json.encode(head), HEAD_TYPE)
        sealed = self._ring.lasting.seal(RecordContext(HEAD_NAME), token.encode())
        present = await self._store.get(Container.LEDGER, HEAD_NAME)
        try:
            if present is None:
                await self._store.create(Container.LEDGER, HEAD_NAME, sealed)
            elif self._sequence(present.untrusted) < head.sequence:
                await self._store.replace(Container.LEDGER, HEAD_NAME, sealed, present.etag)
        except Changed:
            # Another sweep is publishing; the next one brings the head to the last page.
            return

    def _sequence(self, untrusted: bytes) -> int:
        token = self._open(HEAD_NAME, untrusted).decode("ascii", "replace")
        return read_head(token, JwkSet(keys=(self._signer.public,))).sequence

    def _open(self, name: str, untrusted: bytes) -> bytes:
        return self._ring.lasting.open(RecordContext(name), untrusted)
