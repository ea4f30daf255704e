"""The way in: a checked request and its document become a job."""

from __future__ import annotations

import msgspec

from contract.ids import new_result_id
from contract.options import AnalyzeOptions
from service.clock import Clock
from service.identity import Caller
from service.jobs.aside import seal_aside
from service.jobs.record import JobRecord
from service.jobs.records import Records
from service.store.contract import Container, Store
from service.vault.caller_key import public_half
from service.vault.context import Kind
from service.vault.envelope import DataKey
from service.vault.service_key import KeyWrapper, wrap_info


class Acceptance:
    """Takes documents in."""

    def __init__(self, store: Store, records: Records, wrapper: KeyWrapper, clock: Clock) -> None:
        self._store = store
        self._records = records
        self._wrapper = wrapper
        self._clock = clock

    async def accept(self, caller: Caller, options: AnalyzeOptions, document: bytes) -> str:
        """Store a document sealed and return its result id.

        The record goes first: an upload without a record could not be opened, and a record without an
        upload is only a job that never starts.
        """
        accepted = self._clock.now()
        wrapper = self._wrapper.present()
        job = new_result_id(accepted)
        record = JobRecord(
            job=job,
            tenant=caller.principal.tenant,
            principal=caller.principal.key_id,
            accepted=accepted,
            updated=accepted,
            options=options,
            recipient=public_half(caller.api_key, job),
            input_key_id=wrapper.key_id,
            input_key=None,
        )
        name = self._records.name_of(record.tenant, job)
        context = record.context(Kind.INPUT)
        data_key = DataKey.generate()
        wrapped = await wrapper.wrap(data_key, wrap_info(context, wrapper.key_id))
        sealed = await seal_aside(data_key, wrapper.key_id, context, document)
        await self._records.create(name, msgspec.structs.replace(record, input_key=wrapped))
        await self._store.create(Container.UPLOADS, name.upload, sealed)
        return job
