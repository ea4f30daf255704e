"""Every erasure leaves a receipt that says what, why and when, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta

import jwt
import msgspec
import pytest

from contract.errors import ApiError, Fault
from contract.ids import accepted_at, new_result_id
from contract.privacy import ErasureReceipts
from engine.analyzer import Checkpoints
from engine.outputs import Analysis
from service.identity import Caller
from service.jobs.erase import NotGone
from service.jobs.record import RETENTION
from service.ledger.receipt import Reason, Receipt, read_receipt
from service.store.contract import Container
from service.vault.envelope import recognize
from tests.service.jobs.conftest import RESULT, World
from tests.service.jobs.faults import StorageDown

MODEL = "prebuilt-read"


async def told(world: World, caller: Caller, job: str) -> ErasureReceipts:
    return await world.purge.lookup.receipts_of(caller, job)


async def reasons(world: World, caller: Caller, job: str) -> list[str]:
    return [receipt.reason for receipt in (await told(world, caller, job)).receipts]


async def signed(world: World, caller: Caller, job: str) -> list[Receipt]:
    keys = world.purge.lookup.keys()
    return [read_receipt(receipt.signed, keys) for receipt in (await told(world, caller, job)).receipts]


async def test_the_end_of_an_analysis_has_a_receipt_for_the_input(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    world.clock.advance(timedelta(seconds=2))
    await world.worker.run(world.name(caller, job))
    [receipt] = await signed(world, caller, job)
    assert receipt.reason is Reason.INPUT_CONSUMED
    assert receipt.objects == 1
    assert receipt.completed == receipt.erased == world.clock.now()
    assert receipt.accepted == world.clock.now() - timedelta(seconds=2)


async def test_a_refused_document_has_a_receipt_too(world: World) -> None:
    def refuse() -> bytes:
        raise ApiError(Fault.INVALID_CONTENT)

    world.engine.behave = refuse
    caller = await world.caller()
    assert await reasons(world, caller, await world.finished(caller)) == ["failed"]


async def test_a_delete_has_a_receipt_for_everything(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    await world.reader.delete(caller, MODEL, job)
    [consumed, deleted] = await signed(world, caller, job)
    assert (consumed.reason, deleted.reason) == (Reason.INPUT_CONSUMED, Reason.DELETED)
    # The record and the result.
    assert deleted.objects == 2


async def test_a_delete_before_the_start_has_one_receipt(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    await world.reader.delete(caller, MODEL, job)
    [receipt] = await signed(world, caller, job)
    assert (receipt.reason, receipt.completed, receipt.objects) == (Reason.DELETED, None, 2)


@pytest.mark.parametrize("keeps", [Container.UPLOADS, Container.PARTS, Container.RECORDS, Container.RESULTS])
async def test_there_is_no_receipt_while_storage_keeps_what_it_says_it_deleted(
    world: World, keeps: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def save(document: bytes, options: object, checkpoints: Checkpoints) -> Analysis:
        await checkpoints.save(0, b"evidence")
        return Analysis(RESULT)

    delete = world.store.delete

    async def all_but_some(container: Container, name: str) -> None:
        if container is not keeps:
            await delete(container, name)

    caller = await world.caller()
    job = await world.submit(caller)
    monkeypatch.setattr(world.engine, "analyze", save)
    monkeypatch.setattr(world.store, "delete", all_but_some)
    if keeps in (Container.UPLOADS, Container.PARTS):
        with pytest.raises(NotGone):
            await world.worker.run(world.name(caller, job))
        left, after = 0, ["input_consumed"]
    else:
        await world.worker.run(world.name(caller, job))
        with pytest.raises(NotGone):
            await world.reader.delete(caller, MODEL, job)
        left, after = 1, ["input_consumed", "deleted"]
    assert [listed.name async for listed in world.store.list(Container.INTENTS)]
    assert len([listed.name async for listed in world.store.list(Container.RECEIPTS)]) == left
    monkeypatch.setattr(world.store, "delete", delete)
    await world.sweep.run()
    assert await reasons(world, caller, job) == after


async def test_a_delete_that_was_cut_off_stays_one_whoever_finishes_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trigger comes again for a job of which only the intent tells still whose it was."""
    delete = world.store.delete

    async def records_alone(container: Container, name: str) -> None:
        if container is not Container.RECORDS:
            raise StorageDown
        await delete(container, name)

    caller = await world.caller()
    job = await world.submit(caller)
    monkeypatch.setattr(world.store, "delete", records_alone)
    with pytest.raises(StorageDown):
        await world.reader.delete(caller, MODEL, job)
    monkeypatch.setattr(world.store, "delete", delete)
    await world.worker.run(world.name(caller, job))
    [receipt] = await signed(world, caller, job)
    assert (receipt.reason, receipt.objects) == (Reason.DELETED, 2)


