"""One suite for every store: memory, and Azure Blob Storage as Azurite speaks it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, cast

import pytest

from service.clock import SystemClock
from service.settings import StorageSettings
from service.store import azure
from service.store.azure import AzureStore, connect
from service.store.contract import Changed, Container, Store
from service.store.memory import MemoryStore
from service.vault.context import RecordContext
from service.vault.envelope import DataKey, Sealed, seal

BOX = Container.RESULTS


def sealed(text: bytes = b"text") -> Sealed:
    return seal(DataKey.generate(), bytes(16), RecordContext("any"), text)


@pytest.fixture(params=["memory", pytest.param("azure", marks=pytest.mark.azurite)])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    made: Store
    if request.param == "memory":
        made = MemoryStore(SystemClock())
    else:
        made = AzureStore(connect(StorageSettings(request.getfixturevalue("azurite"), "", None)))
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def folder() -> str:
    return uuid.uuid4().hex


async def test_opening_twice_is_harmless(store: Store) -> None:
    await store.open()


async def test_what_is_created_can_be_read(store: Store, folder: str) -> None:
    data = sealed()
    etag = await store.create(BOX, f"{folder}/a", data)
    stored = await store.get(BOX, f"{folder}/a")
    assert stored is not None
    assert stored.untrusted == data.data
    assert stored.etag == etag


async def test_what_is_absent_reads_as_none(store: Store, folder: str) -> None:
    assert await store.get(BOX, f"{folder}/a") is None


async def test_a_name_is_created_once(store: Store, folder: str) -> None:
    await store.create(BOX, f"{folder}/a", sealed())
    with pytest.raises(Changed):
        await store.create(BOX, f"{folder}/a", sealed())


async def test_a_create_whose_answer_was_lost_counts_as_done(store: Store, folder: str) -> None:
    data = sealed()
    etag = await store.create(BOX, f"{folder}/a", data)
    assert await store.create(BOX, f"{folder}/a", data) == etag


async def test_a_replace_needs_the_etag_that_was_read(store: Store, folder: str) -> None:
    first = await store.create(BOX, f"{folder}/a", sealed())
    data = sealed(b"second")
    second = await store.replace(BOX, f"{folder}/a", data, first)
    assert second != first
    with pytest.raises(Changed):
        await store.replace(BOX, f"{folder}/a", sealed(b"late"), first)
    stored = await store.get(BOX, f"{folder}/a")
    assert stored is not None
    assert stored.untrusted == data.data


async def test_a_replace_whose_answer_was_lost_counts_as_done(store: Store, folder: str) -> None:
    first = await store.create(BOX, f"{folder}/a", sealed())
    data = sealed(b"second")
    second = await store.replace(BOX, f"{folder}/a", data, first)
    assert await store.replace(BOX, f"{folder}/a", data, first) == second


async def test_a_replace_brings_nothing_back(store: Store, folder: str) -> None:
    etag = await store.create(BOX, f"{folder}/a", sealed())
    await store.delete(BOX, f"{folder}/a")
    with pytest.raises(Changed):
        await store.replace(BOX, f"{folder}/a", sealed(), etag)
    assert await store.get(BOX, f"{folder}/a") is None


async def test_the_same_bytes_again_get_a_new_etag(store: Store, folder: str) -> None:
    data = sealed()
    etag = await store.create(BOX, f"{folder}/a", data)
    assert await store.replace(BOX, f"{folder}/a", data, etag) != etag


async def test_deleting_is_idempotent(store: Store, folder: str) -> None:
    await store.create(BOX, f"{folder}/a", sealed())
    await store.delete(BOX, f"{folder}/a")
    await store.delete(BOX, f"{folder}/a")
    assert await store.get(BOX, f"{folder}/a") is None


async def test_listing_goes_by_prefix_and_in_order(store: Store, folder: str) -> None:
    for name in ("b/2", "a/1", "b/1"):
        await store.create(BOX, f"{folder}/{name}", sealed())
    names = [listed.name async for listed in store.list(BOX, f"{folder}/b/")]
    assert names == [f"{folder}/b/1", f"{folder}/b/2"]


async def test_a_listing_goes_over_all_pages(store: Store, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(azure, "_OBJECTS_PER_PAGE", 2)
    for name in range(3):
        await store.create(BOX, f"{folder}/{name}", sealed())
    assert [listed.name async for listed in store.list(BOX, folder)] == [f"{folder}/{name}" for name in range(3)]


async def test_a_listing_tells_etag_and_age(store: Store, folder: str) -> None:
    etag = await store.create(BOX, f"{folder}/a", sealed())
    [listed] = [listed async for listed in store.list(BOX, folder)]
    assert listed.etag.strip('"') == etag.strip('"')
    assert listed.modified.tzinfo is not None


async def test_folders_come_once_each_and_in_order(store: Store, folder: str) -> None:
    for name in ("2/x", "1/x", "1/y"):
        await store.create(BOX, f"{folder}{name}", sealed())
    folders = [name async for name in store.folders(BOX) if name.startswith(folder)]
    assert folders == [f"{folder}1/", f"{folder}2/"]


async def test_a_large_object_survives(store: Store, folder: str) -> None:
    data = sealed(bytes(9_000_000))
    await store.create(BOX, f"{folder}/large", data)
    stored = await store.get(BOX, f"{folder}/large")
    assert stored is not None
    assert stored.untrusted == data.data


@pytest.mark.azurite
async def test_a_snapshot_that_somebody_took_goes_with_its_object(azurite: str, folder: str) -> None:
    store = AzureStore(connect(StorageSettings(azurite, "", None)))
    await store.open()
    await store.create(BOX, f"{folder}/a", sealed())
    await store.client.get_blob_client(BOX, f"{folder}/a").create_snapshot()
    await store.delete(BOX, f"{folder}/a")
    listing = store.client.get_container_client(BOX).list_blobs(name_starts_with=folder, include=["snapshots"])
    assert [blob.name async for blob in listing] == []
    await store.close()


class SlowBlob:
    """Storage that has a write before it and does it when it is let to."""

    def __init__(self) -> None:
        self.asked, self.let, self.done = asyncio.Event(), asyncio.Event(), False

    def get_blob_client(self, container: str, name: str) -> SlowBlob:
        return self

    async def upload_blob(self, data: bytes, **options: object) -> dict[str, str]:
        self.asked.set()
        await self.let.wait()
        self.done = True
        return {"etag": "1"}


@pytest.mark.parametrize("write", [AzureStore.create, AzureStore.replace], ids=["create", "replace"])
async def test_a_write_that_is_cancelled_does_not_come_later(write: Callable[..., Coroutine[Any, Any, str]]) -> None:
    """This tests ensures that who clears up after a cancelled write finds what it wrote."""
    blob = SlowBlob()
    etag = {"etag": "0"} if write is AzureStore.replace else {}
    writing = asyncio.create_task(write(AzureStore(cast(Any, blob)), BOX, "a", sealed(), **etag))
    await blob.asked.wait()
    writing.cancel()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not writing.done()
    blob.let.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert blob.done
