"""Waking readers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from service.clock import ManualClock
from service.jobs.bell import Bell


async def test_a_ring_ends_the_wait_and_time_does_too() -> None:
    clock = ManualClock(datetime(2026, 3, 1, tzinfo=UTC))
    bell = Bell(clock)
    with bell.listening("mine") as ended:
        waiting = asyncio.create_task(bell.wait(ended, 60))
        await asyncio.sleep(0)
        bell.ring("another")
        await asyncio.sleep(0)
        assert not waiting.done()
        bell.ring("mine")
        await waiting
    with bell.listening("mine") as ended:
        waiting = asyncio.create_task(bell.wait(ended, 60))
        for _ in range(3):
            await asyncio.sleep(0)
        clock.advance(timedelta(seconds=60))
        await waiting
        assert not ended.is_set()


async def test_nobody_is_kept_in_mind_after_listening() -> None:
    bell = Bell(ManualClock(datetime(2026, 3, 1, tzinfo=UTC)))
    with bell.listening("job"):
        assert bell._waiting
    assert not bell._waiting
    bell.ring("job")
    assert not bell._waiting
