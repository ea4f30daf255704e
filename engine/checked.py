"""A result that a child wrote, checked against the protocol before anyone relies on it."""

from __future__ import annotations

import asyncio
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec

from contract.result import AnalyzeResult

_OBJECTS_PER_TURN: Final = 8
"""Objects decoded before other tasks get a turn; a page takes about a millisecond."""


class BadResultError(Exception):
    """The bytes are not an AnalyzeResult in JSON; the message holds none of them."""


def _outline() -> tuple[type[msgspec.Struct], dict[str, msgspec.json.Decoder[Any]]]:
    """The type of a result whose lists of objects stay bytes, and a decoder for the objects of each list."""
    hints = get_type_hints(AnalyzeResult)
    fields: list[tuple[str, Any, Any]] = []
    decoders = {}
    for field in msgspec.structs.fields(AnalyzeResult):
        listed = [kind for kind in (hints[field.name], *get_args(hints[field.name])) if get_origin(kind) is list]
        kind = field.type
        if listed:
            decoders[field.name] = msgspec.json.Decoder(get_args(listed[0])[0])
            kind = list[msgspec.Raw] if field.required else list[msgspec.Raw] | None
        fields.append((field.name, kind, msgspec.NODEFAULT if field.required else field.default))
    return msgspec.defstruct("Outline", fields, rename="camel", kw_only=True), decoders


_OUTLINE, _DECODERS = _outline()


async def check_result(untrusted_json: bytes) -> None:
    """Decode every part of a result and keep none: a page at a time, so that 2,000 pages need the memory of one.

    Raises BadResultError.
    """
    try:
        untrusted_outline = msgspec.json.decode(untrusted_json, type=_OUTLINE)
        for name, decoder in _DECODERS.items():
            for place, untrusted_object in enumerate(getattr(untrusted_outline, name) or ()):
                decoder.decode(untrusted_object)
                if place % _OBJECTS_PER_TURN == 0:
                    await asyncio.sleep(0)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadResultError from None
