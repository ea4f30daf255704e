"""The timers run what they should, as often as the documentation says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import azure.functions as func
import pytest

import cleanup.timer
from local import functions
from local.timers import next_due

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Part:
    """Counts how often it was run."""

    def __init__(self) -> None:
        self.runs = 0

    async def run(self) -> None:
        self.runs += 1

    erase = run


def timers(workshop: Any) -> dict[str, functions.TimerFunction]:
    app = func.FunctionApp()
    app.register_functions(cleanup.timer.functions(workshop))
    return {timer.name: timer for timer in functions.read(app, "").timers}


@pytest.mark.parametrize(
    ("name", "part", "every"),
    [
        ("EraseDue", "sweep", timedelta(minutes=5)),
        ("DriveAgain", "redrive", timedelta(minutes=1)),
        ("EraseHostTraces", "host_traces", timedelta(hours=1)),
    ],
)
async def test_a_timer_runs_its_part_on_time(name: str, part: str, every: timedelta) -> None:
    workshop = SimpleNamespace(sweep=Part(), redrive=Part(), host_traces=Part())
    timer = timers(workshop)[name]
    first = next_due(timer.schedule, NOON)
    assert next_due(timer.schedule, first) - first == every
    await timer.handler(timer=None)
    assert {each: vars(workshop)[each].runs for each in vars(workshop)} == {
        **dict.fromkeys(vars(workshop), 0),
        part: 1,
    }


def test_there_is_no_timer_for_a_host_whose_storage_is_not_named() -> None:
    assert set(timers(SimpleNamespace(sweep=Part(), redrive=Part(), host_traces=None))) == {"EraseDue", "DriveAgain"}
