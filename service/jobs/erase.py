"""The one place that deletes what belongs to a job."""

from __future__ import annotations

from service.jobs.names import JobName
from service.store.contract import Container, Store

_WITHOUT_RECORD = (Container.UPLOADS, Container.PARTS, Container.RESULTS)


class Eraser:
    """Deletes objects of jobs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def everything(self, name: JobName) -> None:
        """Delete all objects of a job, the record first: with it go the data keys of all others."""
        await self._store.delete(Container.RECORDS, name.record)
        for container in _WITHOUT_RECORD:
            await self._all(container, name.prefix)

    async def input(self, name: JobName) -> None:
        """Delete the upload of a job that has ended."""
        await self._store.delete(Container.UPLOADS, name.upload)

    async def checkpoints(self, name: JobName) -> None:
        """Delete the checkpoints of a long document."""
        await self._all(Container.PARTS, name.prefix)

    async def orphan(self, name: JobName, attempt: str) -> None:
        """Delete the result of an attempt that lost its job."""
        await self._store.delete(Container.RESULTS, name.result(attempt))

    async def _all(self, container: Container, prefix: str) -> None:
        async for listed in self._store.list(container, prefix):
            await self._store.delete(container, listed.name)
