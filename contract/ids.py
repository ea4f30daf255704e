"""Identifiers: the protocol version, ids of results and figures."""

from __future__ import annotations

import re
import secrets
import uuid
from datetime import UTC, datetime

API_VERSION = "2024-11-30"

#: The last millisecond of the year 9999, where the times of Python end.
_LAST_MILLISECOND = 253_402_300_799_999

#: Pages go up to 2,000; more than 99,999 figures on one are none.
_FIGURE_ID = re.compile(r"[1-9][0-9]{0,3}\.[1-9][0-9]{0,4}")

_RESULT_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_result_id(accepted: datetime) -> str:
    """A UUIDv7 (RFC 9562, section 5.7): 48 bits of `accepted` in milliseconds, 74 random bits.

    The time makes one read enough to find a job: object names start with the hour of acceptance.
    """
    milliseconds = int(accepted.timestamp() * 1000)
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def is_result_id(untrusted_id: str) -> bool:
    """True for the canonical form that `new_result_id` makes; everything else names no result."""
    if _RESULT_ID.fullmatch(untrusted_id) is None:
        return False
    return uuid.UUID(untrusted_id).int >> 80 <= _LAST_MILLISECOND


def is_figure_id(untrusted_id: str) -> bool:
    """True for `{page number}.{index on the page}`, both from 1, without leading zeros."""
    return _FIGURE_ID.fullmatch(untrusted_id) is not None


def accepted_at(result_id: str) -> datetime:
    """The time of acceptance in a result id, UTC, to the millisecond."""
    return datetime.fromtimestamp((uuid.UUID(result_id).int >> 80) / 1000, tz=UTC)
