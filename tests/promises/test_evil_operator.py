"""What somebody with a copy of storage, and with keys of the service, can and cannot do."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.errors import ApiError
from service.clock import ManualClock
from service.identity import Caller
from service.jobs.erase import OF_JOBS
from service.jobs.record import RETENTION, JobRecord, State
from service.jobs.sweep import SweepIncomplete
from service.ledger.receipt import Scope
from service.ledger.verify import Break, Finding, LedgerRefuted
from service.store.contract import Container
from service.store.memory import MemoryStore
from service.vault.api_key import ApiKey
from service.vault.caller_key import caller_key_id, unwrap_as_caller
from service.vault.context import Kind, RecordContext
from service.vault.envelope import DataKey, Sealed, TamperedError, open_sealed, recognize, seal
from service.vault.key_files import KeyFiles
from service.vault.service_key import wrap_info
from tests.service.jobs.conftest import World, build

READ = "prebuilt-read"


@dataclass
class Stage:
    """Two tenants with a finished job each, and everything an operator has: storage and all key files."""

    world: World
    keys_dir: Path
    owner: Caller
    job: str
    other: Caller
    other_job: str

    async def record(self, caller: Caller, job: str) -> JobRecord:
        held = await self.world.records.load(self.world.name(caller, job))
        assert held is not None
        return held.record

    async def put(self, container: Container, name: str, sealed: Sealed) -> None:
        """Write as an operator does: over whatever is there."""
        await self.world.store.delete(container, name)
        await self.world.store.create(container, name, sealed)

    async def stored(self, container: Container, name: str) -> Sealed:
        found = await self.world.store.get(container, name)
        assert found is not None
        return recognize(found.untrusted)

    async def reads(self, caller: Caller, job: str) -> bytes:
        result = (await self.world.reader.read(caller, READ, job)).analyze_result
        assert result is not None
        return bytes(result)

    async def refused(self, caller: Caller, job: str) -> None:
        with pytest.raises(ApiError):
            await self.world.reader.read(caller, READ, job)


@pytest.fixture
async def stage(tmp_path: Path) -> Stage:
    clock = ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    world = build(MemoryStore(clock), clock, tmp_path / "keys")
    owner, other = await world.caller("clinic"), await world.caller("bank")
    job, other_job = await world.finished(owner), await world.finished(other)
    return Stage(world, tmp_path / "keys", owner, job, other, other_job)


async def test_all_storage_and_all_keys_of_the_service_do_not_open_a_result(stage: Stage) -> None:
    record = await stage.record(stage.owner, stage.job)
    context = record.context(Kind.RESULT, record.attempt or "")
    info = wrap_info(context, caller_key_id(record.recipient), record.completed)
    wrapped = record.result_key or b""
    files = KeyFiles(stage.keys_dir)
    with pytest.raises(TamperedError):
        await files.key_unwrapper().unwrap(files.key_wrapper().key_id, wrapped, info)
    for guess in (ApiKey.generate(), stage.other.api_key):
        with pytest.raises(TamperedError):
            unwrap_as_caller(guess, stage.job, wrapped, info)
    assert unwrap_as_caller(stage.owner.api_key, stage.job, wrapped, info)


async def test_storage_alone_opens_nothing(stage: Stage, tmp_path: Path) -> None:
    await stage.world.submit(stage.owner)
    thief = KeyFiles(tmp_path / "own-keys").record_keys()
    for container in Container:
        async for listed in stage.world.store.list(container):
            found = await stage.world.store.get(container, listed.name)
            assert found is not None
            with pytest.raises(TamperedError):
                thief.open(RecordContext(listed.name), found.untrusted)
            with pytest.raises(TamperedError):
                open_sealed(DataKey(bytes(32)), RecordContext(listed.name), found.untrusted)


@pytest.mark.parametrize("container", [Container.RECORDS, Container.RESULTS])
async def test_an_object_moved_to_another_tenant_does_not_open(stage: Stage, container: Container) -> None:
    mine, theirs = stage.world.name(stage.owner, stage.job), stage.world.name(stage.other, stage.other_job)
    my_record = await stage.record(stage.owner, stage.job)
    their_record = await stage.record(stage.other, stage.other_job)
    if container is Container.RECORDS:
        source, target = mine.record, theirs.record
    else:
        source, target = mine.result(my_record.attempt or ""), theirs.result(their_record.attempt or "")
    await stage.put(container, target, await stage.stored(container, source))
    await stage.refused(stage.other, stage.other_job)
    assert await stage.reads(stage.owner, stage.job)


async def test_an_object_moved_between_jobs_and_keys_of_one_tenant_does_not_open(stage: Stage) -> None:
    colleague = await stage.world.caller("clinic")
    theirs = await stage.world.finished(colleague)
    again = await stage.world.finished(stage.owner)
    my_record = await stage.record(stage.owner, stage.job)
    taken = await stage.stored(
        Container.RESULTS, stage.world.name(stage.owner, stage.job).result(my_record.attempt or "")
    )
    for caller, job in ((colleague, theirs), (stage.owner, again)):
        record = await stage.record(caller, job)
        await stage.put(Container.RESULTS, stage.world.name(caller, job).result(record.attempt or ""), taken)
        await stage.refused(caller, job)


async def test_an_upload_put_where_a_result_belongs_does_not_open(stage: Stage) -> None:
    waiting = await stage.world.submit(stage.owner)
    upload = await stage.stored(Container.UPLOADS, stage.world.name(stage.owner, waiting).upload)
    record = await stage.record(stage.owner, stage.job)
    name = stage.world.name(stage.owner, stage.job)
    await stage.put(Container.RESULTS, name.result(record.attempt or ""), upload)
    await stage.refused(stage.owner, stage.job)


async def test_a_record_edited_without_the_record_key_is_refused(stage: Stage, tmp_path: Path) -> None:
    record = await stage.record(stage.owner, stage.job)
    name = stage.world.name(stage.owner, stage.job)
    later = msgspec.structs.replace(record, completed=(record.completed or record.accepted) + timedelta(days=9))
    forged = (
        KeyFiles(tmp_path / "own-keys").record_keys().seal(RecordContext(name.record), msgspec.msgpack.encode(later))
    )
    await stage.put(Container.RECORDS, name.record, forged)
    await stage.refused(stage.owner, stage.job)


@pytest.mark.parametrize("edit", ["expiry", "principal", "public key"])
async def test_a_record_edited_with_the_record_key_opens_no_result(stage: Stage, edit: str) -> None:
    record = await stage.record(stage.owner, stage.job)
    name = stage.world.name(stage.owner, stage.job)
    colleague = await stage.world.caller("clinic")
    reader = stage.owner
    if edit == "expiry":
        edited = msgspec.structs.replace(record, completed=(record.completed or record.accepted) + timedelta(hours=9))
    elif edit == "principal":
        edited, reader = msgspec.structs.replace(record, principal=colleague.principal.key_id), colleague
    else:
        edited = msgspec.structs.replace(record, recipient=(await stage.record(stage.other, stage.other_job)).recipient)
    ring = KeyFiles(stage.keys_dir).record_keys()
    await stage.put(
        Container.RECORDS, name.record, ring.seal(RecordContext(name.record), msgspec.msgpack.encode(edited))
    )
    await stage.refused(reader, stage.job)


class Gone(StrEnum):
    """How a job went."""

    DELETED = "deleted"
    EXPIRED = "expired"
    REVOKED = "revoked"


async def go(stage: Stage, gone: Gone, job: str) -> None:
    world = stage.world
    if gone is Gone.DELETED:
        await world.reader.delete(stage.owner, READ, job)
    elif gone is Gone.REVOKED:
        await world.purge.revocations.revoke(world.keys, stage.owner.principal.key_id)
    else:
        world.clock.advance(RETENTION + timedelta(seconds=1))
        await world.sweep.run()
    assert not [name for name in await world.objects() if job in name]


async def copy_of_all(stage: Stage) -> dict[tuple[Container, str], Sealed]:
    return {
        (container, listed.name): await stage.stored(container, listed.name)
        for container in Container
        async for listed in stage.world.store.list(container)
    }


@pytest.mark.parametrize("gone", Gone)
@pytest.mark.parametrize("state", ["waiting", "finished", "record alone"])
async def test_what_is_put_back_brings_no_result_back(stage: Stage, gone: Gone, state: str) -> None:
    """This tests ensures that a whole copy of a job's objects is worth nothing once the job is erased."""
    job = await stage.world.submit(stage.owner) if state == "waiting" else stage.job
    name = stage.world.name(stage.owner, job)
    copy = await copy_of_all(stage)
    await go(stage, gone, job)
    for (container, path), sealed in copy.items():
        if container in OF_JOBS and job in path and (state != "record alone" or container is Container.RECORDS):
            await stage.put(container, path, sealed)
    await stage.refused(stage.owner, job)
    await stage.world.worker.run(name)
    await stage.refused(stage.owner, job)
    with pytest.raises(ApiError):
        await stage.world.reader.delete(stage.owner, READ, job)
    stage.world.clock.advance(RETENTION + timedelta(hours=1))
    await stage.world.sweep.run()
    assert not [left for left in await stage.world.objects() if job in left]
    await stage.world.sweep.run()
    assert (await stage.world.purge.verify()).repeated == 0


