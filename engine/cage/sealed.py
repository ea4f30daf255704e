"""Bytes handed to children without a copy for each: a memory file that nobody can change any more."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from types import TracebackType
from typing import Final, Self

_SEALS: Final = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


class SealedInput:
    """The concatenation of `parts` in a sealed memory file; its descriptor lives until `close`."""

    def __init__(self, parts: Iterable[bytes | memoryview]) -> None:
        self.descriptor: Final = os.memfd_create("input", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            for part in parts:
                rest = memoryview(part).cast("B")
                while rest:
                    rest = rest[os.write(self.descriptor, rest) :]
            fcntl.fcntl(self.descriptor, fcntl.F_ADD_SEALS, _SEALS)
        except BaseException:
            os.close(self.descriptor)
            raise

    def close(self) -> None:
        """Give the descriptor back; children that hold their own keep the bytes."""
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
