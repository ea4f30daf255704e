"""Checkpoints of long documents: what was read of a range of pages, sealed like the upload."""

from __future__ import annotations

from service.jobs.aside import open_aside, seal_aside
from service.jobs.names import JobName
from service.jobs.record import JobRecord
from service.store.contract import Changed, Container, Store
from service.vault.context import Kind
from service.vault.envelope import DataKey, TamperedError


class SealedCheckpoints:
    """The checkpoints of one job, under the data key of its input: they go unreadable together with it."""

    def __init__(self, store: Store, name: JobName, record: JobRecord, data_key: DataKey) -> None:
        self._store = store
        self._name = name
        self._record = record
        self._data_key = data_key
        self._used = False

    async def load(self, part: int) -> bytes | None:
        """What an earlier attempt saved of a part; None when there is nothing that can be trusted."""
        self._used = True
        stored = await self._store.get(Container.PARTS, self._name.part(part))
        if stored is None:
            return None
        try:
            return await open_aside(self._data_key, self._record.context(Kind.PART, str(part)), stored.untrusted)
        except TamperedError:
            return None

    async def save(self, part: int, evidence: bytes) -> None:
        """Keep a part for a later attempt; one that is there already is as good."""
        self._used = True
        context = self._record.context(Kind.PART, str(part))
        sealed = await seal_aside(self._data_key, self._record.input_key_id, context, evidence)
        try:
            await self._store.create(Container.PARTS, self._name.part(part), sealed)
        except Changed:
            return

    @property
    def used(self) -> bool:
        """True when there may be parts in storage, of this attempt or an earlier one."""
        return self._used
