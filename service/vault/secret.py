"""Bytes that must not be shown."""

from __future__ import annotations

import hmac
from typing import NoReturn


class Secret:
    """Secret bytes that no log line, traceback or pickle shows.

    Two of the same class are equal when their bytes are, compared in constant time. Python cannot wipe
    memory: the bytes stay in the process until the allocator uses their place again.
    """

    __slots__ = ("_bytes",)

    def __init__(self, secret: bytes) -> None:
        self._bytes = bytes(secret)

    def reveal(self) -> bytes:
        """The bytes themselves; only for handing them to a cryptographic primitive."""
        return self._bytes

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return hmac.compare_digest(self._bytes, other._bytes)

    __hash__ = None  # type: ignore[assignment]  # A hash table would compare in a time that tells the bytes.

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} is neither pickled nor copied")
