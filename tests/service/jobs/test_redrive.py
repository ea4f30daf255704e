"""Uploads that nobody works on are driven again."""

from __future__ import annotations

from datetime import timedelta

from service.store.contract import Container
from tests.service.jobs.conftest import World


async def etags(world: World) -> list[str]:
    return [listed.etag async for listed in world.store.list(Container.UPLOADS)]


async def test_a_fresh_upload_is_left_to_the_trigger(world: World) -> None:
    await world.submit(await world.caller())
    before = await etags(world)
    assert await world.redrive.run() == 0
    assert await etags(world) == before


async def test_an_unclaimed_upload_gets_a_new_etag(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    before = await etags(world)
    world.clock.advance(timedelta(seconds=61))
    assert await world.redrive.run() == 1
    assert await etags(world) != before
    await world.worker.run(world.name(caller, job))
    assert world.engine.seen


async def test_a_job_that_is_being_worked_on_is_left_alone(world: World) -> None:
    caller = await world.caller()
    name = world.name(caller, await world.submit(caller))
    world.clock.advance(timedelta(seconds=50))
    held = await world.records.load(name)
    assert held is not None
    await world.records.replace(name, held, held.record.claimed("alive", world.clock.now(), timedelta(seconds=60)))
    world.clock.advance(timedelta(seconds=50))
    assert await world.redrive.run() == 0
    world.clock.advance(timedelta(seconds=11))
    assert await world.redrive.run() == 1


async def test_an_upload_whose_record_is_gone_is_driven_and_then_erased(world: World) -> None:
    caller = await world.caller()
    name = world.name(caller, await world.submit(caller))
    await world.store.delete(Container.RECORDS, name.record)
    world.clock.advance(timedelta(seconds=61))
    assert await world.redrive.run() == 1
    await world.worker.run(name)
    assert await world.objects() == []
