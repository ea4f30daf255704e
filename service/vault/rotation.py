"""Replacing keys: a new one seals from now on, the one before only opens, and after 25 hours it is gone.

Nothing that is sealed under a record key or wrapped to a service key lives longer than a day after the last
process has noticed the replacement, which takes it no more than the next use of the key.
"""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from service.vault import key_file
from service.vault.hybrid import Seed, public_of

OPENS_FOR: Final = timedelta(hours=25)

_TIME: Final = "%Y%m%dT%H%M%S%fZ"


def rotate_record_key(folder: Path, now: datetime) -> None:
    """Replace the record key of a folder that has one; raises FileNotFoundError."""
    path = folder / "record.key"
    _keep(path, now)
    key_file.replace(path, key_file.RECORD, secrets.token_bytes(key_file.RECORD.length))


def rotate_service_key(folder: Path, now: datetime) -> None:
    """Replace the service key of a folder that has one; raises FileNotFoundError."""
    path = folder / "service.private"
    _keep(path, now)
    seed = secrets.token_bytes(key_file.SERVICE_PRIVATE.length)
    # The private half goes first: nobody may wrap to a pair that the worker does not have yet.
    key_file.replace(path, key_file.SERVICE_PRIVATE, seed)
    key_file.replace(folder / "service.public", key_file.SERVICE_PUBLIC, public_of(Seed(seed)))


def older_record_keys(folder: Path, now: datetime) -> list[Path]:
    """The record keys that still open, the retired ones deleted."""
    return _retire(sorted(folder.glob("record.old-*.key")), now, None)


def older_service_keys(folder: Path, now: datetime) -> list[Path]:
    """The private halves that still unwrap, the retired ones deleted."""
    public = folder / "service.public"
    in_use = key_file.read(public, key_file.SERVICE_PUBLIC) if public.exists() else None
    return _retire(sorted(folder.glob("service.old-*.private")), now, in_use)


def _keep(path: Path, now: datetime) -> None:
    """Keep a key that is about to be replaced, under a name that tells when."""
    os.link(path, path.with_name(f"{path.stem}.old-{now.astimezone(UTC):{_TIME}}{path.suffix}"))


def _retire(paths: list[Path], now: datetime, public_in_use: bytes | None) -> list[Path]:
    left = []
    for path in paths:
        replaced = _replaced(path)
        if replaced is None or replaced + OPENS_FOR > now or _is_half_of(path, public_in_use):
            left.append(path)
        else:
            path.unlink(missing_ok=True)
    return left


def _is_half_of(path: Path, public: bytes | None) -> bool:
    """True when a rotation was cut off between its halves: uploads are still wrapped to the older key."""
    return public is not None and public_of(Seed(key_file.read(path, key_file.SERVICE_PRIVATE))) == public


def _replaced(path: Path) -> datetime | None:
    """When a key was replaced; None for a file that somebody named by hand, which stays until it is removed."""
    try:
        return datetime.strptime(path.stem.partition(".old-")[2], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
