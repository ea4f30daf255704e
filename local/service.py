"""The service in this process: settings for one machine, then function_app on the local host."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

from local import keys
from local.azurite import Azurite
from local.data_folder import DataFolder
from local.endpoint import Endpoint
from local.host import Host, HostOptions, read_host_json

_HOST_JSON = Path(__file__).parents[1] / "host.json"
_MEGABYTE = 1024 * 1024
_CHECK_SECONDS = 1.0
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def prepare_environment(folder: DataFolder, connection: str) -> None:
    """Set what the data folder decides, and defaults for what the environment leaves open."""
    os.environ["DOCUMENTS"] = os.environ["AzureWebJobsStorage"] = connection  # noqa: SIM112 - the name is the platform's
    os.environ["KEYS_DIR"] = str(folder.keys)
    os.environ.setdefault("ROLE", "all")
    os.environ.setdefault("BLOB_TRIGGER_SOURCE", "LogsAndContainerScan")


@asynccontextmanager
async def serving(folder: DataFolder, connection: str, port: int) -> AsyncIterator[Endpoint]:
    """The running service; raises OSError when the port is taken."""
    prepare_environment(folder, connection)
    # The settings are read when this module is imported, so the environment must be ready before.
    import function_app

    async with AsyncExitStack() as stack:
        async with keys.opened(folder, connection) as opened:
            key = await keys.first_key(opened, folder.first_key)
        stack.push_async_callback(function_app.store.close)
        if hasattr(function_app, "workshop"):
            stack.push_async_callback(function_app.workshop.close)
        route_prefix, blobs = read_host_json(_HOST_JSON)
        host = Host(
            function_app.app,
            HostOptions(
                storage=connection,
                connections={"DOCUMENTS": connection},
                port=port,
                route_prefix=route_prefix,
                # Room for a document of the largest size in base64, so that the service and not the host refuses.
                max_body_bytes=function_app.settings.max_body_bytes * 4 // 3 + _MEGABYTE,
                blobs=blobs,
            ),
        )
        await host.start()
        stack.push_async_callback(host.stop)
        if hasattr(function_app, "workshop"):
            # After the host, which tells at once when the port is taken; a document that is there already waits for it.
            await function_app.workshop.cage.start()
        endpoint = Endpoint(host.endpoint, key.text, keys.FIRST_TENANT, os.getpid())
        endpoint.write(folder.endpoint)
        stack.callback(folder.endpoint.unlink, missing_ok=True)
        yield endpoint


def run(folder: DataFolder, port: int, ready: Callable[[Endpoint], None]) -> None:
    """Run storage and service until a signal ends them; `ready` is called once when requests are taken.

    Raises:
        OSError: when the port is taken.
        InvalidSetting: when a setting of the environment is malformed.
        UnusableKeyFile: when a key file of the data folder is malformed or open to others.
        CageLost: when the process that analyzes documents does not start.
        StorageTaken: when another process runs this data folder.
        AzuriteFailed: when the storage does not come up, or ends before the service does.
    """
    for number in _ENDINGS:
        signal.signal(number, _leave)
    with folder.own_storage() as storage:
        asyncio.run(_until_signal(folder, storage, port, ready))


async def _until_signal(folder: DataFolder, storage: Azurite, port: int, ready: Callable[[Endpoint], None]) -> None:
    ended = asyncio.Event()
    async with serving(folder, storage.connection, port) as endpoint:
        # From here on a signal, even a second one, leads to an orderly end.
        for number in _ENDINGS:
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        ready(endpoint)
        while not ended.is_set():
            storage.check()
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), _CHECK_SECONDS)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)
