"""The log."""

from __future__ import annotations

import json
import logging

import pytest

from service import log


def test_a_line_is_one_json_object(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "ephemera"):
        log.event("swept", count=3, job=None)
    [record] = caplog.records
    assert json.loads(record.message) == {"event": "swept", "count": 3}


def test_an_unlisted_field_is_an_error() -> None:
    with pytest.raises(ValueError, match="file_name"):
        log.event("stored", file_name="me.pdf")


def test_a_value_cannot_break_out_of_its_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "ephemera"):
        log.trouble("failed", error='x"}\n{"event":"forged"')
    [record] = caplog.records
    assert "\n" not in record.message
