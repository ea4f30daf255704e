"""A revoked key is refused at once, its jobs are erased, and each has its receipt."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from contract.errors import ApiError
from contract.operation import OperationStatus
from service.clock import ManualClock
from service.identity import Caller
from service.ledger.receipt import Reason, Scope, read_receipt
from service.store.contract import Container
from tests.service.jobs.conftest import World, build
from tests.service.jobs.faults import Fault, FaultyStore, Killed

MODEL = "prebuilt-read"


async def revoke(world: World, caller: Caller) -> int | None:
    return await world.purge.revocations.revoke(world.keys, caller.principal.key_id)


async def reason(world: World, job: str) -> Reason:
    token = await world.purge.receipts.find(world.purge.receipts.name(job, Scope.EVERYTHING))
    assert token is not None
    return read_receipt(token, world.purge.lookup.keys()).reason


async def is_refused(world: World, caller: Caller) -> bool:
    try:
        await world.keys.authenticate(caller.api_key.text)
    except ApiError:
        return True
    return False


async def test_all_jobs_of_the_key_go_and_no_others(world: World) -> None:
    caller, colleague, stranger = [await world.caller(tenant) for tenant in ("clinic", "clinic", "bank")]
    mine = [await world.finished(caller), await world.submit(caller)]
    world.clock.advance(timedelta(hours=3))
    mine.append(await world.finished(caller))
    theirs = [(each, await world.finished(each)) for each in (colleague, stranger)]
    assert await revoke(world, caller) == 3
    assert await is_refused(world, caller)
    assert [await reason(world, job) for job in mine] == [Reason.REVOKED] * 3
    for each, job in theirs:
        assert (await world.reader.read(each, MODEL, job)).status is OperationStatus.SUCCEEDED
    left = await world.objects()
    assert not [name for name in left for job in mine if job in name]


async def test_a_job_that_a_request_brings_in_just_after_goes_with_the_next_sweep(world: World) -> None:
    caller = await world.caller()
    await revoke(world, caller)
    job = await world.submit(caller)
    world.clock.advance(timedelta(minutes=5))
    await world.sweep.run()
    assert await world.objects() == []
    assert await reason(world, job) is Reason.REVOKED


async def test_a_revocation_closes_when_no_request_can_add_to_it(world: World) -> None:
    await revoke(world, await world.caller())
    await world.sweep.run()
    assert [listed async for listed in world.store.list(Container.INTENTS)]
    world.clock.advance(timedelta(minutes=15))
    await world.sweep.run()
    assert [listed async for listed in world.store.list(Container.INTENTS)] == []


async def test_there_is_nothing_to_revoke_without_a_key(world: World) -> None:
    assert await world.purge.revocations.revoke(world.keys, "0" * 16) is None
    assert await world.purge.revocations.revoke(world.keys, "../../keys") is None


@pytest.mark.parametrize("at", range(40))
async def test_a_revocation_that_is_cut_off_is_finished_by_the_sweep(
    world: World, clock: ManualClock, tmp_path: Path, at: int
) -> None:
    caller = await world.caller()
    jobs = [await world.finished(caller), await world.submit(caller)]
    mortal = build(FaultyStore(world.store, Fault.KILL_AFTER, at), clock, tmp_path / "keys")
    try:
        await revoke(mortal, caller)
    except Killed:
        await world.sweep.run()
    if await is_refused(world, caller):
        assert await world.objects() == []
        assert [await reason(world, job) for job in jobs] == [Reason.REVOKED] * 2
    else:
        # It had not begun: nothing was written yet.
        assert at < 2
