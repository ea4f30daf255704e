"""The blob trigger, against Azurite."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import azure.functions as func
import azurefunctions.extensions.bindings.blob as blob
import pytest
from azure.storage.blob.aio import BlobServiceClient, ContainerClient
from azure.storage.queue import TextBase64DecodePolicy
from azure.storage.queue.aio import QueueServiceClient

from local.blobs import TriggerOptions, parse_path
from local.host import Host, HostOptions
from local.poison import QUEUE
from local.receipts import CONTAINER

pytestmark = pytest.mark.azurite

OPTIONS = TriggerOptions(busy_seconds=0.01, idle_seconds=0.02, parallel=2, tries=5, retry_seconds=0.0)
Act = Callable[[blob.BlobClient], Awaitable[None]]


@dataclass
class Site:
    """A container of its own, a host id of its own, and what the function was given."""

    connection: str
    name: str
    container: ContainerClient
    service: BlobServiceClient
    fired: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    @asynccontextmanager
    async def host(self, act: Act | None = None) -> AsyncIterator[Host]:
        """A running host whose only function reports the blob's name and then acts."""
        app = func.FunctionApp()

        @app.function_name("OnBlob")
        @app.blob_trigger("client", f"{self.name}/{{name}}", "DOCUMENTS")
        async def on_blob(client: blob.BlobClient) -> None:
            self.fired.put_nowait(client.blob_name)
            if act is not None:
                await act(client)

        options = HostOptions(self.connection, {"DOCUMENTS": self.connection}, host_id=self.name, blobs=OPTIONS)
        host = Host(app, options)
        await host.start()
        try:
            yield host
        finally:
            await host.stop()

    async def put(self, name: str, content: bytes = b"x") -> None:
        await self.container.upload_blob(name, content, overwrite=True)

    async def next(self) -> str:
        return await asyncio.wait_for(self.fired.get(), 10)

    async def receipts(self) -> list[str]:
        """The names of the blobs that have a receipt."""
        hosts = self.service.get_container_client(CONTAINER)
        prefix = f"blobreceipts/{self.name}/"
        return [found.name.rpartition("/")[2] async for found in hosts.list_blobs(name_starts_with=prefix)]

    async def receipted(self, count: int) -> list[str]:
        """The receipts as soon as there are `count`."""
        async with asyncio.timeout(10):
            while len(found := await self.receipts()) != count:  # noqa: ASYNC110 - storage sends no events
                await asyncio.sleep(0.02)
        return found


@pytest.fixture
async def site(azurite: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    # The converter of the binding extension looks the connection up in the environment, as in Azure.
    monkeypatch.setenv("DOCUMENTS", azurite)
    name = f"t{uuid.uuid4().hex}"
    async with BlobServiceClient.from_connection_string(azurite) as service:
        container = await service.create_container(name)
        async with container:
            yield Site(azurite, name, container, service)


async def test_a_function_gets_the_sdk_client_of_the_blob(site: Site) -> None:
    clients: list[blob.BlobClient] = []

    async def keep(client: blob.BlobClient) -> None:
        clients.append(client)

    await site.put("2030/a b/ü", b"content")
    async with site.host(keep):
        assert await site.next() == "2030/a b/ü"
    assert clients[0].container_name == site.name
    assert (await asyncio.to_thread(lambda: clients[0].download_blob().readall())) == b"content"
    clients[0].close()


async def test_a_function_runs_once_for_each_version_of_a_blob(site: Site) -> None:
    async with site.host():
        await site.put("a")
        assert await site.next() == "a"
        await site.receipted(1)
        await site.put("a")
        assert await site.next() == "a"
        await site.put("last")
        assert await site.next() == "last"
        await site.receipted(2)
    assert site.fired.empty()


async def test_receipts_survive_a_restart_of_the_host(site: Site) -> None:
    await site.put("a")
    async with site.host():
        assert await site.next() == "a"
    assert await site.receipts() == ["a"]
    await site.put("b")
    async with site.host():
        assert await site.next() == "b"
        await site.receipted(2)
    assert site.fired.empty()


async def test_a_function_that_erases_its_blob_leaves_no_receipt_and_others_go_with_their_blob(site: Site) -> None:
    async def erase(client: blob.BlobClient) -> None:
        if client.blob_name == "erased":
            await site.container.delete_blob("erased")

    async with site.host(erase):
        await site.put("erased")
        await site.put("kept")
        assert {await site.next(), await site.next()} == {"erased", "kept"}
        assert await site.receipted(1) == ["kept"]
        await site.container.delete_blob("kept")
        assert await site.receipted(0) == []


async def test_after_five_tries_a_blob_is_poison_and_is_left_alone(site: Site) -> None:
    async def fail(client: blob.BlobClient) -> None:
        raise ValueError

    await site.put("bad")
    async with site.host(fail):
        for _ in range(OPTIONS.tries):
            assert await site.next() == "bad"
        await site.receipted(1)
    assert site.fired.empty()
    messages = await poisoned(site)
    assert [message["BlobName"] for message in messages] == ["bad"]
    assert messages[0]["FunctionId"] == "Host.Functions.OnBlob"


async def poisoned(site: Site) -> list[dict[str, str]]:
    async with QueueServiceClient.from_connection_string(site.connection) as service:
        queue = service.get_queue_client(QUEUE, message_decode_policy=TextBase64DecodePolicy())
        found = [json.loads(message.content) async for message in queue.receive_messages()]
    return [message for message in found if message["ContainerName"] == site.name]


async def test_a_function_that_succeeds_at_a_later_try_is_not_poison(site: Site) -> None:
    tries: list[str] = []

    async def fail_twice(client: blob.BlobClient) -> None:
        tries.append(client.blob_name)
        if len(tries) < 3:
            raise ValueError

    await site.put("weak")
    async with site.host(fail_twice):
        await site.receipted(1)
    assert len(tries) == 3


async def test_no_more_than_the_bound_run_at_once(site: Site) -> None:
    running, most, full, release = 0, 0, asyncio.Event(), asyncio.Event()

    async def hold(client: blob.BlobClient) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == OPTIONS.parallel:
            full.set()
        await release.wait()
        running -= 1

    for number in range(6):
        await site.put(str(number))
    async with site.host(hold):
        await asyncio.wait_for(full.wait(), 10)
        release.set()
        assert {await site.next() for _ in range(6)} == {str(number) for number in range(6)}
    assert most == OPTIONS.parallel


async def test_a_stop_lets_what_runs_end(site: Site) -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def take_a_moment(client: blob.BlobClient) -> None:
        began.set()
        await asyncio.sleep(0.05)
        ended.set()

    await site.put("a")
    async with site.host(take_a_moment):
        await began.wait()
    assert ended.is_set()
    assert await site.receipts() == ["a"]


async def test_a_container_may_come_later_than_the_host(site: Site) -> None:
    await site.container.delete_container()
    async with site.host():
        await site.service.create_container(site.name)
        await site.put("a")
        assert await site.next() == "a"


@pytest.mark.parametrize(
    ("path", "name", "matches"),
    [
        ("uploads/{name}", "a/b", True),
        ("uploads", "a/b", True),
        ("uploads/{folder}/{name}.pdf", "a/b.pdf", True),
        ("uploads/{folder}/{name}.pdf", "b.pdf", False),
        ("uploads/in/{name}", "out/a", False),
    ],
)
def test_the_path_of_a_trigger_picks_blobs_by_name(path: str, name: str, matches: bool) -> None:
    container, pattern = parse_path(path)
    assert container == "uploads"
    assert bool(pattern.fullmatch(name)) is matches
