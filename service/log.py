"""The log: one JSON object a line, made of an allow-list of fields.

A field that is not on the list is a programming error and raises, so no content, key, token, URL or file
name can slip into the log by way of a new call.
"""

from __future__ import annotations

import logging
from enum import StrEnum

import msgspec

_logger = logging.getLogger("ephemera")


class Field(StrEnum):
    """What a line may say besides its event."""

    CORRELATION = "correlation"
    JOB = "job"
    KEY_ID = "key_id"
    FAULT = "fault"
    STATUS = "status"
    ATTEMPT = "attempt"
    COUNT = "count"
    BYTES = "bytes"
    WAITED = "waited_seconds"
    OPENED = "opened_seconds"
    ENGINE = "engine_seconds"
    SEALED = "sealed_seconds"
    FOLDED = "folded"
    FAILED = "failed"
    OLDEST_OBJECT_AGE = "oldest_object_age_seconds"
    LAST_SWEEP_AGE = "last_sweep_age_seconds"
    ERROR = "error"


def event(name: str, **fields: str | int | float | None) -> None:
    """Write one line. `error` is the name of an exception class, never its text."""
    _logger.info("%s", _line(name, fields))


def trouble(name: str, **fields: str | int | float | None) -> None:
    """Write one line that somebody should look at."""
    _logger.warning("%s", _line(name, fields))


def _line(name: str, fields: dict[str, str | int | float | None]) -> str:
    allowed = {Field(key).value: value for key, value in fields.items() if value is not None}
    return msgspec.json.encode({"event": name, **allowed}).decode()
