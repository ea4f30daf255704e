"""The key pair of the service: the door wraps the data keys of uploads to it, the worker unwraps them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from service.vault.context import Context, encode_time
from service.vault.envelope import KEY_ID_BYTES, DataKey, TamperedError
from service.vault.hybrid import Seed, key_id_of, public_of, unwrap, wrap


class KeyWrapper(Protocol):
    """The public half: all that the door has."""

    def present(self) -> KeyWrapper:
        """The wrapper to use for one job: its key stays the same while the service key is replaced."""

    @property
    def key_id(self) -> bytes:
        """The 16 bytes that name the pair."""

    async def wrap(self, data_key: DataKey, info: bytes) -> bytes:
        """Wrap a data key; `info` comes from `wrap_info` and must be the same for unwrapping."""


class KeyUnwrapper(Protocol):
    """The private half, with the older ones that may still open but wrap nothing any more."""

    async def unwrap(self, key_id: bytes, untrusted_wrapped: bytes, info: bytes) -> DataKey:
        """Unwrap a data key; raises TamperedError when anything is not as it was when wrapped."""


class LocalKeyWrapper:
    """Wraps with a public half that is held in memory."""

    def __init__(self, public: bytes) -> None:
        self._public = public
        self._key_id = key_id_of(public)

    def present(self) -> LocalKeyWrapper:
        """Itself: its key never changes."""
        return self

    @property
    def key_id(self) -> bytes:
        """The 16 bytes that name the pair."""
        return self._key_id

    async def wrap(self, data_key: DataKey, info: bytes) -> bytes:
        """Wrap a data key, which takes about a third of a millisecond."""
        return wrap(self._public, data_key, info)


class LocalKeyUnwrapper:
    """Unwraps with private halves that are held in memory: the present one and older ones."""

    def __init__(self, seeds: tuple[Seed, ...]) -> None:
        self._seeds = {key_id_of(public_of(seed)): seed for seed in seeds}

    async def unwrap(self, key_id: bytes, untrusted_wrapped: bytes, info: bytes) -> DataKey:
        """Unwrap a data key; raises TamperedError also for a key id that none of the pairs has."""
        seed = self._seeds.get(key_id)
        if seed is None:
            raise TamperedError
        return unwrap(seed, untrusted_wrapped, info)


def wrap_info(context: Context, key_id: bytes, completed: datetime | None = None) -> bytes:
    """What a wrapped data key is bound to: the object it opens, the pair, and for a result its completion.

    Injective: the context reads back from its own lengths, the key id has a fixed one, and the time is
    either absent or the last field. Moving the completion would move the expiry; it makes the result
    unreadable instead.
    """
    if len(key_id) != KEY_ID_BYTES:
        raise ValueError(f"a key id has {KEY_ID_BYTES} bytes")
    return context.encode() + key_id + (encode_time(completed) if completed else b"")
