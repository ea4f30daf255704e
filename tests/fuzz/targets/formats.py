"""`engine.formats`: any bytes have a format; what has none of the known ones is an ApiError."""

from __future__ import annotations

from contract.errors import ApiError, Fault
from engine.formats import Format, readable, sniff
from tests.hostile import raw

_REFUSALS = {Fault.INVALID_CONTENT, Fault.INVALID_CONTENT_LENGTH}

SEEDS = (
    raw.page(),
    b"<!DOCTYPE html><p>",
    b"<?xml version='1.0'?><!-- note --><html>",
    b"PK\x03\x04 word/document.xml",
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"II*\0",
    b"\0\0\0\x18ftypheic",
    b"BM\0\0\0\0\0\0\0\0",
)


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    found = sniff(memoryview(data))
    assert isinstance(found, Format)
    try:
        assert readable(memoryview(data)) is found
        assert found is not Format.UNKNOWN
    except ApiError as refused:
        assert refused.fault in _REFUSALS
