"""What is due goes, what lives stays, and the sweep looks only at what can be due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contract.errors import ApiError
from contract.operation import OperationStatus
from service.jobs.record import RETENTION
from service.store.contract import Container, Stored
from tests.service.jobs.conftest import World

TICK = timedelta(microseconds=1)


async def test_a_result_is_refused_when_its_time_is_over_even_without_a_sweep(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    world.clock.advance(RETENTION - TICK)
    assert (await world.reader.read(caller, "prebuilt-read", job)).status is OperationStatus.SUCCEEDED
    world.clock.advance(TICK)
    with pytest.raises(ApiError):
        await world.reader.read(caller, "prebuilt-read", job)


async def test_a_sweep_after_24_hours_leaves_no_object(world: World) -> None:
    caller = await world.caller()
    await world.finished(caller)
    await world.submit(caller)
    world.clock.advance(RETENTION + TICK)
    await world.sweep.run()
    assert await world.objects() == []


async def test_a_sweep_before_that_takes_nothing(world: World) -> None:
    caller = await world.caller()
    await world.finished(caller)
    await world.submit(caller)
    before = await world.objects()
    world.clock.advance(RETENTION - timedelta(milliseconds=2))
    assert await world.sweep.run() == 0
    assert await world.objects() == before


async def test_a_late_finish_lives_24_hours_from_completion(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    world.clock.advance(timedelta(hours=3))
    await world.worker.run(world.name(caller, job))
    world.clock.advance(timedelta(hours=22))
    await world.sweep.run()
    assert (await world.reader.read(caller, "prebuilt-read", job)).status is OperationStatus.SUCCEEDED
    world.clock.advance(timedelta(hours=2))
    await world.sweep.run()
    assert await world.objects() == []


async def test_an_upload_never_outlives_24_hours_though_its_job_runs(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    world.clock.advance(RETENTION + TICK)
    await world.worker.run(world.name(caller, job))
    assert not world.engine.seen
    assert not [name for name in await world.objects() if name.startswith(Container.UPLOADS)]


@pytest.mark.parametrize("container", [Container.RECORDS, Container.UPLOADS, Container.RESULTS])
async def test_orphans_go_too(world: World, container: Container) -> None:
    caller = await world.caller()
    await world.finished(caller)
    await world.submit(caller)
    for name in [listed.name async for listed in world.store.list(container)]:
        await world.store.delete(container, name)
    world.clock.advance(RETENTION + TICK)
    await world.sweep.run()
    assert await world.objects() == []


async def test_a_sweep_looks_only_at_what_can_be_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = await world.caller()
    for _ in range(10):
        await world.finished(caller)
    for _ in range(90):
        world.clock.advance(timedelta(minutes=20))
        await world.finished(caller)
    reads: list[str] = []
    get, listing = world.store.get, world.store.list

    async def counted_get(container: Container, name: str) -> Stored | None:
        if container is Container.RECORDS:
            reads.append(name)
        return await get(container, name)

    listed: list[str] = []

    def counted_list(container: Container, prefix: str = ""):  # type: ignore[no-untyped-def]
        if container is not Container.INTENTS:
            listed.append(prefix)
        return listing(container, prefix)

    monkeypatch.setattr(world.store, "get", counted_get)
    monkeypatch.setattr(world.store, "list", counted_list)
    live = len([name async for name in listing(Container.RECORDS)])
    due = await world.sweep.run()
    left = len([name async for name in listing(Container.RECORDS)])
    assert due == live - left
    assert 0 < due < live
    assert len(reads) <= due + 10
    assert all(prefix for prefix in listed)


async def test_a_record_that_does_not_open_is_erased_by_its_age(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    other = await world.finished(caller)
    name, theirs = world.name(caller, job), world.name(caller, other)
    from service.vault.envelope import recognize

    held = await world.store.get(Container.RECORDS, name.record)
    taken = await world.store.get(Container.RECORDS, theirs.record)
    assert held is not None
    assert taken is not None
    await world.store.replace(Container.RECORDS, name.record, recognize(taken.untrusted), held.etag)
    with pytest.raises(ApiError):
        await world.reader.read(caller, "prebuilt-read", job)
    world.clock.advance(RETENTION + TICK)
    await world.sweep.run()
    assert await world.objects() == []
