"""The one place that deletes what belongs to a job: intent, deletion, a look that it is gone, receipt.

The intent comes first and the receipt last, so whatever is cut off in between is finished by the next sweep.
Only what no reader could open, what an attempt left that lost its job, goes without a receipt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

import msgspec

from contract.ids import accepted_at
from service import log
from service.clock import Clock
from service.jobs.intents import Intent, Intents
from service.jobs.names import JobName
from service.jobs.record import JobRecord, State
from service.ledger.receipt import Reason, Receipt, Scope
from service.ledger.receipts import Receipts
from service.store.contract import Container, Store
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing

OF_JOBS: Final = (Container.RECORDS, Container.UPLOADS, Container.PARTS, Container.RESULTS)
"""Where objects of jobs are."""

_ROUNDS: Final = 3


class Found(NamedTuple):
    """An object of a job."""

    container: Container
    name: str


class NotGone(Exception):
    """Storage still lists an object that was deleted; the erasure stays open and is tried again."""


class Erased(Enum):
    """What an erasure found."""

    NOW = auto()
    BEFORE = auto()
    """The job had its receipt already: what was found was put back, and is erased again without another."""


class Eraser:
    """Erases jobs."""

    def __init__(self, store: Store, ring: RecordKeyRing, intents: Intents, receipts: Receipts, clock: Clock) -> None:
        self._store = store
        self._ring = ring
        self._intents = intents
        self._receipts = receipts
        self._clock = clock

    async def everything(
        self, name: JobName, record: JobRecord | None, reason: Reason, found: Sequence[Found] | None = None
    ) -> Erased:
        """Erase all objects of a job, the record first: with it go the data keys of all others.

        `record` is None when it is lost; then the receipt cannot say whose job it was. `found` are the
        objects, when they have just been listed.
        """
        if found is None:
            found = await self._find(name)
        if await self._receipts.exists(self._receipts.name(name.job, Scope.EVERYTHING)):
            await self._delete_everything(name, found)
            return Erased.BEFORE
        if found:
            intent = await self._intents.begin(self._intent(name, record, reason, len(found)))
            await self._carry_out(intent, found)
        return Erased.NOW

    async def consumed(self, name: JobName, record: JobRecord, *, parts: bool = True) -> None:
        """Erase the upload and the checkpoints of a job that this process has just brought to its end.

        Without `parts` it is known that there are no checkpoints, which saves looking for them.
        """
        reason = Reason.INPUT_CONSUMED if record.state is State.SUCCEEDED else Reason.FAILED
        objects = 1 + (len(await self._list(Container.PARTS, name)) if parts else 0)
        intent = msgspec.structs.replace(self._intent(name, record, reason, objects), parts=parts)
        await self._carry_out(await self._intents.begin(intent))

    async def left_over(self, name: JobName, record: JobRecord) -> None:
        """Erase input that is there though its job has ended: the end was cut off, or it was put back."""
        if await self._receipts.exists(self._receipts.name(name.job, Scope.INPUT)):
            await self._delete_input(name)
        else:
            await self.consumed(name, record)

    async def finish(self, intent_name: str) -> None:
        """Carry out an intent that was found open and has no receipt yet."""
        try:
            intent = await self._intents.load(intent_name)
        except TamperedError:
            # What it was about is erased when its age comes, as everything is.
            log.trouble("intent_tampered")
            await self._intents.close(intent_name)
            return
        if intent is not None:
            await self._carry_out(intent)

    async def orphan(self, name: JobName, attempt: str) -> None:
        """Delete the result of an attempt that lost its job, and the files beside it; their key was never stored."""
        async for listed in self._store.list(Container.RESULTS, name.outcome(attempt)):
            await self._store.delete(Container.RESULTS, listed.name)

    def _intent(self, name: JobName, record: JobRecord | None, reason: Reason, objects: int) -> Intent:
        return Intent(
            tenant_tag=name.tenant_tag,
            job=name.job,
            principal=self._ring.principal_mark(record.principal) if record else "",
            reason=reason,
            accepted=record.accepted if record else accepted_at(name.job),
            completed=record.completed if record else None,
            objects=objects,
        )

    async def _carry_out(self, intent: Intent, found: Sequence[Found] = ()) -> None:
        if intent.reason.scope is Scope.EVERYTHING:
            await self._delete_everything(intent.of, found)
        else:
            await self._delete_input(intent.of, parts=intent.parts)
        receipt = Receipt(
            job=self._ring.job_mark(intent.job),
            tenant=intent.tenant_tag,
            principal=intent.principal,
            reason=intent.reason,
            accepted=intent.accepted,
            completed=intent.completed,
            erased=self._clock.now(),
            objects=intent.objects,
        )
        await self._receipts.issue(intent.job, receipt)

    async def _delete_everything(self, name: JobName, found: Sequence[Found] = ()) -> None:
        # The record comes first in every listing, and here also when nothing has been listed yet.
        found = found or (Found(Container.RECORDS, name.record),)
        for _ in range(_ROUNDS):
            for each in found:
                await self._store.delete(each.container, each.name)
            found = await self._find(name)
            if not found:
                return
        raise NotGone(name.job)

    async def _delete_input(self, name: JobName, *, parts: bool = True) -> None:
        for each in await self._list(Container.PARTS, name) if parts else ():
            await self._store.delete(each.container, each.name)
        await self._store.delete(Container.UPLOADS, name.upload)
        left = await self._store.get(Container.UPLOADS, name.upload)
        if left is not None or (parts and await self._list(Container.PARTS, name)):
            raise NotGone(name.job)

    async def _find(self, name: JobName) -> list[Found]:
        """All objects of a job, the record first; the listings go at once, as a caller of DELETE waits for them."""
        listings = await asyncio.gather(*(self._list(container, name) for container in OF_JOBS))
        return [each for found in listings for each in found]

    async def _list(self, container: Container, name: JobName) -> list[Found]:
        return [Found(container, listed.name) async for listed in self._store.list(container, name.prefix)]
