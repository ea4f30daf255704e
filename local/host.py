"""The Functions host of one machine: serves HTTP, watches blobs and keeps time for one FunctionApp."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import azure.functions as func
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue.aio import QueueServiceClient

from local import functions
from local.blobs import BlobTrigger, TriggerOptions, parse_path
from local.functions import BlobFunction
from local.http import HttpServer
from local.invoke import Invoker
from local.poison import Poison
from local.receipts import CONTAINER, Receipts
from local.timers import Timers

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class HostOptions:
    """What a host needs to know.

    `storage` is the connection string of the host's own storage; `connections` are those that triggers
    name. Port 0 stands for a free one. `max_body_bytes` bounds the body of a request.
    """

    storage: str
    connections: dict[str, str]
    address: str = "127.0.0.1"
    port: int = 0
    route_prefix: str = ""
    max_body_bytes: int = 100 * _MEGABYTE
    grace_seconds: float = 5.0
    host_id: str = "local"
    blobs: TriggerOptions = field(default_factory=TriggerOptions)


def read_host_json(path: Path) -> tuple[str, TriggerOptions]:
    """The route prefix (`api` when not set) and the options of blob triggers in a host.json."""
    extensions = json.loads(path.read_text()).get("extensions", {})
    blobs = extensions.get("blobs", {})
    options = TriggerOptions(
        parallel=blobs.get("maxDegreeOfParallelism", TriggerOptions.parallel),
        tries=blobs.get("poisonBlobThreshold", TriggerOptions.tries),
    )
    return extensions.get("http", {}).get("routePrefix", "api"), options


class Host:
    """Runs the functions of an app on the event loop that `start` is awaited on."""

    def __init__(self, app: func.FunctionApp, options: HostOptions) -> None:
        self._options = options
        self._functions = functions.read(app, options.route_prefix)
        self._resources = contextlib.AsyncExitStack()
        self.endpoint = ""

    async def start(self) -> None:
        """Start every trigger; afterwards `endpoint` is the address that is served.

        Raises:
            OSError: when the port is taken.
        """
        async with contextlib.AsyncExitStack() as starting:
            invoker = Invoker()
            starting.callback(invoker.close)
            triggers = [await self._watch(function, invoker, starting) for function in self._functions.blobs]
            timers = Timers(self._functions.timers, invoker)
            timers.start()
            starting.push_async_callback(timers.stop)
            server = HttpServer(
                self._functions.http,
                invoker,
                max_body_bytes=self._options.max_body_bytes,
                grace_seconds=self._options.grace_seconds,
                after_write=lambda: _wake(triggers),
            )
            starting.push_async_callback(server.stop)
            port = await server.start(self._options.address, self._options.port)
            self.endpoint = f"http://{self._options.address}:{port}"
            self._resources = starting.pop_all()

    async def stop(self) -> None:
        """Stop in the reverse order of the start: HTTP, timers, blobs. What is cut off is driven again later."""
        await self._resources.aclose()

    async def _watch(
        self, function: BlobFunction, invoker: Invoker, starting: contextlib.AsyncExitStack
    ) -> BlobTrigger:
        # The next scan is the retry; the SDK's own ones wait for most of a minute.
        connection = self._options.connections[function.connection]
        blobs = BlobServiceClient.from_connection_string(connection, retry_total=0)
        own = BlobServiceClient.from_connection_string(self._options.storage, retry_total=0)
        queues = QueueServiceClient.from_connection_string(self._options.storage, retry_total=0)
        for client in (blobs, own, queues):
            starting.push_async_callback(client.close)
        container, _ = parse_path(function.path)
        receipts = Receipts(own.get_container_client(CONTAINER), self._options.host_id, function.name, container)
        trigger = BlobTrigger(
            function, blobs.get_container_client(container), receipts, Poison(queues), invoker, self._options.blobs
        )
        starting.push_async_callback(trigger.stop)
        await trigger.start()
        return trigger


def _wake(triggers: list[BlobTrigger]) -> None:
    for trigger in triggers:
        trigger.wake()