async def test_an_expired_job_has_a_receipt(world: World) -> None:
    caller = await world.caller()
    job, waiting = await world.finished(caller), await world.submit(caller)
    world.clock.advance(RETENTION + timedelta(seconds=1))
    await world.sweep.run()
    assert await reasons(world, caller, job) == ["input_consumed", "expired"]
    assert await reasons(world, caller, waiting) == ["expired"]


async def test_a_job_whose_record_is_lost_has_a_receipt_that_is_nobodys(world: World) -> None:
    caller = await world.caller()
    job = await world.submit(caller)
    await world.store.delete(Container.RECORDS, world.name(caller, job).record)
    world.clock.advance(RETENTION + timedelta(seconds=1))
    await world.sweep.run()
    assert await world.objects() == []
    assert [listed async for listed in world.store.list(Container.RECEIPTS)]
    with pytest.raises(ApiError):
        await told(world, caller, job)


@pytest.mark.parametrize("who", ["other key", "other tenant", "unknown id", "no id", "alive"])
async def test_others_get_the_same_refusal(world: World, who: str) -> None:
    owner = caller = await world.caller("clinic")
    job = await world.finished(owner)
    if who == "other key":
        caller = await world.caller("clinic")
    elif who == "other tenant":
        caller = await world.caller("bank")
    elif who == "unknown id":
        job = new_result_id(world.clock.now())
    elif who == "no id":
        job = "../ledger/head"
    else:
        job = await world.submit(owner)
    with pytest.raises(ApiError) as refused:
        await told(world, caller, job)
    assert (refused.value.fault, refused.value.detail) == (Fault.NOT_FOUND, None)


async def test_a_receipt_holds_no_content_and_no_name(world: World) -> None:
    caller = await world.caller("clinic")
    job = await world.finished(caller)
    [receipt] = (await told(world, caller, job)).receipts
    [key] = jwt.PyJWKSet.from_json(msgspec.json.encode(world.purge.lookup.keys()).decode()).keys
    plain = jwt.api_jws.decode(receipt.signed, key.key, algorithms=["ES256"])
    assert set(json.loads(plain)) == {
        "format", "job", "tenant", "principal", "reason", "accepted", "completed", "erased", "objects",
    }  # fmt: skip
    for word in (job, "clinic", caller.principal.key_id, caller.api_key.text, "canary", MODEL):
        assert word.encode() not in plain


async def test_receipts_of_one_principal_belong_together_and_those_of_others_do_not(world: World) -> None:
    mine, colleague, stranger = [await world.caller(tenant) for tenant in ("clinic", "clinic", "bank")]
    receipts = [
        (await signed(world, caller, await world.finished(caller)))[0] for caller in (mine, mine, colleague, stranger)
    ]
    assert len({receipt.job for receipt in receipts}) == 4
    assert len({receipt.principal for receipt in receipts}) == 3
    assert len({receipt.tenant for receipt in receipts}) == 2


async def test_names_of_receipts_and_intents_do_not_tell_the_job(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    await world.reader.delete(caller, MODEL, job)
    left = [listed.name for container in Container async for listed in world.store.list(container)]
    assert left
    assert not [name for name in left if job in name or world.name(caller, job).tenant_tag in name]


async def test_a_receipt_that_was_put_elsewhere_is_not_shown(world: World) -> None:
    caller = await world.caller()
    job, other = await world.finished(caller), await world.submit(caller)
    names = [world.purge.receipts.name(each, Reason.FAILED.scope) for each in (job, other)]
    taken = await world.store.get(Container.RECEIPTS, names[0])
    assert taken is not None
    await world.store.create(Container.RECEIPTS, names[1], recognize(taken.untrusted))
    with pytest.raises(ApiError):
        await told(world, caller, other)


async def test_receipts_are_kept_for_their_time_and_no_longer(world: World) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    world.clock.advance(timedelta(days=400))
    await world.sweep.run()
    assert await reasons(world, caller, job) == ["input_consumed", "expired"]
    world.clock.advance(timedelta(hours=51))
    await world.sweep.run()
    assert [listed.name async for listed in world.store.list(Container.RECEIPTS)] == []
    # Their hashes stay in the ledger, and that they are gone is right by now.
    assert (await world.purge.verify()).receipts == 2
    assert accepted_at(job) < world.clock.now() - timedelta(days=400)
