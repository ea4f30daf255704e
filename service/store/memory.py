"""Storage in memory, for tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator

from service.clock import Clock
from service.store.contract import Changed, Container, Listed, Stored
from service.vault.envelope import Sealed


class MemoryStore:
    """Objects in a dictionary; passes the same suite as the real store."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._objects: dict[Container, dict[str, tuple[bytes, Listed]]] = defaultdict(dict)
        self._writes = 0

    async def open(self) -> None:
        """Nothing to make."""

    async def create(self, container: Container, name: str, sealed: Sealed) -> str:
        """Write a new object; raises Changed when the name is taken by other bytes."""
        return self._write(container, name, sealed, None)

    async def replace(self, container: Container, name: str, sealed: Sealed, etag: str) -> str:
        """Write over the object with this ETag; raises Changed when it differs or is gone."""
        return self._write(container, name, sealed, etag)

    def _write(self, container: Container, name: str, sealed: Sealed, expected: str | None) -> str:
        data, listed = self._objects[container].get(name, (None, None))
        if (listed.etag if listed else None) != expected:
            if listed is None or data != sealed.data:
                raise Changed(name)
            return listed.etag
        self._writes += 1
        etag = f'"{self._writes}"'
        self._objects[container][name] = (bytes(sealed.data), Listed(name, etag, self._clock.now()))
        return etag

    async def get(self, container: Container, name: str) -> Stored | None:
        """Read an object, None when there is none."""
        found = self._objects[container].get(name)
        return Stored(found[0], found[1].etag) if found else None

    async def delete(self, container: Container, name: str) -> None:
        """Delete an object; one that is absent is deleted already."""
        self._objects[container].pop(name, None)

    async def list(self, container: Container, prefix: str = "") -> AsyncIterator[Listed]:
        """Objects whose name starts with `prefix`, in order of their names."""
        for name in sorted(self._objects[container]):
            if name.startswith(prefix) and name in self._objects[container]:
                yield self._objects[container][name][1]

    async def folders(self, container: Container) -> AsyncIterator[str]:
        """First parts of the names in a container, each once with its `/`, in order."""
        for folder in sorted({name.partition("/")[0] + "/" for name in self._objects[container] if "/" in name}):
            yield folder

    async def close(self) -> None:
        """Nothing to let go of."""
