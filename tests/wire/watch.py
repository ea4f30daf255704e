"""Looks for words in everything that a running service writes down, again and again."""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from azure.core.exceptions import ResourceModifiedError, ResourceNotFoundError
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient

from tests.wire.conftest import Service

#: These hold the first API key so that a person finds it again; whoever reads them may use the service.
HOLD_THE_KEY = frozenset({"first.key", "endpoint.json"})
_MOST_MESSAGES = 32


def blobs(service: Service) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every blob of every container, those of the Functions host as well."""
    with BlobServiceClient.from_connection_string(service.storage) as client:
        for container in client.list_containers():
            with client.get_container_client(container.name) as within:
                for blob in within.list_blobs():
                    try:
                        yield f"{container.name}/{blob.name}", within.download_blob(blob.name).readall()
                    except (ResourceNotFoundError, ResourceModifiedError):
                        yield f"{container.name}/{blob.name}", b""


def messages(service: Service) -> Iterator[tuple[str, bytes]]:
    """Name of its queue and content of every message, as it stands there and decoded."""
    with QueueServiceClient.from_connection_string(service.storage) as client:
        for queue in client.list_queues():
            with client.get_queue_client(queue.name) as within:
                for message in within.peek_messages(_MOST_MESSAGES):
                    yield queue.name, message.content.encode()
                    try:
                        yield queue.name, base64.b64decode(message.content, validate=True)
                    except binascii.Error:
                        continue


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file in a folder: logs, the data of Azurite as it lies on the disk, keys."""
    for path in folder.rglob("*"):
        if path.name in HOLD_THE_KEY:
            continue
        try:
            if path.is_file():
                yield str(path), path.read_bytes()
        except FileNotFoundError:
            continue


def spellings(word: str) -> set[bytes]:
    """How a word can stand among other bytes: in UTF-8, in UTF-16, and in base64 at any offset."""
    plain = word.encode()
    found = {plain, word.encode("utf-16-le"), word.encode("utf-16-be")}
    for offset in range(3):
        # The first and the last characters depend on the neighbours, so they are left out.
        encoded = base64.b64encode(bytes(offset) + plain)
        found.add(encoded[4 if offset else 0 : len(encoded) - 4])
    return found


class Watch:
    """Looks everywhere in a thread as long as a `with` block lasts, and once more at its end.

    `found` says where which word stood; `looked_into` has the containers in which something was.
    """

    def __init__(self, service: Service, words: set[str]) -> None:
        self.found: set[tuple[str, str]] = set()
        self.looked_into: set[str] = set()
        self._service = service
        self._words = {word: spellings(word) for word in words}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking)
        self._failure: BaseException | None = None

    def look(self) -> None:
        """Look everywhere once."""
        for name, content in blobs(self._service):
            self.looked_into.add(name.partition("/")[0])
            self._search(name, name.encode() + b"\n" + content)
        places = (messages(self._service), files(self._service.data_dir), files(self._service.temporary))
        for place in places:
            for name, content in place:
                self._search(name, name.encode() + b"\n" + content)

    def _search(self, place: str, content: bytes) -> None:
        for word, written in self._words.items():
            if any(spelling in content for spelling in written):
                self.found.add((place, word))

    def _keep_looking(self) -> None:
        try:
            while not self._ended.is_set():
                self.look()
        except BaseException as failure:
            self._failure = failure

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        self.look()