async def test_who_takes_the_receipt_away_as_well_is_found_by_the_ledger(stage: Stage) -> None:
    """This is the limit: within its 24 hours a job comes back when its receipt is removed too, and it shows."""
    copy = await copy_of_all(stage)
    await stage.world.reader.delete(stage.owner, READ, stage.job)
    await stage.world.sweep.run()
    await stage.world.purge.verify()
    for (container, path), sealed in copy.items():
        if container in OF_JOBS and stage.job in path:
            await stage.put(container, path, sealed)
    receipt = stage.world.purge.receipts.name(stage.job, Scope.EVERYTHING)
    await stage.world.store.delete(Container.RECEIPTS, receipt)
    assert await stage.reads(stage.owner, stage.job)
    with pytest.raises(LedgerRefuted) as refuted:
        await stage.world.purge.verify()
    assert refuted.value.findings == (Finding(Break.RECEIPT_MISSING, receipt),)


async def test_an_intent_put_back_or_elsewhere_erases_nothing(stage: Stage) -> None:
    victim = await stage.world.finished(stage.owner)
    await stage.world.reader.delete(stage.owner, READ, stage.job)
    name = stage.world.purge.receipts.name(stage.job, Scope.EVERYTHING)
    intent = await stage.stored(Container.INTENTS, name)
    await stage.world.sweep.run()
    await stage.put(Container.INTENTS, name, intent)
    await stage.put(Container.INTENTS, stage.world.purge.receipts.name(victim, Scope.EVERYTHING), intent)
    await stage.put(Container.INTENTS, "revocation/" + stage.owner.principal.key_id, intent)
    await stage.world.sweep.run()
    assert await stage.reads(stage.owner, victim)
    assert await stage.reads(stage.other, stage.other_job)
    await stage.world.purge.verify()


