"""What the service asks of storage.

Every write is conditional: `create` needs absence, `replace` needs the ETag that was read. A write that is
cancelled is done or not done when the cancel comes through, and not some time after. A write whose
acknowledgement was lost and that is tried again counts as done, not as a conflict: sealed bytes are
random, so equal bytes under the name can only be one's own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from service.vault.envelope import Sealed


class Container(StrEnum):
    """One container for each kind of object."""

    KEYS = "keys"
    RECORDS = "records"
    UPLOADS = "uploads"
    PARTS = "parts"
    RESULTS = "results"
    INTENTS = "intents"
    RECEIPTS = "receipts"
    LEDGER = "ledger"


class Stored(NamedTuple):
    """An object as it was read; the bytes are whatever storage says they are."""

    untrusted: bytes
    etag: str


class Listed(NamedTuple):
    """An entry of a listing."""

    name: str
    etag: str
    modified: datetime


class Changed(Exception):
    """The object is not as the condition of the write says; nothing was written."""


class Store(Protocol):
    """Objects by container and name. Names use `/` as separator."""

    async def open(self) -> None:
        """Make the containers that are missing."""

    async def create(self, container: Container, name: str, sealed: Sealed) -> str:
        """Write a new object and return its ETag; raises Changed when the name is taken."""

    async def replace(self, container: Container, name: str, sealed: Sealed, etag: str) -> str:
        """Write over the object with this ETag and return the new one; raises Changed when it differs or is gone."""

    async def get(self, container: Container, name: str) -> Stored | None:
        """Read an object, None when there is none."""

    async def delete(self, container: Container, name: str) -> None:
        """Delete an object; one that is absent is deleted already."""

    def list(self, container: Container, prefix: str = "") -> AsyncIterator[Listed]:
        """Objects whose name starts with `prefix`, in order of their names."""

    def folders(self, container: Container) -> AsyncIterator[str]:
        """First parts of the names in a container, each once with its `/`, in order."""

    async def close(self) -> None:
        """Let go of connections."""
