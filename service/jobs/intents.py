"""Intents to erase: written before the first object goes, so that an erasure that is cut off is finished.

An intent stays until its receipt is in the ledger, and so is also the list of the receipts to fold. It has
the name that its receipt will have, which tells nothing of the job.
Format: msgpack of the struct below, sealed under the record key with the name of the object as context.
Intents live for minutes; a change of the form only has to wait for the next sweep.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

import msgspec

from service.jobs.names import JobName
from service.ledger.receipt import Reason, erasure_name
from service.store.contract import Changed, Container, Store
from service.vault.context import RecordContext
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing

REVOCATIONS: Final = "revocation/"
"""What the names of open revocations, which lie in the same container, start with."""


class Intent(msgspec.Struct, kw_only=True, frozen=True):
    """What finishing the erasure and its receipt need when the record is gone; `principal` is a keyed hash.

    Without `parts` it is known that the job has no checkpoints.
    """

    tenant_tag: str
    job: str
    principal: str
    reason: Reason
    accepted: datetime
    completed: datetime | None
    objects: int
    parts: bool = True

    @property
    def of(self) -> JobName:
        """The job that is erased."""
        return JobName(self.tenant_tag, self.job)


class Intents:
    """The intents of all erasures that are not folded into the ledger yet."""

    def __init__(self, store: Store, ring: RecordKeyRing) -> None:
        self._store = store
        self._ring = ring

    async def begin(self, intent: Intent) -> Intent:
        """Write an intent; where one is open already, that one stands and is returned."""
        name = erasure_name(self._ring, intent.job, intent.reason.scope)
        sealed = self._ring.seal(RecordContext(name), msgspec.msgpack.encode(intent))
        try:
            await self._store.create(Container.INTENTS, name, sealed)
        except Changed:
            try:
                return await self.load(name) or intent
            except TamperedError:
                await self._store.delete(Container.INTENTS, name)
                await self._store.create(Container.INTENTS, name, sealed)
        return intent

    async def load(self, name: str) -> Intent | None:
        """An open intent; raises TamperedError when it is not what was written."""
        stored = await self._store.get(Container.INTENTS, name)
        if stored is None:
            return None
        try:
            return msgspec.msgpack.decode(self._ring.open(RecordContext(name), stored.untrusted), type=Intent)
        except msgspec.MsgspecError:
            raise TamperedError from None

    async def all(self) -> AsyncIterator[str]:
        """The names of what is open."""
        async for listed in self._store.list(Container.INTENTS):
            if not listed.name.startswith(REVOCATIONS):
                yield listed.name

    async def close(self, name: str) -> None:
        """Delete an intent: its receipt is in the ledger, or it cannot be read."""
        await self._store.delete(Container.INTENTS, name)