async def test_a_key_record_put_back_lets_the_key_in_and_brings_nothing_back(stage: Stage) -> None:
    """This is a limit too: a key record has no expiry, so whoever can write storage can undo a revocation."""
    copy = await copy_of_all(stage)
    await stage.world.purge.revocations.revoke(stage.world.keys, stage.owner.principal.key_id)
    for (container, path), sealed in copy.items():
        if container is not Container.INTENTS:
            await stage.put(container, path, sealed)
    await stage.world.keys.authenticate(stage.owner.api_key.text)
    await stage.refused(stage.owner, stage.job)
    # The next sweep revokes again, for as long as the revocation is open.
    await stage.world.sweep.run()
    with pytest.raises(ApiError):
        await stage.world.keys.authenticate(stage.owner.api_key.text)


async def test_an_old_record_of_a_waiting_job_put_back_after_its_end_is_not_run_again(stage: Stage) -> None:
    job = await stage.world.submit(stage.owner)
    name = stage.world.name(stage.owner, job)
    kept = await stage.stored(Container.RECORDS, name.record)
    await stage.world.worker.run(name)
    runs = len(stage.world.engine.seen)
    await stage.put(Container.RECORDS, name.record, kept)
    await stage.world.worker.run(name)
    assert len(stage.world.engine.seen) == runs
    assert (await stage.record(stage.owner, job)).state is State.FAILED


