"""What the host notes of uploads goes a day later, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob.aio import BlobServiceClient, ContainerClient
from azure.storage.queue.aio import QueueClient, QueueServiceClient

from local.poison import QUEUE, Poison
from local.receipts import CONTAINER, Receipts, Version
from service.clock import ManualClock
from service.settings import HostStorageSettings
from service.store.host_traces import HostTraces

pytestmark = pytest.mark.azurite
KEPT = timedelta(hours=24)
MINE = Version("2026030112/tag/job/upload", "0x1")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime.now(UTC))


@pytest.fixture
async def traces(azurite: str, clock: ManualClock) -> AsyncIterator[HostTraces]:
    made = HostTraces.connect(HostStorageSettings(azurite, "", "", None), clock, KEPT)
    yield made
    await made.close()


@pytest.fixture
async def blobs(azurite: str) -> AsyncIterator[ContainerClient]:
    """Where a host keeps receipts: one of ours, one of another container's, and something else."""
    async with BlobServiceClient.from_connection_string(azurite) as service:
        container = service.get_container_client(CONTAINER)
        with suppress(ResourceNotFoundError):
            # Other tests run hosts over the same storage.
            await container.delete_container()
        for watched in ("uploads", "pictures"):
            receipts = Receipts(container, "host", "Analyze", watched)
            await receipts.load()
            await receipts.write(MINE)
        await container.upload_blob("locks/host", b"")
        yield container
        await container.delete_container()


@pytest.fixture
async def messages(azurite: str) -> AsyncIterator[QueueClient]:
    """The queue of a host: two messages of ours in the forms there are, and those of others."""
    async with QueueServiceClient.from_connection_string(azurite) as service:
        queue = service.get_queue_client(QUEUE)
        with suppress(ResourceNotFoundError):
            await queue.delete_queue()
        for watched in ("uploads", "pictures"):
            await Poison(service).put("Analyze", watched, MINE)
        for content in ({"ContainerName": "uploads", "BlobName": MINE.name}, ["ContainerName"], "of somebody else"):
            await queue.send_message(json.dumps(content))
        yield queue
        await queue.delete_queue()


async def test_there_may_be_nothing_yet(traces: HostTraces, azurite: str) -> None:
    async with BlobServiceClient.from_connection_string(azurite) as service:
        with suppress(ResourceNotFoundError):
            await service.get_container_client(CONTAINER).delete_container()
    async with QueueServiceClient.from_connection_string(azurite) as queues:
        with suppress(ResourceNotFoundError):
            await queues.get_queue_client(QUEUE).delete_queue()
    assert await traces.erase() == 0


async def test_receipts_of_uploads_go_when_their_time_is_over(
    traces: HostTraces, clock: ManualClock, blobs: ContainerClient
) -> None:
    assert await traces.erase() == 0
    clock.advance(KEPT + timedelta(minutes=1))
    assert await traces.erase() == 1
    left = {blob.name async for blob in blobs.list_blobs()}
    assert left == {f"blobreceipts/host/Analyze/0x1/pictures/{MINE.name}", "locks/host"}


async def test_messages_about_uploads_go_when_their_time_is_over(
    traces: HostTraces, clock: ManualClock, messages: QueueClient
) -> None:
    clock.advance(KEPT + timedelta(minutes=1))
    assert await traces.erase() == 2
    assert (await messages.get_queue_properties()).approximate_message_count == 3


async def test_messages_stay_for_their_time(traces: HostTraces, messages: QueueClient) -> None:
    assert await traces.erase() == 0
    assert (await messages.get_queue_properties()).approximate_message_count == 5
