"""`engine.cage.reply`: whatever a child writes, the parent gets at most the allowed bytes or a typed error.

An ApiError answers 400 and its target is a plain name; everything else is a BadReplyError whose text holds
nothing but a place in code. The first byte cuts the rest into chunks.
"""

from __future__ import annotations

import re

from contract.errors import ApiError, Detail, Fault
from engine.cage.reply import BadReplyError, ReplyKind, ReplyReader, frame, frame_error

_MOST_BYTES = 1000
_PLAIN = re.compile(r"[A-Za-z0-9_.]+")
_SAFE = re.compile(r"[A-Za-z0-9_.: ]+")

SEEDS = (
    b"\x07" + frame(ReplyKind.RESULT, b"a result"),
    b"\x07" + frame_error(ApiError(Fault.INVALID_CONTENT_DIMENSIONS, target="1")),
    b"\x07" + frame_error(ValueError("no")),
    b"\xff" + frame(ReplyKind.RESULT, b"x" * (_MOST_BYTES + 1)),
)


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    chunk = data[0] + 1 if data else 1
    reader = ReplyReader(_MOST_BYTES)
    try:
        for start in range(1, len(data), chunk):
            reader.feed(data[start : start + chunk])
        assert len(reader.finish()) <= _MOST_BYTES
    except ApiError as refused:
        assert refused.fault.status == 400
        assert refused.detail in (None, *Detail)
        assert refused.target is None or _PLAIN.fullmatch(refused.target)
    except BadReplyError as reason:
        assert _SAFE.fullmatch(str(reason))
