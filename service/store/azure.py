"""Storage in Azure Blob Storage, or in Azurite, which speaks the same protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any, Final

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.identity.aio import ManagedIdentityCredential
from azure.storage.blob.aio import BlobClient, BlobPrefix, BlobServiceClient

from service.settings import StorageSettings
from service.store.contract import Changed, Container, Listed, Stored
from service.vault.envelope import Sealed

_OBJECTS_PER_PAGE: Final = 500
"""Of a listing. Each takes about 10 KB while its page is read, and 5,000 of them, the default, stay in memory."""


def connect(settings: StorageSettings) -> BlobServiceClient:
    """A client by connection string, or by the managed identity of the function app.

    The SDK's log of requests carries names of objects and is switched off. So are proxies and a `.netrc` of
    the environment: storage is reached directly, and the file would be read for each request.
    """
    options: dict[str, Any] = {"logging_enable": False, "use_env_settings": False}
    if settings.connection_string:
        return BlobServiceClient.from_connection_string(settings.connection_string, **options)
    credential = ManagedIdentityCredential(client_id=settings.client_id)
    return BlobServiceClient(settings.service_uri, credential=credential, **options)


class AzureStore:
    """Objects as block blobs; conditions by ETag."""

    def __init__(self, client: BlobServiceClient) -> None:
        self.client = client

    async def open(self) -> None:
        """Make the containers that are missing."""
        for container in Container:
            try:
                await self.client.create_container(container)
            except ResourceExistsError:
                continue

    def _blob(self, container: Container, name: str) -> BlobClient:
        return self.client.get_blob_client(container, name)

    async def create(self, container: Container, name: str, sealed: Sealed) -> str:
        """Write a new object; raises Changed when the name is taken by other bytes."""
        try:
            answer = await _to_its_end(self._blob(container, name).upload_blob(sealed.data, length=len(sealed.data)))
        except ResourceExistsError:
            return await self._own_write(container, name, sealed)
        return str(answer["etag"])

    async def replace(self, container: Container, name: str, sealed: Sealed, etag: str) -> str:
        """Write over the object with this ETag; raises Changed when it differs or is gone."""
        try:
            answer = await _to_its_end(
                self._blob(container, name).upload_blob(
                    sealed.data,
                    length=len(sealed.data),
                    overwrite=True,
                    etag=etag,
                    match_condition=MatchConditions.IfNotModified,
                )
            )
        except (ResourceModifiedError, ResourceNotFoundError):
            return await self._own_write(container, name, sealed)
        return str(answer["etag"])

    async def _own_write(self, container: Container, name: str, sealed: Sealed) -> str:
        stored = await self.get(container, name)
        if stored is None or stored.untrusted != sealed.data:
            raise Changed(name)
        return stored.etag

    async def get(self, container: Container, name: str) -> Stored | None:
        """Read an object, None when there is none."""
        try:
            download = await self._blob(container, name).download_blob()
            return Stored(await download.readall(), str(download.properties.etag))
        except ResourceNotFoundError:
            return None

    async def delete(self, container: Container, name: str) -> None:
        """Delete an object with its snapshots; one that is absent is deleted already."""
        try:
            await self._blob(container, name).delete_blob(delete_snapshots="include")
        except ResourceNotFoundError:
            return

    async def list(self, container: Container, prefix: str = "") -> AsyncIterator[Listed]:
        """Objects whose name starts with `prefix`, in order of their names."""
        listing = self.client.get_container_client(container).list_blobs(
            name_starts_with=prefix or None, results_per_page=_OBJECTS_PER_PAGE
        )
        async for blob in listing:
            yield Listed(str(blob.name), str(blob.etag), blob.last_modified)

    async def folders(self, container: Container) -> AsyncIterator[str]:
        """First parts of the names in a container, each once with its `/`, in order."""
        async for entry in self.client.get_container_client(container).walk_blobs(delimiter="/"):
            if isinstance(entry, BlobPrefix):
                yield str(entry.name)

    async def close(self) -> None:
        """Let go of connections."""
        await self.client.close()


async def _to_its_end(write: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    """A write that has begun is not cut off by a cancel: whoever clears up afterwards must find what it wrote."""
    writing = asyncio.ensure_future(write)
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.wait((writing,))
        raise
