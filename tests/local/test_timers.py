"""Timers, with a clock that moves only when somebody sleeps."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import azure.functions as func
import pytest

from local import functions
from local.functions import UnsupportedFunction
from local.invoke import Invoker
from local.timers import Timers, next_due

NOON = datetime(2030, 1, 1, 12, 0, 0, tzinfo=UTC)


class Sleeper:
    """A clock: each sleep moves it on at once, until `end`, where it stands still for good."""

    def __init__(self, end: datetime) -> None:
        self.time = NOON
        self.end = end
        self.ended = asyncio.Event()

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        if self.time >= self.end:
            self.ended.set()
            await asyncio.Event().wait()
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(0)


async def run(app: func.FunctionApp, clock: Sleeper) -> None:
    timers = Timers(functions.read(app, "").timers, Invoker(), now=clock.now, sleep=clock.sleep)
    timers.start()
    await asyncio.wait_for(clock.ended.wait(), 10)
    await timers.stop()


@pytest.mark.parametrize(
    ("schedule", "due"),
    [
        ("0 */5 * * * *", NOON + timedelta(minutes=5)),
        ("30 * * * * *", NOON + timedelta(seconds=30)),
        ("*/10 * * * * *", NOON + timedelta(seconds=10)),
        ("0 0 3 * * *", NOON + timedelta(hours=15)),
        ("0 0 0 1 * *", datetime(2030, 2, 1, tzinfo=UTC)),
    ],
)
def test_the_first_field_of_a_schedule_is_the_second(schedule: str, due: datetime) -> None:
    assert next_due(schedule, NOON) == due


async def test_a_timer_runs_each_time_it_is_due() -> None:
    app, times = func.FunctionApp(), []
    clock = Sleeper(NOON + timedelta(minutes=3))

    @app.timer_trigger("timer", "30 * * * * *")
    async def tick(timer: func.TimerRequest) -> None:
        times.append((clock.time, timer.past_due))

    await run(app, clock)
    assert times == [(NOON + timedelta(minutes=minute, seconds=30), False) for minute in range(3)]


async def test_a_timer_can_run_at_the_start_besides() -> None:
    app, times = func.FunctionApp(), []
    clock = Sleeper(NOON + timedelta(minutes=1))

    @app.timer_trigger("timer", "0 */5 * * * *", run_on_startup=True)
    def tick(timer: func.TimerRequest) -> None:
        times.append(clock.time)

    await run(app, clock)
    assert times == [NOON]


async def test_a_failing_run_does_not_end_the_timer(caplog: pytest.LogCaptureFixture) -> None:
    app, times = func.FunctionApp(), []
    clock = Sleeper(NOON + timedelta(minutes=2))

    @app.timer_trigger("timer", "0 * * * * *")
    async def tick(timer: func.TimerRequest) -> None:
        times.append(clock.time)
        raise ValueError("no message of this kind is logged")

    await run(app, clock)
    assert len(times) == 2
    assert "tick failed: ValueError" in caplog.text
    assert "no message" not in caplog.text


async def test_a_run_that_takes_long_makes_the_next_one_fall_out() -> None:
    app, times = func.FunctionApp(), []
    clock = Sleeper(NOON + timedelta(minutes=5))

    @app.timer_trigger("timer", "0 * * * * *")
    async def tick(timer: func.TimerRequest) -> None:
        times.append(clock.time)
        clock.time += timedelta(seconds=90)

    await run(app, clock)
    assert times == [NOON + timedelta(minutes=minute) for minute in (1, 3, 5)]


async def test_a_run_after_the_machine_slept_is_past_due() -> None:
    app, late = func.FunctionApp(), []
    clock = Sleeper(NOON + timedelta(hours=1))
    sleep = clock.sleep

    async def overslept(seconds: float) -> None:
        await sleep(seconds + 3600)

    clock.sleep = overslept  # type: ignore[method-assign]

    @app.timer_trigger("timer", "0 * * * * *")
    async def tick(timer: func.TimerRequest) -> None:
        late.append(timer.past_due)
        clock.ended.set()

    await run(app, clock)
    assert late[0] is True


@pytest.mark.parametrize("schedule", ["*/5 * * * *", "0 0 0 * * * *", "a b c d e f"])
def test_a_schedule_without_six_fields_is_refused(schedule: str) -> None:
    app = func.FunctionApp()

    @app.timer_trigger("timer", schedule)
    async def tick(timer: func.TimerRequest) -> None: ...

    with pytest.raises(UnsupportedFunction, match="NCRONTAB"):
        Timers(functions.read(app, "").timers, Invoker())
