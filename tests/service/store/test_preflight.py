"""Whether storage forgets, tried out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.clock import ManualClock, SystemClock
from service.settings import StorageSettings
from service.store.azure import AzureStore, connect
from service.store.preflight import AlwaysForgets, BlobPreflight, Forgets, Keeps, Remembers


@dataclass
class Left:
    version_id: str | None = None
    snapshot: str | None = None
    deleted: bool = False


@dataclass
class Account:
    """A storage account that keeps what it is told to keep; Azurite cannot play this."""

    version_id: str | None = None
    left: list[Left] = field(default_factory=list)
    change_feed: bool = False
    probes: int = 0
    present: bool = False

    def get_container_client(self, name: str) -> Any:
        return Feed(self.change_feed) if name.startswith("$") else self

    def get_blob_client(self, name: str) -> Account:
        return self

    async def upload_blob(self, data: bytes, overwrite: bool) -> dict[str, Any]:
        self.probes += 1
        self.present = True
        return {"version_id": self.version_id}

    async def delete_blob(self) -> None:
        self.present = False

    async def list_blobs(self, name_starts_with: str, include: list[str]) -> AsyncIterator[Left]:
        assert {"deleted", "versions", "snapshots"} == set(include)
        for left in self.left:
            yield left


@dataclass
class Feed:
    there: bool

    async def exists(self) -> bool:
        return self.there


@pytest.mark.parametrize(
    ("account", "reasons"),
    [
        (Account(version_id="1"), (Keeps.VERSIONS,)),
        (Account(left=[Left(version_id="1")]), (Keeps.VERSIONS,)),
        (Account(left=[Left(deleted=True)]), (Keeps.SOFT_DELETE,)),
        (Account(left=[Left(snapshot="1")]), (Keeps.SNAPSHOTS,)),
        (Account(change_feed=True), (Keeps.CHANGE_FEED,)),
    ],
)
async def test_an_account_that_remembers_is_found_out(account: Any, reasons: tuple[Keeps, ...]) -> None:
    assert await BlobPreflight(account, SystemClock()).verdict() == Remembers(reasons)
    assert not account.present


async def test_a_good_verdict_holds_for_an_hour() -> None:
    account: Any = Account()
    clock = ManualClock(datetime(2026, 3, 1, tzinfo=UTC))
    preflight = BlobPreflight(account, clock)
    assert await preflight.verdict() == Forgets()
    account.change_feed = True
    clock.advance(timedelta(minutes=59))
    assert await preflight.verdict() == Forgets()
    clock.advance(timedelta(minutes=1))
    assert await preflight.verdict() == Remembers((Keeps.CHANGE_FEED,))


async def test_a_bad_verdict_ends_soon_after_the_account_is_mended() -> None:
    account: Any = Account(change_feed=True)
    clock = ManualClock(datetime(2026, 3, 1, tzinfo=UTC))
    preflight = BlobPreflight(account, clock)
    assert isinstance(await preflight.verdict(), Remembers)
    account.change_feed = False
    clock.advance(timedelta(seconds=9))
    probes = account.probes
    assert isinstance(await preflight.verdict(), Remembers)
    assert account.probes == probes
    clock.advance(timedelta(seconds=1))
    assert await preflight.verdict() == Forgets()


async def test_memory_forgets() -> None:
    assert await AlwaysForgets().verdict() == Forgets()


@pytest.mark.azurite
async def test_a_real_account_that_forgets(azurite: str) -> None:
    store = AzureStore(connect(StorageSettings(azurite, "", None)))
    await store.open()
    assert await BlobPreflight(store.client, SystemClock()).verdict() == Forgets()
    await store.close()
