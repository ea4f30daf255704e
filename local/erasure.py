"""Revoking a key of a data folder with all that it brought in, and checking the ledger of receipts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import NamedTuple

from local.data_folder import DataFolder
from service.clock import SystemClock
from service.identity import Keys
from service.jobs.purge import Purge, purge
from service.jobs.records import Records
from service.ledger.verify import Verified
from service.settings import StorageSettings
from service.store.azure import AzureStore, connect
from service.vault.key_files import KeyFiles


class _Opened(NamedTuple):
    keys: Keys
    purge: Purge


@asynccontextmanager
async def _opened(folder: DataFolder, connection: str, receipts_kept: timedelta) -> AsyncIterator[_Opened]:
    clock = SystemClock()
    files = KeyFiles(folder.keys, clock)
    ring = files.record_keys()
    store = AzureStore(connect(StorageSettings(connection, "", None)))
    try:
        await store.open()
        erasing = purge(store, Records(store, ring), ring, files.receipt_signer(), receipts_kept, clock)
        yield _Opened(Keys(store, ring, files.api_key_hasher(), clock), erasing)
    finally:
        await store.close()


async def revoke(folder: DataFolder, connection: str, key_id: str) -> int | None:
    """Refuse a key and erase its jobs; gives their number, None when there is no such key."""
    # Nothing here asks how long receipts are kept.
    async with _opened(folder, connection, timedelta.max) as opened:
        return await opened.purge.revocations.revoke(opened.keys, key_id)


async def verify(folder: DataFolder, connection: str, receipts_kept: timedelta, witness: str) -> Verified:
    """Check the ledger; raises LedgerRefuted with everything that is wrong."""
    async with _opened(folder, connection, receipts_kept) as opened:
        return await opened.purge.verify(witness)