@given(position=st.integers(min_value=0), bit=st.integers(0, 7), cut=st.integers(1, 60))
def test_flipped_and_cut_objects_do_not_open(position: int, bit: int, cut: int) -> None:
    key, context = DataKey(bytes(range(32))), RecordContext("name")
    whole = seal(key, bytes(16), context, b"a canary sang" * 9).data
    flipped = bytearray(whole)
    flipped[position % len(whole)] ^= 1 << bit
    for broken in (bytes(flipped), whole[:-cut], whole + bytes(cut)):
        with pytest.raises(TamperedError):
            open_sealed(key, context, broken)


class Harm(StrEnum):
    """What is done to two stored objects."""

    FLIP = "a bit of the first is turned"
    CUT = "the end of the first is cut off"
    SPLICE = "the first goes on as the second does"
    SWAP = "they change places"
    COPY = "the second takes the place of the first"


def harmed(harm: Harm, one: bytes, other: bytes, at: int) -> tuple[bytes, bytes]:
    """What the two are afterwards; an empty one is no object any more."""
    at %= len(one)
    if harm is Harm.FLIP:
        return one[:at] + bytes([one[at] ^ 1 << at % 8]) + one[at + 1 :], other
    if harm is Harm.CUT:
        return one[:at], other
    if harm is Harm.SPLICE:
        return one[:at] + other[at:], other
    return (other, one) if harm is Harm.SWAP else (other, other)


@given(harm=st.sampled_from(Harm), first=st.integers(0, 99), second=st.integers(0, 99), at=st.integers(0, 20_000))
@settings(max_examples=150)
def test_whatever_is_done_to_storage_a_caller_gets_the_own_result_or_none(
    harm: Harm, first: int, second: int, at: int
) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(harm_and_read(Path(folder), harm, first, second, at))


async def harm_and_read(folder: Path, harm: Harm, first: int, second: int, at: int) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    world = build(MemoryStore(clock), clock, folder)
    owners = [await world.caller(tenant) for tenant in ("clinic", "clinic", "bank")]
    jobs = []
    for number, owner in enumerate(owners):
        world.engine.behave = partial(f'{{"content":"{number}"}}'.encode)
        jobs.append(await world.finished(owner))
    waiting = await world.submit(owners[0])
    stored = [(container, listed.name) for container in Container async for listed in world.store.list(container)]
    places = [stored[first % len(stored)], stored[second % len(stored)]]
    before = [(await read_object(world, place)) for place in places]
    for place, data in zip(places, harmed(harm, *before, at), strict=True):
        await world.store.delete(*place)
        with suppress(TamperedError):
            await world.store.create(*place, recognize(data))
    await world.worker.run(world.name(owners[0], waiting))
    with suppress(SweepIncomplete):
        await world.sweep.run()
    for number, (owner, job) in enumerate(zip(owners, jobs, strict=True)):
        with suppress(ApiError):
            caller = await world.keys.authenticate(owner.api_key.text)
            assert caller == owner
            result = (await world.reader.read(caller, READ, job)).analyze_result
            assert bytes(result or b"") == f'{{"content":"{number}"}}'.encode()


async def read_object(world: World, place: tuple[Container, str]) -> bytes:
    found = await world.store.get(*place)
    assert found is not None
    return found.untrusted
