"""Sealing and opening that do not hold up the event loop."""

from __future__ import annotations

import asyncio
from typing import Final

from service.vault.context import AnyContext
from service.vault.envelope import DataKey, Sealed, open_sealed, seal

_WORTH_A_THREAD: Final = 1024 * 1024
"""Bytes. Sealing less takes under a millisecond, which is what handing it to a thread costs."""


async def seal_aside(data_key: DataKey, key_id: bytes, context: AnyContext, plaintext: bytes) -> Sealed:
    """`service.vault.envelope.seal`, in a thread when it is long."""
    if len(plaintext) < _WORTH_A_THREAD:
        return seal(data_key, key_id, context, plaintext)
    return await asyncio.to_thread(seal, data_key, key_id, context, plaintext)


async def open_aside(data_key: DataKey, context: AnyContext, untrusted: bytes) -> bytes:
    """`service.vault.envelope.open_sealed`, in a thread when it is long."""
    if len(untrusted) < _WORTH_A_THREAD:
        return open_sealed(data_key, context, untrusted)
    return await asyncio.to_thread(open_sealed, data_key, context, untrusted)
