"""How a child's reply crosses the pipe: 1 byte of kind, 8 bytes of length (big endian), the payload, the end.

Whatever the parent reads here was written by a process that parsed a hostile document.
"""

from __future__ import annotations

import re
import struct
from enum import IntEnum
from typing import Final

import msgspec

from contract.errors import ApiError, Detail, Fault

_HEADER: Final = struct.Struct(">BQ")
_MAX_NOTE_BYTES: Final = 512
_TARGET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]{0,63}")
_PLACE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,99}:[0-9]{1,7} [A-Za-z_][A-Za-z0-9_]{0,59}")


class ReplyKind(IntEnum):
    """What the payload is."""

    RESULT = 0
    """The bytes that the entry returned."""
    FAULT = 1
    """A fault of the document, as the entry raised it: its name and target."""
    FAILURE = 2
    """The place and class of any other exception, without its message, which may quote the document."""


class BadReplyError(Exception):
    """The child wrote something that is not a reply; the message says what and holds none of it."""


class FaultNote(msgspec.Struct, frozen=True):
    """An ApiError; its detail by name, because a sentence made beside a document may quote it."""

    fault: str
    target: str | None
    detail: str | None = None


class FailureNote(msgspec.Struct, frozen=True):
    """`module:line ExceptionClass`."""

    place: str


def frame(kind: ReplyKind, payload: bytes) -> bytes:
    """A whole reply."""
    return _HEADER.pack(kind, len(payload)) + payload


def frame_error(error: BaseException) -> bytes:
    """The reply that tells of an exception."""
    if isinstance(error, ApiError):
        detail = error.detail.name if isinstance(error.detail, Detail) else None
        return frame(ReplyKind.FAULT, msgspec.msgpack.encode(FaultNote(error.fault.name, error.target, detail)))
    module, line = "unknown", 0
    trace = error.__traceback__
    while trace is not None:
        module, line = trace.tb_frame.f_globals.get("__name__", "unknown"), trace.tb_lineno
        trace = trace.tb_next
    note = FailureNote(f"{module}:{line} {type(error).__name__}")
    return frame(ReplyKind.FAILURE, msgspec.msgpack.encode(note))


class ReplyReader:
    """Collects a reply from the chunks of a pipe; takes memory only for bytes that came and are allowed."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kind: ReplyKind | None = None
        self._length = 0
        self._untrusted = bytearray()

    def feed(self, untrusted_chunk: bytes) -> None:
        """Take the next bytes. Raises BadReplyError at the first byte that cannot belong to a reply."""
        self._untrusted += untrusted_chunk
        if self._kind is None and len(self._untrusted) >= _HEADER.size:
            untrusted_kind, untrusted_length = _HEADER.unpack_from(self._untrusted)
            if untrusted_kind not in ReplyKind.__members__.values():
                raise BadReplyError("unknown kind")
            kind = ReplyKind(untrusted_kind)
            if untrusted_length > (self._most_bytes if kind is ReplyKind.RESULT else _MAX_NOTE_BYTES):
                raise BadReplyError("too long")
            self._kind, self._length = kind, untrusted_length
            del self._untrusted[: _HEADER.size]
        if self._kind is not None and len(self._untrusted) > self._length:
            raise BadReplyError("longer than announced")

    @property
    def whole(self) -> bool:
        """Whether all announced bytes are there."""
        return self._kind is not None and len(self._untrusted) == self._length

    def finish(self) -> bytearray:
        """The bytes that the entry returned, given away and not copied; what they say is still untrusted.

        Raises ApiError when the child told of a fault of the document, BadReplyError when the reply is
        cut short, malformed, or tells of a failure.
        """
        if self._kind is None or not self.whole:
            raise BadReplyError("cut short")
        untrusted_payload, self._untrusted = self._untrusted, bytearray()
        match self._kind:
            case ReplyKind.RESULT:
                return untrusted_payload
            case ReplyKind.FAULT:
                raise _fault(untrusted_payload)
            case ReplyKind.FAILURE:
                raise BadReplyError(_place(untrusted_payload))


def _fault(untrusted_payload: bytearray) -> ApiError:
    """The fault that a child may lay at the document: only what is the caller's to mend."""
    try:
        untrusted_note = msgspec.msgpack.decode(untrusted_payload, type=FaultNote)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BadReplyError("malformed fault") from None
    fault = Fault.__members__.get(untrusted_note.fault)
    if fault is None or fault.status != 400:
        raise BadReplyError("not a fault of a document")
    untrusted_target = untrusted_note.target
    if untrusted_target is not None and not _TARGET.fullmatch(untrusted_target):
        raise BadReplyError("malformed target")
    if untrusted_note.detail is None:
        return ApiError(fault, target=untrusted_target)
    detail = Detail.__members__.get(untrusted_note.detail)
    if detail is None:
        raise BadReplyError("unknown detail")
    return ApiError(fault, detail, untrusted_target)


def _place(untrusted_payload: bytearray) -> str:
    try:
        untrusted_place = msgspec.msgpack.decode(untrusted_payload, type=FailureNote).place
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BadReplyError("malformed failure") from None
    if not _PLACE.fullmatch(untrusted_place):
        raise BadReplyError("malformed failure")
    return f"failed at {untrusted_place}"
