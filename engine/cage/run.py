"""One child as the cage sees it: a reply that grows on a pipe, and an end that the zygote reports."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Final

from contract.errors import ApiError, Fault
from engine.cage.folder import remove
from engine.cage.reply import BadReplyError, ReplyReader
from engine.cage.spawn import CageLost

_CHUNK_BYTES: Final = 64 * 1024
"""What a pipe holds."""

_log = logging.getLogger(__name__)


class ChildRun:
    """Owns the reading end of the reply and the folder of one child; `close` gives both back.

    settled: nothing more of the reply is to be waited for, whether it is whole or not.
    gone: the child has ended, or the zygote is lost and the kernel ends the child.
    closed: no process holds the writing end of the reply any more.
    spoiled: the child wrote what no reply can begin with.
    """

    def __init__(self, number: int, folder: Path, reading: int, most_bytes: int) -> None:
        self.number = number
        self.folder = folder
        self.settled = asyncio.Event()
        self.gone = asyncio.Event()
        self.closed = asyncio.Event()
        self.spoiled: BadReplyError | None = None
        self._ended: asyncio.Future[int] | None = None
        self._reply = ReplyReader(most_bytes)
        self._reading = reading
        self._loop = asyncio.get_running_loop()
        os.set_blocking(reading, False)

    def follow(self, ended: asyncio.Future[int]) -> None:
        """Begin to listen to the child and to the zygote."""
        self._ended = ended
        self._loop.add_reader(self._reading, self._read)
        ended.add_done_callback(self._end)

    def outcome(self) -> bytearray:
        """The reply of a child that is gone. Raises ApiError and CageLost as `Cage.run` says."""
        if self._ended is None:
            raise CageLost("the child was never there")
        if lost := self._ended.exception():
            raise CageLost(str(lost))
        try:
            if self.spoiled is not None:
                raise self.spoiled
            return self._reply.finish()
        except BadReplyError as reason:
            status = self._ended.result()
            how = f"signal {-status}" if status < 0 else f"exit code {status}"
            _log.warning("a child ended by %s without a result: reply %s", how, reason)
            raise ApiError(Fault.MODEL_ANALYZE_ERROR) from None

    async def close(self) -> None:
        """Close the pipe and remove the folder."""
        self._loop.remove_reader(self._reading)
        os.close(self._reading)
        try:
            self.folder.rmdir()
        except OSError:
            await asyncio.to_thread(remove, self.folder)

    def _read(self) -> bool:
        """Take what has come; tell whether more may come."""
        try:
            untrusted_chunk = os.read(self._reading, _CHUNK_BYTES)
            self._reply.feed(untrusted_chunk)
        except BlockingIOError:
            return False
        except BadReplyError as reason:
            self.spoiled = reason
        if untrusted_chunk and self.spoiled is None:
            if self._reply.whole:
                self.settled.set()
            return True
        self._loop.remove_reader(self._reading)
        self.settled.set()
        if self.spoiled is None:
            self.closed.set()
        return False

    def _end(self, ended: asyncio.Future[int]) -> None:
        if ended.exception() is None and self.spoiled is None and not self.closed.is_set():
            # All writers are gone: what they wrote is in the pipe.
            while self._read():
                pass
        self.gone.set()
        self.settled.set()
