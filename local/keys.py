"""The API keys of a data folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from contract.errors import ApiError
from local.data_folder import DataFolder
from local.private import write_private
from service.clock import SystemClock
from service.identity import Keys
from service.settings import StorageSettings
from service.store.azure import AzureStore, connect
from service.vault.api_key import ApiKey
from service.vault.key_files import KeyFiles

#: The tenant that the first key of a data folder belongs to.
FIRST_TENANT = "local"


@asynccontextmanager
async def opened(folder: DataFolder, connection: str) -> AsyncIterator[Keys]:
    """The keys in the storage of a data folder; makes the containers and key files that are missing."""
    files = KeyFiles(folder.keys)
    store = AzureStore(connect(StorageSettings(connection, "", None)))
    try:
        await store.open()
        yield Keys(store, files.record_keys(), files.api_key_hasher(), SystemClock())
    finally:
        await store.close()


async def first_key(keys: Keys, path: Path) -> ApiKey:
    """The key that `up` shows: the same one each time, unless it was revoked or its file is gone.

    A result belongs to the key that submitted its document, so a fresh key at each start would lose them.
    """
    with suppress(FileNotFoundError, ApiError):
        text = path.read_text()  # noqa: ASYNC240 - one line, before anything is served
        return (await keys.authenticate(text.strip())).api_key
    key = await keys.create(FIRST_TENANT)
    write_private(path, key.text + "\n")
    return key


async def create(folder: DataFolder, connection: str, tenant: str) -> str:
    """Make a key for a tenant and return its text."""
    async with opened(folder, connection) as keys:
        return (await keys.create(tenant)).text
