"""Which versions of which blobs a function has been run for, remembered in the host's own storage."""

from __future__ import annotations

import contextlib
from typing import NamedTuple

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.blob.aio import ContainerClient

CONTAINER = "azure-webjobs-hosts"


class Version(NamedTuple):
    """One version of a blob: its name and the ETag of its content, without quotes."""

    name: str
    etag: str


class Receipts:
    """The receipts of one function for one container.

    A receipt is an empty blob `blobreceipts/{host}/{function}/{etag}/{container}/{blob name}`. It is kept
    only as long as the version it stands for, because a name outliving its blob would be a trace of it.
    """

    def __init__(self, storage: ContainerClient, host_id: str, function: str, container: str) -> None:
        self._storage = storage
        self._prefix = f"blobreceipts/{host_id}/{function}/"
        self._container = container

    async def load(self) -> set[Version]:
        """All receipts there are; makes the container when it is missing."""
        with contextlib.suppress(ResourceExistsError):
            await self._storage.create_container()
        found: set[Version] = set()
        async for blob in self._storage.list_blobs(name_starts_with=self._prefix):
            etag, container, name = blob.name.removeprefix(self._prefix).split("/", 2)
            if container == self._container:
                found.add(Version(name, etag))
        return found

    async def write(self, version: Version) -> None:
        """Remember that a version is done with."""
        await self._storage.upload_blob(self._blob(version), b"", overwrite=True)

    async def erase(self, version: Version) -> None:
        """Forget a version that is gone."""
        try:
            await self._storage.delete_blob(self._blob(version))
        except ResourceNotFoundError:
            return

    def _blob(self, version: Version) -> str:
        return f"{self._prefix}{version.etag}/{self._container}/{version.name}"
