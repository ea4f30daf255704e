"""Every setting, read from the environment in one place.

`function_app.py` alone passes the environment in; docs/OPERATIONS.md explains each name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar


class Role(StrEnum):
    """Which functions this app has."""

    DOOR = "door"
    WORKER = "worker"
    ALL = "all"


class TriggerSource(StrEnum):
    """How the blob trigger learns of uploads."""

    EVENT_GRID = "EventGrid"
    CONTAINER_SCAN = "LogsAndContainerScan"


class InvalidSetting(Exception):
    """A setting is missing or malformed; the message names it and says what it must be, never its value."""


@dataclass(frozen=True, repr=False)
class StorageSettings:
    """Where documents are stored: a connection string, or an address reached by managed identity."""

    connection_string: str | None
    service_uri: str
    client_id: str | None


@dataclass(frozen=True, repr=False)
class HostStorageSettings:
    """Where the Functions host keeps its own things: a connection string, or addresses reached by managed identity."""

    connection_string: str | None
    blob_uri: str
    queue_uri: str
    client_id: str | None


@dataclass(frozen=True)
class Settings:
    """The settings of one function app."""

    role: Role
    storage: StorageSettings
    host_storage: HostStorageSettings | None
    trigger_source: TriggerSource
    keys_dir: Path
    public_endpoint: str | None
    max_body_bytes: int
    hold: timedelta
    lease: timedelta
    max_attempts: int
    parallel_children: int
    range_pages: int
    document_seconds: int
    document_memory_bytes: int
    allowed_source_origins: frozenset[str]
    source_timeout: timedelta
    receipts_kept: timedelta

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read and check every setting.

        Raises:
            InvalidSetting: with the name of the first setting that is missing or malformed.
        """
        read = _Reader(environment)
        return cls(
            role=read.choice("ROLE", Role, Role.ALL),
            storage=read.storage("DOCUMENTS"),
            host_storage=read.host_storage("AzureWebJobsStorage"),
            trigger_source=read.choice("BLOB_TRIGGER_SOURCE", TriggerSource, TriggerSource.EVENT_GRID),
            keys_dir=Path(read.text("KEYS_DIR")),
            public_endpoint=read.origin("PUBLIC_ENDPOINT"),
            max_body_bytes=read.number("MAX_BODY_MB", 500, 1, 500) * 1024 * 1024,
            hold=timedelta(seconds=read.number("HOLD_SECONDS", 5, 0, 60)),
            lease=timedelta(seconds=read.number("LEASE_SECONDS", 60, 5, 3600)),
            max_attempts=read.number("MAX_ATTEMPTS", 3, 1, 10),
            parallel_children=read.number("PARALLEL_CHILDREN", 2, 1, 64),
            range_pages=read.number("RANGE_PAGES", 25, 1, 2000),
            document_seconds=read.number("DOCUMENT_SECONDS", 60, 1, 3600),
            document_memory_bytes=read.number("DOCUMENT_MEMORY_MB", 2048, 128, 65536) * 1024 * 1024,
            allowed_source_origins=read.origins("ALLOWED_SOURCE_ORIGINS"),
            source_timeout=timedelta(seconds=read.number("SOURCE_TIMEOUT_SECONDS", 30, 1, 300)),
            receipts_kept=timedelta(days=read.number("RECEIPT_DAYS", 400, 1, 36500)),
        )


_ORIGIN = re.compile(r"https?://([a-zA-Z0-9._-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?")
_Choice = TypeVar("_Choice", bound=StrEnum)


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str, default: str | None = None) -> str:
        value = self._environment.get(name, "").strip() or default
        if value is None:
            raise InvalidSetting(f"{name} is not set")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise InvalidSetting(f"{name} must be a whole number from {least} to {most}")
        return int(text)

    def choice(self, name: str, kind: type[_Choice], default: _Choice) -> _Choice:
        try:
            return kind(self.text(name, default))
        except ValueError:
            raise InvalidSetting(f"{name} must be one of {', '.join(kind)}") from None

    def origin(self, name: str) -> str | None:
        text = self.text(name, "").rstrip("/")
        if text and not _ORIGIN.fullmatch(text):
            raise InvalidSetting(f"{name} must be a scheme and a host, such as https://docs.example.org")
        return text or None

    def origins(self, name: str) -> frozenset[str]:
        parts = frozenset(part.strip().lower() for part in self.text(name, "").split(",") if part.strip())
        if not all(_ORIGIN.fullmatch(part) for part in parts):
            raise InvalidSetting(f"{name} must be schemes and hosts, such as https://files.example.org, between commas")
        return parts

    def storage(self, name: str) -> StorageSettings:
        connection = self._environment.get(name, "").strip() or None
        uri = self._environment.get(f"{name}__blobServiceUri", "").strip()
        if not connection and not uri.startswith("https://"):
            raise InvalidSetting(f"{name} (a connection string) or {name}__blobServiceUri (https) must be set")
        return StorageSettings(connection, uri, self._environment.get(f"{name}__clientId", "").strip() or None)

    def host_storage(self, name: str) -> HostStorageSettings | None:
        """None where the platform has set nothing."""
        connection, client = (self.text(each, "") or None for each in (name, f"{name}__clientId"))
        account = self.text(f"{name}__accountName", "")
        blob_uri, queue_uri = (
            self.text(f"{name}__{kind}ServiceUri", f"https://{account}.{kind}.core.windows.net" if account else "")
            for kind in ("blob", "queue")
        )
        if not connection and not (blob_uri.startswith("https://") and queue_uri.startswith("https://")):
            return None
        return HostStorageSettings(connection, blob_uri, queue_uri, client)
