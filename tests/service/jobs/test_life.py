"""A job from acceptance to its end, on good days and bad ones."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from contract.errors import ApiError, Fault
from contract.operation import OperationStatus
from engine.analyzer import Checkpoints
from engine.outputs import Analysis
from service.jobs.bell import Bell
from service.jobs.lease import LeaseLost
from service.store.contract import Container
from tests.service.jobs.conftest import DOCUMENT, FIGURES, PDF, RESULT, World


async def test_a_document_goes_in_and_its_result_comes_out(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.SUCCEEDED
    assert operation.analyze_result is not None
    assert bytes(operation.analyze_result) == RESULT
    assert world.engine.seen == [DOCUMENT]


async def test_a_job_not_yet_run_is_not_started(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.NOT_STARTED
    assert operation.analyze_result is None


async def test_the_input_is_erased_when_the_analysis_ends(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    kinds = sorted(name.split("/")[0] for name in await world.objects())
    assert kinds == [Container.RECORDS, Container.RESULTS]
    held = await world.records.load(world.name(caller, job))
    assert held is not None
    assert held.record.input_key is None


async def test_what_an_earlier_attempt_saved_is_erased_with_the_input(world: World) -> None:
    caller = await world.caller()
    name = world.name(caller, await world.submit(caller))

    async def save_and_fail(document: bytes, options: object, checkpoints: Checkpoints) -> Analysis:
        await checkpoints.save(0, b"evidence")
        raise RuntimeError

    async def go_on(document: bytes, options: object, checkpoints: Checkpoints) -> Analysis:
        assert await checkpoints.load(0) == b"evidence"
        return Analysis(RESULT)

    world.engine.analyze = save_and_fail  # type: ignore[method-assign,assignment]
    with pytest.raises(RuntimeError):
        await world.worker.run(name)
    world.engine.analyze = go_on  # type: ignore[method-assign,assignment]
    await world.worker.run(name)
    assert sorted(each.split("/")[0] for each in await world.objects()) == [Container.RECORDS, Container.RESULTS]


async def test_a_refused_document_ends_as_failed_without_input(world: World) -> None:
    def refuse() -> bytes:
        raise ApiError(Fault.INVALID_CONTENT)

    world.engine.behave = refuse
    caller = await world.caller()
    job = await world.finished(caller)
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.FAILED
    assert operation.error is not None
    assert operation.error.innererror is not None
    assert operation.error.innererror.code == "InvalidContent"
    assert [name.split("/")[0] for name in await world.objects()] == [Container.RECORDS]


async def test_a_second_firing_of_a_finished_job_does_nothing(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    before = await world.objects()
    await world.worker.run(world.name(caller, job))
    assert await world.objects() == before
    assert len(world.engine.seen) == 1


async def test_a_second_firing_during_a_live_lease_does_nothing(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    name = world.name(caller, job)
    held = await world.records.load(name)
    assert held is not None
    claimed = held.record.claimed("other", world.clock.now(), timedelta(seconds=60))
    await world.records.replace(name, held, claimed)
    await world.worker.run(name)
    assert not world.engine.seen


async def test_a_lapsed_lease_is_taken_over(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    name = world.name(caller, job)
    held = await world.records.load(name)
    assert held is not None
    await world.records.replace(name, held, held.record.claimed("dead", world.clock.now(), timedelta(seconds=60)))
    world.clock.advance(timedelta(seconds=61))
    await world.worker.run(name)
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.SUCCEEDED


async def test_an_error_that_may_pass_frees_the_job_until_attempts_are_spent(world: World) -> None:
    def break_down() -> bytes:
        raise ConnectionResetError

    world.engine.behave = break_down
    caller = await world.caller()
    job = await world.submit(caller)
    name = world.name(caller, job)
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            await world.worker.run(name)
        operation = await world.reader.read(caller, "prebuilt-read", job)
        assert operation.status is OperationStatus.NOT_STARTED
    await world.worker.run(name)
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.FAILED
    assert [entry.split("/")[0] for entry in await world.objects()] == [Container.RECORDS]


async def test_workers_that_died_at_every_attempt_end_the_job_as_failed(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    name = world.name(caller, job)
    for attempt in ("first", "second", "third"):
        held = await world.records.load(name)
        assert held is not None
        await world.records.replace(name, held, held.record.claimed(attempt, world.clock.now(), timedelta(seconds=60)))
        world.clock.advance(timedelta(seconds=61))
    await world.worker.run(name)
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.FAILED
    assert not world.engine.seen


async def test_a_delete_while_running_leaves_nothing(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)

    async def delete_meanwhile(document: bytes, options: object, checkpoints: object) -> Analysis:
        await world.reader.delete(caller, "prebuilt-read", job)
        return Analysis(RESULT)

    world.engine.analyze = delete_meanwhile  # type: ignore[method-assign,assignment]
    await world.worker.run(world.name(caller, job))
    assert await world.objects() == []
    with pytest.raises(ApiError):
        await world.reader.read(caller, "prebuilt-read", job)


async def test_a_delete_while_a_long_document_is_read_leaves_no_checkpoint(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)

    async def save_and_delete(document: bytes, options: object, checkpoints: Checkpoints) -> Analysis:
        await world.reader.delete(caller, "prebuilt-read", job)
        await checkpoints.save(0, b"evidence")
        return Analysis(RESULT)

    world.engine.analyze = save_and_delete  # type: ignore[method-assign,assignment]
    await world.worker.run(world.name(caller, job))
    assert await world.objects() == []


async def test_a_long_document_that_is_refused_after_its_delete_leaves_no_checkpoint(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)

    async def save_delete_and_refuse(document: bytes, options: object, checkpoints: Checkpoints) -> Analysis:
        await world.reader.delete(caller, "prebuilt-read", job)
        await checkpoints.save(0, b"evidence")
        raise ApiError(Fault.INVALID_CONTENT)

    world.engine.analyze = save_delete_and_refuse  # type: ignore[method-assign,assignment]
    await world.worker.run(world.name(caller, job))
    assert await world.objects() == []


@pytest.mark.parametrize("near", [True, False])
async def test_a_deleted_job_stops_its_engine(world: World, monkeypatch: pytest.MonkeyPatch, near: bool) -> None:
    """This tests ensures that it stops at once in the process of the door, and elsewhere at the next heartbeat."""
    if not near:
        monkeypatch.setattr(world.reader, "_bell", Bell(world.clock, near=False))
    caller = await world.caller()
    job = await world.submit(caller)
    started, ended = asyncio.Event(), asyncio.Event()

    async def never_ends(document: bytes, options: object, checkpoints: object) -> Analysis:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return Analysis(RESULT)

    world.engine.analyze = never_ends  # type: ignore[method-assign,assignment]
    running = asyncio.create_task(world.worker.run(world.name(caller, job)))
    await started.wait()
    await world.reader.delete(caller, "prebuilt-read", job)
    if not near:
        await settle()
        assert not ended.is_set()
        world.clock.advance(timedelta(seconds=20))
    await running
    assert ended.is_set()
    assert await world.objects() == []


async def test_a_get_that_is_held_hears_of_a_delete(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    monkeypatch.setattr(world.reader, "_hold", timedelta(seconds=5))
    getting = asyncio.create_task(world.reader.read(caller, "prebuilt-read", job))
    await settle()
    await world.reader.delete(caller, "prebuilt-read", job)
    with pytest.raises(ApiError) as refused:
        await getting
    assert refused.value.fault is Fault.NOT_FOUND


async def test_heartbeats_keep_a_long_analysis_alive(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    name = world.name(caller, job)
    started, go = asyncio.Event(), asyncio.Event()

    async def takes_long(document: bytes, options: object, checkpoints: object) -> Analysis:
        started.set()
        await go.wait()
        return Analysis(RESULT)

    world.engine.analyze = takes_long  # type: ignore[method-assign,assignment]
    running = asyncio.create_task(world.worker.run(name))
    await started.wait()
    for _ in range(10):
        await settle()
        world.clock.advance(timedelta(seconds=20))
    await settle()
    held = await world.records.load(name)
    assert held is not None
    assert held.record.leased(world.clock.now())
    go.set()
    await running
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.SUCCEEDED


async def test_a_lease_taken_over_by_another_is_lost_and_no_file_of_it_stays(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    name = world.name(caller, job)

    async def overtaken(document: bytes, options: object, checkpoints: object) -> Analysis:
        held = await world.records.load(name)
        assert held is not None
        await world.records.replace(name, held, held.record.claimed("other", world.clock.now(), timedelta(seconds=60)))
        return Analysis(RESULT, PDF, FIGURES)

    world.engine.analyze = overtaken  # type: ignore[method-assign,assignment]
    await world.worker.run(name)
    assert not [entry for entry in await world.objects() if entry.startswith(Container.RESULTS)]
    held = await world.records.load(name)
    assert held is not None
    assert held.record.attempt == "other"


async def test_a_record_without_an_upload_ends_as_failed(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    await world.store.delete(Container.UPLOADS, world.name(caller, job).upload)
    await world.worker.run(world.name(caller, job))
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.FAILED
    assert operation.error is not None
    assert operation.error.code == Fault.INTERNAL_SERVER_ERROR.error().code
    assert not world.engine.seen


async def test_a_tampered_upload_ends_the_job(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    other = await world.submit(caller, b"%PDF-1.7 another")
    mine, theirs = world.name(caller, job), world.name(caller, other)
    from service.vault.envelope import recognize

    taken = await world.store.get(Container.UPLOADS, theirs.upload)
    held = await world.store.get(Container.UPLOADS, mine.upload)
    assert taken is not None
    assert held is not None
    await world.store.replace(Container.UPLOADS, mine.upload, recognize(taken.untrusted), held.etag)
    await world.worker.run(mine)
    operation = await world.reader.read(caller, "prebuilt-read", job)
    assert operation.status is OperationStatus.FAILED
    assert not world.engine.seen


def test_lost_leases_are_their_own_kind_of_error() -> None:
    assert not issubclass(LeaseLost, ApiError)


async def settle() -> None:
    """Let all other tasks run until they wait."""
    for _ in range(20):
        await asyncio.sleep(0)
