"""The blob trigger by container scan: a function runs once for each version of each blob.

Only the list call of a scan stands between an upload and its function. That a version is done with is
kept in memory, and written as a receipt by the next scan that still sees the blob: a function that erases
its blob costs no receipt. A host that dies before that runs the function again, as the Functions host may.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from azure.core.exceptions import AzureError, ResourceNotFoundError
from azure.storage.blob.aio import ContainerClient
from azurefunctions.extensions.base import Datum, get_binding_registry

from local.functions import BlobFunction
from local.invoke import Invoker, log_failure
from local.poison import Poison
from local.receipts import Receipts, Version

_logger = logging.getLogger("local.host")
_IDLE_FACTOR = 1.1


@dataclass(frozen=True)
class TriggerOptions:
    """How blobs are watched. Times are seconds; the wait between tries doubles from `retry_seconds`."""

    busy_seconds: float = 0.1
    idle_seconds: float = 0.5
    parallel: int = 8
    tries: int = 5
    retry_seconds: float = 1.0
    grace_seconds: float = 5.0


class BlobTrigger:
    """Watches one container for one function."""

    def __init__(
        self,
        function: BlobFunction,
        storage: ContainerClient,
        receipts: Receipts,
        poison: Poison,
        invoker: Invoker,
        options: TriggerOptions,
    ) -> None:
        self._function = function
        self._container, self._pattern = parse_path(function.path)
        self._storage = storage
        self._receipts = receipts
        self._poison = poison
        self._invoker = invoker
        self._options = options
        self._slots = asyncio.Semaphore(options.parallel)
        self._running: dict[Version, asyncio.Task[None]] = {}
        self._done: set[Version] = set()
        self._receipted: set[Version] = set()
        self._wake = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Load the receipts and begin to scan."""
        self._receipted = await self._receipts.load()
        self._watch = asyncio.create_task(self._keep_scanning())

    def wake(self) -> None:
        """Scan soon: something may have been uploaded. Stands for the event that Azure would send."""
        self._wake.set()

    async def stop(self) -> None:
        """Stop scanning, let what runs end within the grace time, cancel the rest, write receipts."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=self._options.grace_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            if self._done:
                await self._settle(await self._list(), set(self._done))
        except AzureError as failure:
            _logger.warning("receipts cannot be written: %s", type(failure).__name__)

    async def _keep_scanning(self) -> None:
        pause = self._options.busy_seconds
        while True:
            self._wake.clear()
            busy = await self._scan()
            pause = self._options.busy_seconds if busy else min(pause * _IDLE_FACTOR, self._options.idle_seconds)
            await asyncio.sleep(self._options.busy_seconds)
            try:
                await asyncio.wait_for(self._wake.wait(), pause - self._options.busy_seconds)
            except TimeoutError:
                continue

    async def _scan(self) -> bool:
        """Start the function for each version that is new; True while there is anything to do."""
        done_before = set(self._done)
        try:
            present = await self._list()
            for version in present - self._receipted - self._done - self._running.keys():
                self._running[version] = asyncio.create_task(self._run(version))
            await self._settle(present, done_before)
        except AzureError as failure:
            _logger.warning("storage cannot be scanned: %s", type(failure).__name__)
            return False
        return bool(self._running)

    async def _list(self) -> set[Version]:
        try:
            return {
                Version(blob.name, blob.etag.strip('"'))
                async for blob in self._storage.list_blobs()
                if self._pattern.fullmatch(blob.name)
            }
        except ResourceNotFoundError:
            return set()

    async def _settle(self, present: set[Version], done: set[Version]) -> None:
        """Write receipts for what was done before `present` was listed; forget what is gone from it."""
        for version in done:
            if version in present:
                await self._receipts.write(version)
                self._receipted.add(version)
            self._done.discard(version)
        for version in self._receipted - present:
            await self._receipts.erase(version)
            self._receipted.discard(version)

    async def _run(self, version: Version) -> None:
        try:
            for attempt in range(1, self._options.tries + 1):
                if await self._try(version):
                    break
                if attempt < self._options.tries:
                    await asyncio.sleep(self._options.retry_seconds * 2 ** (attempt - 1))
            else:
                await self._poison.put(self._function.name, self._container, version)
            self._done.add(version)
        except AzureError as failure:
            # The version counts as new again, so the next scan starts over.
            _logger.warning("the poison queue cannot be written: %s", type(failure).__name__)
        finally:
            del self._running[version]

    async def _try(self, version: Version) -> bool:
        async with self._slots:
            try:
                argument = bind(self._function, self._container, version.name)
                await self._invoker.call(self._function.handler, {self._function.argument: argument})
            except Exception as failure:
                log_failure(self._function.name, failure)
                return False
        return True


def parse_path(path: str) -> tuple[str, re.Pattern[str]]:
    """The container of a trigger path such as `uploads/{name}`, and the pattern that blob names must match."""
    container, _, template = path.partition("/")
    literals = re.split(r"\{\w+\}", template or "{name}")
    return container, re.compile(".+".join(re.escape(literal) for literal in literals), re.DOTALL)


def bind(function: BlobFunction, container: str, blob: str) -> Any:
    """The SDK client that the binding extension makes for a blob; no storage call is made."""
    content = {"Connection": function.connection, "ContainerName": container, "BlobName": blob}
    data = SimpleNamespace(
        version="1.0", source="AzureStorageBlobs", content_type="application/json", content=json.dumps(content)
    )
    converter = get_binding_registry().get("blobTrigger")
    return converter.decode(Datum(data, "model_binding_data"), trigger_metadata=None, pytype=function.blob_type)
