"""Bytes in memory as a file, without a copy of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class _View(io.RawIOBase):
    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: len(self._content)}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, room: WriteableBuffer) -> int:
        with memoryview(room) as given:
            found = self._content[self._position : self._position + len(given)]
            given[: len(found)] = found
        self._position += len(found)
        return len(found)


def file_of(content: memoryview) -> io.BufferedReader:
    """The bytes as a file."""
    return io.BufferedReader(_View(content))
