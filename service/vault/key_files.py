"""Keys in files of one folder, for local runs and small owners.

| file               | what                                                              | door | worker |
|--------------------|-------------------------------------------------------------------|------|--------|
| `record.key`       | seals job records                                                 | yes  | yes    |
| `names.key`        | makes the marks in object names; seals what outlives a record key | yes  | yes    |
| `api.pepper`       | hashes API keys                                                   | yes  |        |
| `service.public`   | wraps the data keys of uploads                                    | yes  |        |
| `service.private`  | unwraps them                                                      |      | yes    |
| `receipts.private` | signs receipts                                                    | yes  | yes    |

`record.old-*.key` and `service.old-*.private` open what was sealed before a key was replaced, and seal
nothing (`service.vault.rotation`). A role reads only its own files; what is absent is made. A running
process notices that a file was replaced, so a rotation needs no restart.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from service.clock import Clock, SystemClock
from service.vault import key_file, rotation
from service.vault.api_key import ApiKeyHasher
from service.vault.envelope import DataKey
from service.vault.fresh import Fresh
from service.vault.hybrid import Seed, public_of
from service.vault.key_file import Form
from service.vault.record_key import RecordKeyRing, RootKey, SealingKeys
from service.vault.service_key import KeyUnwrapper, KeyWrapper, LocalKeyUnwrapper, LocalKeyWrapper
from service.vault.signing import LocalSigner, Signer, SigningScalar


class KeyFiles:
    """The key files of one folder; files are read, or made, only when a role asks for its view."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._folder = folder
        self._clock = clock or SystemClock()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def record_keys(self) -> RecordKeyRing:
        """The keys that door and worker share."""

        def load() -> SealingKeys:
            primary = RootKey(self._secret("record.key", key_file.RECORD))
            older = rotation.older_record_keys(self._folder, self._clock.now())
            return SealingKeys(primary, tuple(RootKey(key_file.read(path, key_file.RECORD)) for path in older))

        keys = Fresh(self._folder / "record.key", load, self._clock)
        return RecordKeyRing(keys, RootKey(self._secret("names.key", key_file.NAMES)))

    def api_key_hasher(self) -> ApiKeyHasher:
        """The door's: turns API keys into names of records."""
        return ApiKeyHasher(RootKey(self._secret("api.pepper", key_file.PEPPER)))

    def key_wrapper(self) -> KeyWrapper:
        """The door's half of the service key; the private file is touched only when the pair must be made."""
        path = self._folder / "service.public"

        def load() -> LocalKeyWrapper:
            if not path.exists():
                key_file.create(path, key_file.SERVICE_PUBLIC, public_of(self._service_seed()))
            return LocalKeyWrapper(key_file.read(path, key_file.SERVICE_PUBLIC))

        return _FreshWrapper(Fresh(path, load, self._clock))

    def key_unwrapper(self) -> KeyUnwrapper:
        """The worker's half of the service key, and the older ones."""

        def load() -> LocalKeyUnwrapper:
            older = rotation.older_service_keys(self._folder, self._clock.now())
            return LocalKeyUnwrapper(
                (self._service_seed(), *(Seed(key_file.read(path, key_file.SERVICE_PRIVATE)) for path in older))
            )

        return _FreshUnwrapper(Fresh(self._folder / "service.private", load, self._clock))

    def receipt_signer(self) -> Signer:
        """Signs receipts and the head of the ledger."""
        raw = self._secret("receipts.private", key_file.RECEIPTS, lambda: SigningScalar.generate().reveal())
        return LocalSigner(SigningScalar(raw))

    def _service_seed(self) -> Seed:
        return Seed(self._secret("service.private", key_file.SERVICE_PRIVATE))

    def _secret(self, name: str, form: Form, make: Callable[[], bytes] | None = None) -> bytes:
        path = self._folder / name
        if not path.exists():
            key_file.create(path, form, make() if make else secrets.token_bytes(form.length))
        return key_file.read(path, form)


class _FreshWrapper:
    """Wraps to the pair of now."""

    def __init__(self, wrapper: Fresh[LocalKeyWrapper]) -> None:
        self._wrapper = wrapper

    def present(self) -> LocalKeyWrapper:
        return self._wrapper.get()

    @property
    def key_id(self) -> bytes:
        return self._wrapper.get().key_id

    async def wrap(self, data_key: DataKey, info: bytes) -> bytes:
        return await self._wrapper.get().wrap(data_key, info)


class _FreshUnwrapper:
    """Unwraps with the pair of now and the older ones."""

    def __init__(self, unwrapper: Fresh[LocalKeyUnwrapper]) -> None:
        self._unwrapper = unwrapper

    async def unwrap(self, key_id: bytes, untrusted_wrapped: bytes, info: bytes) -> DataKey:
        return await self._unwrapper.get().unwrap(key_id, untrusted_wrapped, info)
