"""The queue of blobs that a function failed for too often."""

from __future__ import annotations

import contextlib
import json

from azure.core.exceptions import ResourceExistsError
from azure.storage.queue import TextBase64EncodePolicy
from azure.storage.queue.aio import QueueServiceClient

from local.receipts import Version

QUEUE = "webjobs-blobtrigger-poison"


class Poison:
    """Puts messages of the form that the Functions host uses."""

    def __init__(self, service: QueueServiceClient) -> None:
        self._queue = service.get_queue_client(QUEUE, message_encode_policy=TextBase64EncodePolicy())

    async def put(self, function: str, container: str, version: Version) -> None:
        """Report that a function failed at its last try for a version of a blob."""
        message = {
            "Type": "BlobTrigger",
            "FunctionId": f"Host.Functions.{function}",
            "BlobType": "BlockBlob",
            "ContainerName": container,
            "BlobName": version.name,
            "ETag": f'"{version.etag}"',
        }
        with contextlib.suppress(ResourceExistsError):
            await self._queue.create_queue()
        await self._queue.send_message(json.dumps(message))
