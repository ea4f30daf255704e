"""Where the service of a data folder answers: `endpoint.json`, there as long as the service is ready."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from local.private import write_private


class NotRunning(RuntimeError):
    """No service runs on the data folder."""


@dataclass(frozen=True)
class Endpoint:
    """A running service: its address, a key of its first tenant, and its process."""

    endpoint: str
    key: str
    tenant: str
    pid: int

    def write(self, path: Path) -> None:
        """Publish it to whoever may read the data folder; the file has mode 0600 because of the key."""
        write_private(path, json.dumps(asdict(self)) + "\n")

    @classmethod
    def read(cls, path: Path) -> Endpoint:
        """The service that wrote the file; raises NotRunning when it left none or has ended without a word."""
        try:
            found = cls(**json.loads(path.read_text()))
            os.kill(found.pid, 0)
        except (FileNotFoundError, ProcessLookupError):
            raise NotRunning(f"no service runs on {path.parent}; start one with: make up") from None
        return found
