"""24 hours and a tick after its completion a job is gone: for its owner at once, in storage with the sweep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue.aio import QueueServiceClient

from contract import routes
from service.clock import ManualClock
from service.jobs.record import RETENTION
from service.settings import StorageSettings
from service.store.azure import AzureStore, connect
from tests.service.jobs.conftest import FIGURES
from tests.wire.door import Door

pytestmark = pytest.mark.azurite
TICK = timedelta(microseconds=1)


async def traces(storage: str, job: str) -> set[str]:
    """Blobs and messages of any container and queue that tell of a job."""
    found = set()
    async with BlobServiceClient.from_connection_string(storage) as blobs:
        async for container in blobs.list_containers():
            async with blobs.get_container_client(container.name) as within:
                found |= {blob.name async for blob in within.list_blobs() if job in blob.name}
    async with QueueServiceClient.from_connection_string(storage) as queues:
        async for queue in queues.list_queues():
            async with queues.get_queue_client(queue.name) as within:
                found |= {queue.name for message in await within.peek_messages(32) if job in str(message.content)}
    return found


async def test_a_job_goes_with_its_last_hour(azurite: str, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    store = AzureStore(connect(StorageSettings(azurite, "", None)))
    await store.open()
    door = Door(clock, tmp_path / "keys", store)
    owner = await door.world.caller()
    job = await door.world.finished_with_files(owner)
    waiting = await door.world.submit(owner)
    path = routes.RESULT.format(modelId="prebuilt-read", resultId=job)
    files = [path + "/pdf", path + "/figures/1.1"]
    clock.advance(RETENTION - TICK)
    for each in (path, *files):
        assert (await door.send("GET", each, owner.api_key.text)).status == 200
    assert len(await traces(azurite, job)) == len(["record", "result", "pdf", *FIGURES])
    assert await traces(azurite, waiting)
    clock.advance(2 * TICK)
    for each in (path, *files):
        assert (await door.send("GET", each, owner.api_key.text)).status == 404
    assert (await door.send("DELETE", path, owner.api_key.text)).status == 404
    await door.world.sweep.run()
    assert await traces(azurite, job) == set()
    assert await traces(azurite, waiting) == set()
    await store.close()
