"""Who sees a job: the key that submitted it, and nobody else."""

from __future__ import annotations

from functools import partial

import pytest

from contract.errors import ApiError, Fault
from contract.ids import new_result_id
from service.vault.envelope import TamperedError
from tests.service.jobs.conftest import World


@pytest.mark.parametrize("stranger", ["other tenant", "other key", "other model", "unknown id", "no id", "deleted"])
async def test_strangers_get_the_same_refusal(world: World, stranger: str) -> None:
    owner = await world.caller("clinic")
    job, model, caller = await world.finished_with_files(owner), "prebuilt-read", owner
    if stranger == "other tenant":
        caller = await world.caller("bank")
    elif stranger == "other key":
        caller = await world.caller("clinic")
    elif stranger == "other model":
        model = "prebuilt-layout"
    elif stranger == "unknown id":
        job = new_result_id(world.clock.now())
    elif stranger == "no id":
        job = "../../records"
    else:
        await world.reader.delete(owner, model, job)
    reader = world.reader
    for act in (reader.read, reader.pdf, partial(reader.figure, untrusted_figure_id="1.1"), reader.delete):
        with pytest.raises(ApiError) as refused:
            await act(caller, model, job)
        assert refused.value.fault is Fault.NOT_FOUND
        assert refused.value.detail is None


async def test_a_record_that_says_another_tenant_than_its_name_does_not_open(world: World) -> None:
    owner, stranger = await world.caller("clinic"), await world.caller("bank")
    job = await world.finished(owner)
    held = await world.records.load(world.name(owner, job))
    assert held is not None
    await world.records.create(world.name(stranger, job), held.record)
    with pytest.raises(TamperedError):
        await world.records.load(world.name(stranger, job))


async def test_a_stranger_cannot_delete(world: World) -> None:
    owner, stranger = await world.caller("clinic"), await world.caller("clinic")
    job = await world.finished(owner)
    with pytest.raises(ApiError):
        await world.reader.delete(stranger, "prebuilt-read", job)
    assert (await world.reader.read(owner, "prebuilt-read", job)).analyze_result is not None


async def test_a_revoked_key_is_refused_at_once(world: World) -> None:
    caller = await world.caller()
    assert await world.keys.revoke(caller.principal.key_id)
    with pytest.raises(ApiError) as refused:
        await world.keys.authenticate(caller.api_key.text)
    assert refused.value.fault is Fault.UNAUTHORIZED
    assert not await world.keys.revoke(caller.principal.key_id)


async def test_keys_are_listed_without_the_keys(world: World) -> None:
    caller = await world.caller("clinic")
    [record] = [record async for record in world.keys.list()]
    assert (record.tenant, record.key_id) == ("clinic", caller.principal.key_id)


@pytest.mark.parametrize("text", [None, "", "eph_", "x" * 47, "eph_" + "A" * 43, "\x00", "ключ"])
async def test_what_is_no_key_is_refused(world: World, text: str | None) -> None:
    with pytest.raises(ApiError) as refused:
        await world.keys.authenticate(text)
    assert refused.value.fault is Fault.UNAUTHORIZED
