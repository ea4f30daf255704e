"""How old the last sweep is, and the oldest object that it left."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest

from service.jobs.report import PurgeAge
from service.store.contract import Container
from tests.service.jobs.conftest import World


async def test_before_the_first_sweep_nothing_is_known(world: World) -> None:
    assert await world.purge.reports.age() == PurgeAge()


async def test_ages_grow_with_time(world: World) -> None:
    caller = await world.caller()
    world.clock.advance(timedelta(hours=1))
    await world.submit(caller)
    world.clock.advance(timedelta(hours=2))
    await world.submit(caller)
    await world.sweep.run()
    world.clock.advance(timedelta(minutes=5))
    assert await world.purge.reports.age() == PurgeAge(oldest_object=7500, last_sweep=300)


async def test_an_empty_storage_has_no_oldest_object(world: World) -> None:
    await world.sweep.run()
    assert await world.purge.reports.age() == PurgeAge(oldest_object=None, last_sweep=0)


async def test_storage_is_asked_once_in_ten_seconds(world: World) -> None:
    await world.sweep.run()
    await world.purge.reports.age()
    await world.store.delete(Container.LEDGER, "sweep")
    world.clock.advance(timedelta(seconds=9))
    assert (await world.purge.reports.age()).last_sweep == 9
    world.clock.advance(timedelta(seconds=1))
    assert await world.purge.reports.age() == PurgeAge()


async def test_a_sweep_says_so_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.finished(await world.caller())
    world.clock.advance(timedelta(seconds=61))
    with caplog.at_level(logging.INFO, "ephemera"):
        await world.sweep.run()
    swept = json.loads(caplog.records[-1].message)
    assert swept == {"event": "swept", "count": 0, "folded": 1, "failed": 0, "oldest_object_age_seconds": 61}
