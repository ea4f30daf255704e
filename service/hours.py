"""Hours of acceptance: the first part of object names, so that listings go from the oldest and stop early."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from contract.ids import accepted_at

_HOUR: Final = "%Y%m%d%H"


def hour_of(job: str) -> str:
    """The hour in which a job was accepted, UTC, ten digits."""
    return f"{accepted_at(job):{_HOUR}}"


def hour_starts(folder: str) -> datetime | None:
    """The hour that a folder stands for, None when it is not one of ours."""
    try:
        return datetime.strptime(folder.rstrip("/"), _HOUR).replace(tzinfo=UTC)
    except ValueError:
        return None
