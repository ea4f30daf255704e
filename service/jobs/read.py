"""The way out: the status of a job, its result and the files beside it, for the caller whose key submitted it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import msgspec

from contract.errors import ApiError, Fault
from contract.ids import is_figure_id, is_result_id
from contract.operation import AnalyzeOperation, OperationStatus
from service import log
from service.clock import Clock
from service.identity import Caller
from service.jobs.bell import Bell, Gone
from service.jobs.erase import Erased, Eraser
from service.jobs.names import JobName
from service.jobs.outcome import PDF, RESULT, Outcomes, Place
from service.jobs.record import JobRecord, State
from service.jobs.records import Records
from service.ledger.receipt import Reason, Scope
from service.ledger.receipts import Receipts
from service.store.contract import Store
from service.vault.context import Kind
from service.vault.envelope import TamperedError

_FIRST_LOOK: Final = 0.1
_SLOWEST_LOOK: Final = 1.0
"""Seconds between looks at a job that another process may run; each look is a read of storage."""

_STATUS = {
    State.ACCEPTED: OperationStatus.NOT_STARTED,
    State.RUNNING: OperationStatus.RUNNING,
    State.SUCCEEDED: OperationStatus.SUCCEEDED,
    State.FAILED: OperationStatus.FAILED,
}


class Reader:
    """Reads and deletes results."""

    def __init__(
        self,
        store: Store,
        records: Records,
        eraser: Eraser,
        receipts: Receipts,
        bell: Bell,
        clock: Clock,
        hold: timedelta,
    ) -> None:
        self._outcomes = Outcomes(store)
        self._records = records
        self._eraser = eraser
        self._receipts = receipts
        self._bell = bell
        self._clock = clock
        self._hold = hold

    async def read(self, caller: Caller, model_id: str, untrusted_result_id: str) -> AnalyzeOperation:
        """The operation; waits up to `hold` for one that is not finished.

        Raises ApiError(NOT_FOUND) alike for a result that is another's, unknown, expired or deleted.
        """
        until = self._clock.now() + self._hold
        pause = _SLOWEST_LOOK if self._bell.near else _FIRST_LOOK
        with self._bell.listening(untrusted_result_id) as ended:
            name, record = await self._find_unless_erased(caller, model_id, untrusted_result_id)
            while not record.finished and self._clock.now() < until:
                heard = await self._bell.wait(ended, pause)
                if isinstance(heard, Gone):
                    raise ApiError(Fault.NOT_FOUND)
                record = heard or (await self._find(caller, model_id, untrusted_result_id))[1]
                pause = min(pause * 1.5, _SLOWEST_LOOK)
        result = await self._open(caller, name, record, RESULT) if record.state is State.SUCCEEDED else None
        return AnalyzeOperation(
            status=_STATUS[record.state],
            created_date_time=record.accepted.replace(microsecond=0),
            last_updated_date_time=record.updated.replace(microsecond=0),
            error=record.error,
            analyze_result=None if result is None else msgspec.Raw(result),
        )

    async def pdf(self, caller: Caller, model_id: str, untrusted_result_id: str) -> bytes:
        """The searchable PDF of a job; raises ApiError(NOT_FOUND) as `read` does, and where there is none."""
        return await self._file(caller, model_id, untrusted_result_id, PDF)

    async def figure(self, caller: Caller, model_id: str, untrusted_result_id: str, untrusted_figure_id: str) -> bytes:
        """The picture of a figure, PNG; raises ApiError(NOT_FOUND) as `read` does, and where there is none."""
        if not is_figure_id(untrusted_figure_id):
            raise ApiError(Fault.NOT_FOUND)
        return await self._file(caller, model_id, untrusted_result_id, Place(Kind.FIGURE, untrusted_figure_id))

    async def delete(self, caller: Caller, model_id: str, untrusted_result_id: str) -> None:
        """Erase the job with everything that belongs to it; raises ApiError(NOT_FOUND) as `read` does."""
        name, record = await self._find(caller, model_id, untrusted_result_id)
        erased = await self._eraser.everything(name, record, Reason.DELETED)
        self._bell.ring(name.job, Gone())
        if erased is Erased.BEFORE:
            raise ApiError(Fault.NOT_FOUND)

    async def _find_unless_erased(
        self, caller: Caller, model_id: str, untrusted_result_id: str
    ) -> tuple[JobName, JobRecord]:
        """As `_find`; a job that has the receipt of its erasure stays erased, whatever was put back.

        Both reads go at once, so that looking for the receipt does not make the caller wait.
        """
        if not is_result_id(untrusted_result_id):
            raise ApiError(Fault.NOT_FOUND)
        found, erased = await asyncio.gather(
            self._find(caller, model_id, untrusted_result_id),
            self._receipts.exists(self._receipts.name(untrusted_result_id, Scope.EVERYTHING)),
        )
        if erased:
            log.trouble("put_back", job=untrusted_result_id)
            raise ApiError(Fault.NOT_FOUND)
        return found

    async def _find(self, caller: Caller, model_id: str, untrusted_result_id: str) -> tuple[JobName, JobRecord]:
        if not is_result_id(untrusted_result_id):
            raise ApiError(Fault.NOT_FOUND)
        name = self._records.name_of(caller.principal.tenant, untrusted_result_id)
        try:
            held = await self._records.load(name)
        except TamperedError:
            log.trouble("record_tampered", job=name.job)
            raise ApiError(Fault.NOT_FOUND) from None
        if held is None:
            raise ApiError(Fault.NOT_FOUND)
        record = held.record
        mine = record.principal == caller.principal.key_id and record.options.model_id == model_id
        if not mine or record.expires <= self._clock.now():
            raise ApiError(Fault.NOT_FOUND)
        return name, record

    async def _file(self, caller: Caller, model_id: str, untrusted_result_id: str, place: Place) -> bytes:
        name, record = await self._find_unless_erased(caller, model_id, untrusted_result_id)
        if record.state is not State.SUCCEEDED:
            raise ApiError(Fault.NOT_FOUND)
        return await self._open(caller, name, record, place)

    async def _open(self, caller: Caller, name: JobName, record: JobRecord, place: Place) -> bytes:
        try:
            content = await self._outcomes.read(name, record, caller.api_key, place)
        except TamperedError:
            log.trouble("result_tampered", job=name.job)
            raise ApiError(Fault.NOT_FOUND) from None
        if content is None:
            raise ApiError(Fault.NOT_FOUND)
        return content
