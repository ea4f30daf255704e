"""What the Functions host keeps of the blob trigger, in storage of its own: receipts of versions, poison messages.

They hold the names of uploads and no content. The host itself never erases them.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import Any, Final, Self

import msgspec
from azure.core.exceptions import ResourceNotFoundError
from azure.identity.aio import ManagedIdentityCredential
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueServiceClient

from service import log
from service.clock import Clock
from service.settings import HostStorageSettings
from service.store.contract import Container

_CONTAINER: Final = "azure-webjobs-hosts"
_RECEIPTS: Final = "blobreceipts/"
_POISON: Final = "webjobs-blobtrigger-poison"
_PAGE: Final = 32
_HIDDEN_SECONDS: Final = 60
"""How long a message that is looked at is hidden from others who look."""


class _PoisonMessage(msgspec.Struct, rename="pascal"):
    """What a message says, as far as it matters here."""

    container_name: str


class HostTraces:
    """Erases what the host has noted of uploads; what it notes for other containers stays.

    kept: how long a note stays. No upload may live longer, because a version without a receipt is new to the host.
    """

    def __init__(self, blobs: BlobServiceClient, queues: QueueServiceClient, clock: Clock, kept: timedelta) -> None:
        self._blobs = blobs
        self._queues = queues
        self._clock = clock
        self._kept = kept

    @classmethod
    def connect(cls, settings: HostStorageSettings, clock: Clock, kept: timedelta) -> Self:
        """The traces in the storage that the settings name."""
        options: dict[str, Any] = {"logging_enable": False, "use_env_settings": False}
        if settings.connection_string:
            return cls(
                BlobServiceClient.from_connection_string(settings.connection_string, **options),
                QueueServiceClient.from_connection_string(settings.connection_string, **options),
                clock,
                kept,
            )
        credential = ManagedIdentityCredential(client_id=settings.client_id)
        return cls(
            BlobServiceClient(settings.blob_uri, credential=credential, **options),
            QueueServiceClient(settings.queue_uri, credential=credential, **options),
            clock,
            kept,
        )

    async def erase(self) -> int:
        """Erase what has been kept for its time; returns how much that was."""
        before = self._clock.now() - self._kept
        count = await self._erase_receipts(before) + await self._erase_messages(before)
        if count:
            log.event("host_traces_erased", count=count)
        return count

    async def close(self) -> None:
        """Let go of connections."""
        await self._blobs.close()
        await self._queues.close()

    async def _erase_receipts(self, before: datetime) -> int:
        container = self._blobs.get_container_client(_CONTAINER)
        count = 0
        try:
            async for receipt in container.list_blobs(name_starts_with=_RECEIPTS):
                if f"/{Container.UPLOADS}/" in receipt.name and receipt.last_modified <= before:
                    await container.delete_blob(receipt.name)
                    count += 1
        except ResourceNotFoundError:
            # The host has made no container yet, or erases at the same time.
            return count
        return count

    async def _erase_messages(self, before: datetime) -> int:
        queue = self._queues.get_queue_client(_POISON)
        count = 0
        try:
            async for message in queue.receive_messages(messages_per_page=_PAGE, visibility_timeout=_HIDDEN_SECONDS):
                if _about_an_upload(message) and message.inserted_on is not None and message.inserted_on <= before:
                    await queue.delete_message(message)
                    count += 1
        except ResourceNotFoundError:
            # No function has ever failed for good.
            return count
        return count


def _about_an_upload(message: QueueMessage) -> bool:
    """Hosts write messages in base64 or plain, as they are set."""
    text = str(message.content)
    for untrusted in (text, _decoded(text)):
        try:
            return msgspec.json.decode(untrusted, type=_PoisonMessage).container_name == Container.UPLOADS
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
    return False


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
