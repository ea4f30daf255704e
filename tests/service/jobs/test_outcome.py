"""The files beside a result: read by who reads the result, gone when it goes, seen all or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.errors import ApiError, Fault
from contract.operation import OperationStatus
from service.identity import Caller
from service.jobs.record import RETENTION
from service.ledger.receipt import Reason
from service.store.contract import Container
from service.vault.envelope import Sealed, recognize
from tests.service.jobs.conftest import FIGURES, PDF, World, build
from tests.service.jobs.faults import Fault as Failure
from tests.service.jobs.faults import FaultyStore, Killed, StorageDown

READ = "prebuilt-read"
ALL = [PDF, *FIGURES.values()]
NONE = [Fault.NOT_FOUND] * len(ALL)


async def read(world: World, caller: Caller, job: str, file: str) -> bytes | Fault | None:
    """What a caller gets who asks for a file: `result`, `pdf`, or a figure by its id."""
    try:
        if file == "result":
            operation = await world.reader.read(caller, READ, job)
            return bytes(operation.analyze_result) if operation.analyze_result is not None else None
        if file == "pdf":
            return await world.reader.pdf(caller, READ, job)
        return await world.reader.figure(caller, READ, job, file)
    except ApiError as refused:
        return refused.fault


async def files(world: World, caller: Caller, job: str) -> list[bytes | Fault | None]:
    """What a caller gets of all that can be beside a result."""
    return [await read(world, caller, job, file) for file in ("pdf", *FIGURES)]


async def test_files_come_out_as_they_went_in(world: World) -> None:
    caller = await world.caller()
    job = await world.finished_with_files(caller)
    assert await files(world, caller, job) == ALL
    held = await world.records.load(world.name(caller, job))
    assert held is not None
    prefix = world.name(caller, job).outcome(held.record.attempt or "")
    stored = {name.removeprefix(f"{Container.RESULTS}/{prefix}") for name in await world.objects()}
    assert stored >= {"result", "pdf", "figure-1.1", "figure-1.2", "figure-12.1"}


async def test_a_job_without_files_has_none(world: World) -> None:
    caller = await world.caller()
    assert await files(world, caller, await world.finished(caller)) == NONE
    assert await files(world, caller, await world.submit(caller)) == NONE


@pytest.mark.parametrize(
    "figure_id", ["", "1", "0.1", "1.0", "01.1", "1.1.1", "1.1/../../record", "../pdf", "\u0661.1", "1.1 "]
)
async def test_what_is_no_figure_id_is_refused(world: World, figure_id: str) -> None:
    caller = await world.caller()
    job = await world.finished_with_files(caller)
    assert await read(world, caller, job, figure_id) is Fault.NOT_FOUND


async def test_files_expire_and_go_with_their_result(world: World) -> None:
    caller = await world.caller()
    job = await world.finished_with_files(caller)
    world.clock.advance(RETENTION)
    assert await files(world, caller, job) == NONE
    await world.sweep.run()
    assert await world.objects() == []
    [receipt] = [
        each for each in (await world.purge.lookup.receipts_of(caller, job)).receipts if each.reason == Reason.EXPIRED
    ]
    assert receipt.objects == 2 + 1 + len(FIGURES)


async def test_a_delete_takes_the_files(world: World) -> None:
    caller = await world.caller()
    job = await world.finished_with_files(caller)
    await world.reader.delete(caller, READ, job)
    assert await files(world, caller, job) == NONE
    assert await world.objects() == []


async def test_files_without_their_result_go_with_the_attempt_that_made_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = world.store.create

    async def all_but_the_result(container: Container, name: str, sealed: Sealed) -> str:
        if name.endswith("/result"):
            raise StorageDown
        return await create(container, name, sealed)

    monkeypatch.setattr(world.store, "create", all_but_the_result)
    world.engine.pdf, world.engine.figures = PDF, FIGURES
    caller = await world.caller()
    name = world.name(caller, await world.submit(caller))
    for _ in range(2):
        with pytest.raises(StorageDown):
            await world.worker.run(name)
        assert not [each for each in await world.objects() if each.startswith(Container.RESULTS)]
    await world.worker.run(name)
    assert [each.split("/")[0] for each in await world.objects()] == [Container.RECORDS]


async def test_a_revoked_key_takes_its_files_along(world: World) -> None:
    caller = await world.caller()
    await world.finished_with_files(caller)
    await world.purge.revocations.revoke(world.keys, caller.principal.key_id)
    assert await world.objects() == []


@pytest.mark.parametrize("failure", Failure)
async def test_a_commit_that_is_cut_off_anywhere_shows_all_or_nothing(
    world: World, tmp_path: Path, failure: Failure
) -> None:
    caller = await world.caller()
    ended = 0
    for at in range(40):
        job = await world.submit(caller)
        cut = build(FaultyStore(world.store, failure, at), world.clock, tmp_path / "keys")
        cut.engine.pdf, cut.engine.figures = PDF, FIGURES
        try:
            await cut.worker.run(world.name(caller, job))
            ended += 1
        except (Killed, StorageDown):
            pass
        done = (await world.reader.read(caller, READ, job)).status is OperationStatus.SUCCEEDED
        assert await files(world, caller, job) == (ALL if done else NONE)
        await world.reader.delete(caller, READ, job)
        assert await world.objects() == []
        if ended > 3:
            return
    raise AssertionError("a job takes fewer calls")


@pytest.mark.parametrize(
    ("source", "target"), [("1.1", "1.2"), ("1.1", "12.1"), ("pdf", "1.1"), ("1.1", "pdf"), ("pdf", "result")]
)
async def test_files_that_are_swapped_do_not_open(world: World, source: str, target: str) -> None:
    caller = await world.caller()
    job = await world.finished_with_files(caller)
    name = world.name(caller, job)
    held = await world.records.load(name)
    assert held is not None
    attempt = held.record.attempt or ""
    names = {"pdf": name.pdf(attempt), "result": name.result(attempt), **{i: name.figure(attempt, i) for i in FIGURES}}
    taken = await world.store.get(Container.RESULTS, names[source])
    there = await world.store.get(Container.RESULTS, names[target])
    assert taken is not None
    assert there is not None
    await world.store.replace(Container.RESULTS, names[target], recognize(taken.untrusted), there.etag)
    assert await read(world, caller, job, target) is Fault.NOT_FOUND
