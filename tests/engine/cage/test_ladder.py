"""The kill ladder, rung by rung: grace, a request to the group, the end of the group."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from contract.errors import ApiError
from engine.cage import CageLost
from tests.engine.cage.conftest import MakeCage, children, ended


async def test_a_child_that_ends_by_itself_gets_no_signal(make_cage: MakeCage, signals: list[int]) -> None:
    cage = await make_cage()
    assert await cage.run(b"reply_and_leave", b"") == b"whole"
    assert signals == []


async def test_an_answer_that_comes_within_the_grace_still_counts(make_cage: MakeCage, signals: list[int]) -> None:
    cage = await make_cage(wall_seconds=0.05, grace_seconds=10.0)
    assert await cage.run(b"reply_late 0.2", b"") == b"late"
    assert signals == []


async def test_a_child_that_lingers_is_asked_to_end(make_cage: MakeCage, signals: list[int]) -> None:
    cage = await make_cage(grace_seconds=0.1)
    assert await cage.run(b"reply_and_hang", b"") == b"whole"
    assert signals == [signal.SIGTERM]


async def test_a_child_that_does_not_hear_is_ended(make_cage: MakeCage, signals: list[int]) -> None:
    cage = await make_cage(grace_seconds=0.1)
    assert await cage.run(b"reply_and_hang_deaf", b"") == b"whole"
    assert signals == [signal.SIGTERM, signal.SIGKILL]


async def test_a_child_that_closes_its_reply_climbs_the_same_ladder(make_cage: MakeCage, signals: list[int]) -> None:
    cage = await make_cage(grace_seconds=0.1)
    with pytest.raises(ApiError):
        await cage.run(b"close_and_hang", b"")
    assert signals == [signal.SIGTERM]


async def test_cancelling_ends_the_child_at_once(make_cage: MakeCage, signals: list[int]) -> None:
    cage = await make_cage()
    run = asyncio.create_task(cage.run(b"hang_deaf", b""))
    (child,) = await children(cage, 1)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert signals == [signal.SIGKILL]
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


async def test_cancelling_twice_leaves_nothing_either(make_cage: MakeCage) -> None:
    cage = await make_cage()
    run = asyncio.create_task(cage.run(b"hang_deaf", b""))
    await children(cage, 1)
    run.cancel()
    await asyncio.sleep(0)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    await children(cage, 0)
    await cage.close()


async def test_cancelling_at_any_step_leaves_nothing(make_cage: MakeCage) -> None:
    cage = await make_cage()
    for steps in range(12):
        run = asyncio.create_task(cage.run(b"hang", b""))
        for _ in range(steps):
            await asyncio.sleep(0)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run


async def test_a_zygote_that_does_not_follow_orders_is_ended(make_cage: MakeCage) -> None:
    cage = await make_cage(wall_seconds=0.3, grace_seconds=0.1)
    zygote = cage.pid
    assert zygote is not None
    run = asyncio.create_task(cage.run(b"hang_deaf", b""))
    (child,) = await children(cage, 1)
    handle = os.pidfd_open(child)
    os.kill(zygote, signal.SIGSTOP)
    with pytest.raises(CageLost):
        await run
    await ended(handle)
    os.close(handle)
    assert cage.pid is None
    assert await cage.run(b"echo", b"next") == b"next"
