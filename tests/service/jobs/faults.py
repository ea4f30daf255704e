"""A store that fails and a process that dies, on demand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from enum import Enum

from service.clock import ManualClock
from service.store.contract import Container, Listed, Store, Stored
from service.vault.envelope import Sealed


class Fault(Enum):
    """How one call to storage goes wrong."""

    BEFORE = "nothing is done and the call fails"
    AFTER = "the call is done and its answer is lost"
    KILL_BEFORE = "the process dies before the call"
    KILL_AFTER = "the process dies after the call"


class StorageDown(Exception):
    """Storage did not answer."""


class Killed(BaseException):
    """The process is dead: no handler of it may touch storage any more."""


class FaultyStore:
    """Storage as one process sees it: the call numbered `at`, from 0, goes wrong as `fault` says."""

    def __init__(self, real: Store, fault: Fault | None = None, at: int = 0) -> None:
        self._real = real
        self._fault = fault
        self._left = at
        self._dead = False

    def _before(self) -> Fault | None:
        if self._dead:
            raise Killed
        self._left -= 1
        fault = self._fault if self._left == -1 else None
        self._dead = fault in (Fault.KILL_BEFORE, Fault.KILL_AFTER)
        if fault is Fault.BEFORE:
            raise StorageDown
        if fault is Fault.KILL_BEFORE:
            raise Killed
        return fault

    @staticmethod
    def _after(fault: Fault | None) -> None:
        if fault is Fault.AFTER:
            raise StorageDown
        if fault is Fault.KILL_AFTER:
            raise Killed

    async def open(self) -> None:
        await self._real.open()

    async def create(self, container: Container, name: str, sealed: Sealed) -> str:
        fault = self._before()
        etag = await self._real.create(container, name, sealed)
        self._after(fault)
        return etag

    async def replace(self, container: Container, name: str, sealed: Sealed, etag: str) -> str:
        fault = self._before()
        new = await self._real.replace(container, name, sealed, etag)
        self._after(fault)
        return new

    async def get(self, container: Container, name: str) -> Stored | None:
        fault = self._before()
        stored = await self._real.get(container, name)
        self._after(fault)
        return stored

    async def delete(self, container: Container, name: str) -> None:
        fault = self._before()
        await self._real.delete(container, name)
        self._after(fault)

    async def list(self, container: Container, prefix: str = "") -> AsyncIterator[Listed]:
        fault = self._before()
        async for listed in self._real.list(container, prefix):
            yield listed
        self._after(fault)

    async def folders(self, container: Container) -> AsyncIterator[str]:
        fault = self._before()
        async for folder in self._real.folders(container):
            yield folder
        self._after(fault)

    async def close(self) -> None:
        await self._real.close()


class SkewedClock:
    """A clock that is off by a fixed time."""

    def __init__(self, true: ManualClock, off: timedelta) -> None:
        self._true = true
        self._off = off

    def now(self) -> datetime:
        return self._true.now() + self._off

    async def sleep(self, seconds: float) -> None:
        await self._true.sleep(seconds)
