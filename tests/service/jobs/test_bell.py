"""Waking readers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from contract.ids import new_result_id
from contract.options import AnalyzeOptions
from service.clock import ManualClock
from service.jobs.bell import Bell, Gone
from service.jobs.record import JobRecord


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def bell(clock: ManualClock) -> Bell:
    return Bell(clock, near=True)


def a_record(clock: ManualClock) -> JobRecord:
    return JobRecord(
        job=new_result_id(clock.now()),
        tenant="clinic",
        principal="0" * 16,
        accepted=clock.now(),
        updated=clock.now(),
        options=AnalyzeOptions(model_id="prebuilt-read"),
        recipient=b"",
        input_key_id=b"",
        input_key=None,
    )


async def test_the_first_ring_ends_the_wait(bell: Bell, clock: ManualClock) -> None:
    mine, another = a_record(clock), a_record(clock)
    with bell.listening(mine.job) as first, bell.listening(mine.job) as second:
        waiting = [asyncio.create_task(bell.wait(ended, 60)) for ended in (first, second)]
        await asyncio.sleep(0)
        bell.ring(another.job, another)
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)
        bell.ring(mine.job, mine)
        bell.ring(mine.job, Gone())
        assert await asyncio.gather(*waiting) == [mine, mine]


async def test_time_ends_the_wait_with_nothing(bell: Bell, clock: ManualClock) -> None:
    mine = a_record(clock)
    with bell.listening(mine.job) as ended:
        waiting = asyncio.create_task(bell.wait(ended, 60))
        for _ in range(3):
            await asyncio.sleep(0)
        clock.advance(timedelta(seconds=60))
        assert await waiting is None
        bell.ring(mine.job, mine)
        assert await bell.wait(ended, 60) == mine


async def test_nobody_is_kept_in_mind_after_listening(bell: Bell, clock: ManualClock) -> None:
    mine = a_record(clock)
    with bell.listening(mine.job):
        assert bell._waiting
    assert not bell._waiting
    bell.ring(mine.job, mine)
    assert not bell._waiting
