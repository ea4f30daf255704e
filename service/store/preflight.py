"""Whether the storage account really forgets: tried out, because its properties do not tell all.

Versioning, the change feed and point-in-time restore are not among the properties of the blob service. So a
probe is written, overwritten and deleted, and then everything that could have kept it is looked at.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from azure.storage.blob.aio import BlobServiceClient

from service import log
from service.clock import Clock
from service.store.contract import Container

_CHANGE_FEED: Final = "$blobchangefeed"
_GOOD_FOR: Final = timedelta(hours=1)
_BAD_FOR: Final = timedelta(seconds=10)
"""Short, so that a mended account works again soon; some time, because `GET /health` asks for no key."""


class Keeps(StrEnum):
    """What keeps an object that was deleted, and what to switch off."""

    VERSIONS = "blob versioning is on: switch it off and delete the old versions"
    SOFT_DELETE = "soft delete of blobs is on: switch it off"
    SNAPSHOTS = "snapshots outlive their blob: remove what makes them"
    CHANGE_FEED = "the change feed is on: switch it off"


@dataclass(frozen=True)
class Forgets:
    """A deleted object is gone."""


@dataclass(frozen=True)
class Remembers:
    """A deleted object would live on; documents are refused until this is mended."""

    reasons: tuple[Keeps, ...]


Verdict = Forgets | Remembers


class Preflight(Protocol):
    """Tells whether storage forgets."""

    async def verdict(self) -> Verdict:
        """The verdict of now, at most an hour old; raises what storage raises when it cannot be asked."""


class AlwaysForgets:
    """For storage in memory."""

    async def verdict(self) -> Verdict:
        """Memory keeps nothing that was deleted."""
        return Forgets()


class BlobPreflight:
    """Tries a storage account out, when first asked and after each hour."""

    def __init__(self, client: BlobServiceClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._asking = asyncio.Lock()
        self._last: tuple[datetime, Verdict] | None = None
        """Until when a verdict holds, and the verdict."""

    async def verdict(self) -> Verdict:
        """The verdict of now: a good one holds for an hour, a bad one for ten seconds."""
        async with self._asking:
            if self._last is None or self._clock.now() >= self._last[0]:
                verdict = await self._judge()
                until = self._clock.now() + (_GOOD_FOR if isinstance(verdict, Forgets) else _BAD_FOR)
                self._last = (until, verdict)
            return self._last[1]

    async def _judge(self) -> Verdict:
        found = tuple(await self._try_out())
        if not found:
            return Forgets()
        log.trouble("storage_remembers", error=",".join(reason.name for reason in found))
        return Remembers(found)

    async def _try_out(self) -> list[Keeps]:
        found = set()
        name = f"probe/{secrets.token_hex(16)}"
        container = self._client.get_container_client(Container.RECORDS)
        blob = container.get_blob_client(name)
        for _ in range(2):
            answer = await blob.upload_blob(secrets.token_bytes(32), overwrite=True)
            if answer.get("version_id"):
                found.add(Keeps.VERSIONS)
        await blob.delete_blob()
        async for left in container.list_blobs(name_starts_with=name, include=["deleted", "versions", "snapshots"]):
            if left.version_id:
                found.add(Keeps.VERSIONS)
            elif left.snapshot:
                found.add(Keeps.SNAPSHOTS)
            else:
                found.add(Keeps.SOFT_DELETE)
        if await self._client.get_container_client(_CHANGE_FEED).exists():
            found.add(Keeps.CHANGE_FEED)
        return sorted(found)
