"""Keys in files of one folder, for local runs and small owners.

| file              | what                                     | door | worker |
|-------------------|------------------------------------------|------|--------|
| `record.key`      | seals job records and key records        | yes  | yes    |
| `names.key`       | makes the tenant tags in object names    | yes  | yes    |
| `api.pepper`      | hashes API keys                          | yes  |        |
| `service.public`  | wraps the data keys of uploads           | yes  |        |
| `service.private` | unwraps them                             |      | yes    |

`record.old-*.key` and `service.old-*.private` open what was sealed before a key was replaced, and seal
nothing. A file is one line: its type with a version, a space, and the bytes in hex. Another form gets
another version. A role reads only its own files; what is absent is made.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from service.vault.api_key import ApiKeyHasher
from service.vault.hybrid import PUBLIC_BYTES, SEED_BYTES, Seed, public_of
from service.vault.record_key import ROOT_BYTES, RecordKeyRing, RootKey
from service.vault.service_key import LocalKeyUnwrapper, LocalKeyWrapper

_RECORD: Final = "ephemera-record-key-1"
_NAMES: Final = "ephemera-names-key-1"
_PEPPER: Final = "ephemera-api-pepper-1"
_PRIVATE: Final = "ephemera-service-private-1"
_PUBLIC: Final = "ephemera-service-public-1"


class UnusableKeyFile(Exception):
    """A key file is malformed or open to others; the message names the file and the reason, never content."""


class KeyFiles:
    """The key files of one folder; files are read, or made, only when a role asks for its view."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def record_keys(self) -> RecordKeyRing:
        """The keys that door and worker share."""
        primary = RootKey(self._secret("record.key", _RECORD, ROOT_BYTES))
        older = tuple(RootKey(_read(path, _RECORD, ROOT_BYTES)) for path in self._older("record.old-*.key"))
        return RecordKeyRing(primary, older, RootKey(self._secret("names.key", _NAMES, ROOT_BYTES)))

    def api_key_hasher(self) -> ApiKeyHasher:
        """The door's: turns API keys into names of records."""
        return ApiKeyHasher(RootKey(self._secret("api.pepper", _PEPPER, ROOT_BYTES)))

    def key_wrapper(self) -> LocalKeyWrapper:
        """The door's half of the service key; the private file is touched only when the pair must be made."""
        path = self._folder / "service.public"
        if not path.exists():
            _create(path, _PUBLIC, public_of(self._service_seed()))
        return LocalKeyWrapper(_read(path, _PUBLIC, PUBLIC_BYTES, secret=False))

    def key_unwrapper(self) -> LocalKeyUnwrapper:
        """The worker's half of the service key, and the older ones."""
        older = (Seed(_read(path, _PRIVATE, SEED_BYTES)) for path in self._older("service.old-*.private"))
        return LocalKeyUnwrapper((self._service_seed(), *older))

    def _service_seed(self) -> Seed:
        return Seed(self._secret("service.private", _PRIVATE, SEED_BYTES))

    def _secret(self, name: str, label: str, length: int) -> bytes:
        path = self._folder / name
        if not path.exists():
            _create(path, label, secrets.token_bytes(length))
        return _read(path, label, length)

    def _older(self, pattern: str) -> list[Path]:
        return sorted(self._folder.glob(pattern))


def _create(path: Path, label: str, content: bytes) -> None:
    """Write a key file whole and only when it is absent; of two processes at once, the first one wins."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{label} {content.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, does not replace a file that came first.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _read(path: Path, label: str, length: int, *, secret: bool = True) -> bytes:
    with path.open("rb") as file:
        if secret and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise UnusableKeyFile(f"{path.name} can be read or written by others; its mode must be 0600")
        line = file.read(len(label) + 2 * length + 3)
    try:
        found, _, digits = line.decode("ascii").rstrip("\n").partition(" ")
        content = bytes.fromhex(digits)
    except ValueError:
        raise UnusableKeyFile(f"{path.name} is not a line of {label} and hex digits") from None
    if found != label or len(content) != length:
        raise UnusableKeyFile(f"{path.name} is not a line of {label} and {2 * length} hex digits")
    return content
