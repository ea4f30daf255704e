"""A purge of a thousand jobs whose sweep is killed again and again."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from service.clock import ManualClock
from service.jobs.record import RETENTION
from service.jobs.sweep import SweepIncomplete
from service.ledger.receipt import Reason, Scope, read_receipt
from service.store.contract import Container
from tests.service.jobs.conftest import World, build
from tests.service.jobs.faults import Fault, FaultyStore, Killed, StorageDown

JOBS, KILLS = 1_000, 50
CALLS_BETWEEN = 360
"""A kill comes after at most so many calls to storage, of the more than 10,000 that the purge takes."""


async def receipts(world: World) -> Counter[tuple[Scope, Reason]]:
    """How many there are of each kind, each signature checked."""
    found: Counter[tuple[Scope, Reason]] = Counter()
    for name in [listed.name async for listed in world.store.list(Container.RECEIPTS)]:
        token = await world.purge.receipts.find(name)
        assert token is not None
        reason = read_receipt(token, world.purge.lookup.keys()).reason
        found[reason.scope, reason] += 1
    return found


async def killed(world: World, keys_dir: Path, dice: random.Random) -> bool:
    """One sweep that dies after a random call; False when it came to its end first."""
    fault = dice.choice([Fault.KILL_BEFORE, Fault.KILL_AFTER])
    mortal = build(FaultyStore(world.store, fault, dice.randrange(CALLS_BETWEEN)), world.clock, keys_dir)
    try:
        await mortal.sweep.run()
    except Killed:
        return True
    return False


async def test_a_purge_that_is_killed_fifty_times_ends_complete(
    world: World, clock: ManualClock, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    dice = random.Random(request.config.getoption("--hypothesis-seed") or 0)  # noqa: S311 - a seed is no secret
    callers = [await world.caller(tenant) for tenant in ("clinic", "clinic", "bank")]
    waiting = 0
    for number in range(JOBS):
        caller = callers[number % len(callers)]
        if number % 10 == 9:
            await world.submit(caller)
            waiting += 1
        else:
            await world.finished(caller)
        world.clock.advance(timedelta(seconds=20))
        if number % 100 == 0:
            await world.sweep.run()
    clock.advance(RETENTION)
    there = len(await world.objects())
    deaths = 0
    while deaths < KILLS:
        assert await killed(world, tmp_path / "keys", dice), "the purge came to its end before it was killed enough"
        deaths += 1
    left = len(await world.objects())
    assert 0 < left < 0.75 * there, "the sweeps that were killed have done little of the work"
    await world.sweep.run()
    assert await world.objects() == []
    await world.sweep.run()
    assert await receipts(world) == {
        (Scope.EVERYTHING, Reason.EXPIRED): JOBS,
        (Scope.INPUT, Reason.INPUT_CONSUMED): JOBS - waiting,
    }
    verified = await world.purge.verify()
    assert (verified.receipts, verified.waiting, verified.repeated) == (2 * JOBS - waiting, 0, 0)
    assert [listed async for listed in world.store.list(Container.INTENTS)] == []


@pytest.mark.parametrize("fault", Fault)
async def test_a_sweep_that_is_cut_off_at_any_call_is_finished_by_the_next(
    world: World, clock: ManualClock, tmp_path: Path, fault: Fault
) -> None:
    """This tests ensures that there is no moment at which a sweep may not die."""
    caller = await world.caller()
    whole = Counter[str]()
    for at in range(200):
        jobs = [await world.finished(caller), await world.submit(caller)]
        clock.advance(RETENTION + timedelta(hours=1))
        cut = build(FaultyStore(world.store, fault, at), clock, tmp_path / "keys")
        try:
            await cut.sweep.run()
            whole["ended"] += 1
        except (Killed, StorageDown, SweepIncomplete):
            whole["cut"] += 1
        await world.sweep.run()
        assert await world.objects() == []
        await world.sweep.run()
        for job in jobs:
            assert await world.purge.receipts.exists(world.purge.receipts.name(job, Scope.EVERYTHING))
        assert [listed async for listed in world.store.list(Container.INTENTS)] == []
        if whole["ended"] > 3:
            break
    else:
        raise AssertionError("a sweep of two jobs takes fewer calls")
    verified = await world.purge.verify()
    assert (verified.receipts, verified.waiting, verified.repeated) == (3 * (at + 1), 0, 0)
