"""What an attempt made, sealed to the caller: the result and the files beside it, under one data key.

A reader sees all of it or none: the key is in the job record, and gets there when everything is stored.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from engine.outputs import Analysis
from service.jobs.aside import open_aside, seal_aside
from service.jobs.names import JobName
from service.jobs.record import JobRecord
from service.store.contract import Container, Store
from service.vault.api_key import ApiKey
from service.vault.caller_key import caller_key_id, unwrap_as_caller, wrap_to_caller
from service.vault.context import Kind
from service.vault.envelope import DataKey
from service.vault.service_key import wrap_info


class Place(NamedTuple):
    """A file of an outcome. `figure_id` tells figures apart and is empty for the other kinds."""

    kind: Kind
    figure_id: str = ""

    def of(self, name: JobName, attempt: str) -> str:
        """Its object name."""
        if self.kind is Kind.FIGURE:
            return name.figure(attempt, self.figure_id)
        return name.pdf(attempt) if self.kind is Kind.PDF else name.result(attempt)

    def part(self, attempt: str) -> str:
        """Its part of the context. No attempt has a `/` in its name."""
        return f"{attempt}/{self.figure_id}" if self.kind is Kind.FIGURE else attempt


RESULT = Place(Kind.RESULT)
PDF = Place(Kind.PDF)


class Outcomes:
    """The outcomes of all jobs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def write(self, name: JobName, record: JobRecord, completed: datetime, analysis: Analysis) -> bytes:
        """Store what the running attempt of a record made; gives the wrapped data key that `read` needs there.

        The result goes last, so that one in storage has all its files.
        """
        attempt = record.attempt or ""
        data_key = DataKey.generate()
        key_id = caller_key_id(record.recipient)
        for place, content in _files(analysis):
            sealed = await seal_aside(data_key, key_id, record.context(place.kind, place.part(attempt)), content)
            await self._store.create(Container.RESULTS, place.of(name, attempt), sealed)
        return wrap_to_caller(record.recipient, data_key, _info(record, completed))

    async def read(self, name: JobName, record: JobRecord, key: ApiKey, place: Place) -> bytes | None:
        """A file of a job that succeeded, None when it has no such file; raises TamperedError."""
        attempt = record.attempt or ""
        stored = await self._store.get(Container.RESULTS, place.of(name, attempt))
        if stored is None:
            return None
        data_key = unwrap_as_caller(key, record.job, record.result_key or b"", _info(record, record.completed))
        return await open_aside(data_key, record.context(place.kind, place.part(attempt)), stored.untrusted)


def _files(analysis: Analysis) -> list[tuple[Place, bytes]]:
    files = [(Place(Kind.FIGURE, figure_id), picture) for figure_id, picture in analysis.figures.items()]
    if analysis.pdf is not None:
        files.append((PDF, analysis.pdf))
    return [*files, (RESULT, analysis.result)]


def _info(record: JobRecord, completed: datetime | None) -> bytes:
    """The key is bound to the result, whose completion ends the time of the files beside it too."""
    return wrap_info(record.context(Kind.RESULT, record.attempt or ""), caller_key_id(record.recipient), completed)
