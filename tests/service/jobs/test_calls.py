"""What a job costs in calls to storage; `bench/latency.py` tells why each is needed."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from service.jobs.record import RETENTION
from service.store.contract import Container
from tests.service.jobs.conftest import World

CALLS = ("create", "replace", "get", "delete")


@pytest.fixture
def counted(world: World, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Calls by kind and container."""
    made: Counter[str] = Counter()

    def counting(call: str) -> Any:
        original = getattr(world.store, call)

        async def wrapper(container: Container, *arguments: Any) -> Any:
            made[f"{call} {container}"] += 1
            return await original(container, *arguments)

        return wrapper

    for call in CALLS:
        monkeypatch.setattr(world.store, call, counting(call))
    listing = world.store.list

    def counted_list(container: Container, prefix: str = "") -> Any:
        made[f"list {container}"] += 1
        return listing(container, prefix)

    monkeypatch.setattr(world.store, "list", counted_list)
    return made


async def test_the_calls_of_a_job(world: World, counted: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """This tests ensures that erasing and proving it costs nothing before a result can be read."""
    caller = await world.caller()
    counted.clear()
    await world.keys.authenticate(caller.api_key.text)
    job = await world.submit(caller)
    assert counted == {"get keys": 1, "create records": 1, "create uploads": 1}
    counted.clear()

    until_commit: list[Counter[str]] = []
    ring = world.bell.ring
    monkeypatch.setattr(world.bell, "ring", lambda *end: (until_commit.append(counted.copy()), ring(*end)))
    await world.worker.run(world.name(caller, job))
    assert until_commit == [{"get records": 1, "replace records": 2, "get uploads": 1, "create results": 1}]
    assert counted - until_commit[0] == {
        "create intents": 1,
        "delete uploads": 1,
        "get uploads": 1,
        "create receipts": 1,
    }

    counted.clear()
    await world.reader.read(await world.keys.authenticate(caller.api_key.text), "prebuilt-read", job)
    # The receipt is looked for at the same time as the result, so it adds a call and no waiting.
    assert counted == {"get keys": 1, "get records": 1, "get results": 1, "get receipts": 1}


@pytest.mark.parametrize("near", [True, False])
async def test_the_calls_of_a_get_that_is_held(
    world: World, counted: Counter[str], monkeypatch: pytest.MonkeyPatch, near: bool
) -> None:
    """This tests ensures that a GET in the process that runs the job does not look at storage again and again."""
    caller = await world.caller()
    job = await world.submit(caller)
    monkeypatch.setattr(world.reader, "_hold", timedelta(seconds=5))
    monkeypatch.setattr(world.bell, "near", near)
    counted.clear()
    getting = asyncio.create_task(world.reader.read(caller, "prebuilt-read", job))
    for _ in range(9):
        for _ in range(20):
            await asyncio.sleep(0)
        world.clock.advance(timedelta(seconds=0.1))
    looks = counted["get records"]
    await world.worker.run(world.name(caller, job))
    operation = await getting
    assert operation.analyze_result is not None
    assert looks == (1 if near else 4)
    # The one read more is the worker's own: what it has committed needs no second look.
    assert counted["get records"] == looks + 1


async def test_the_calls_of_a_delete(world: World, counted: Counter[str]) -> None:
    caller = await world.caller()
    job = await world.finished(caller)
    counted.clear()
    await world.reader.delete(caller, "prebuilt-read", job)
    assert counted == {
        "get records": 1,
        "list records": 2,
        "list uploads": 2,
        "list parts": 2,
        "list results": 2,
        "get receipts": 1,
        "create intents": 1,
        "delete records": 1,
        "delete results": 1,
        "create receipts": 1,
    }


async def test_the_calls_of_a_sweep_for_each_job(world: World, counted: Counter[str]) -> None:
    caller = await world.caller()
    await world.sweep.run()
    counted.clear()
    await world.sweep.run()
    idle = counted.copy()
    for _ in range(20):
        await world.finished(caller)
    counted.clear()
    await world.sweep.run()
    folding = sum((counted - idle).values()) / 20
    assert folding <= 2.5
    world.clock.advance(RETENTION + timedelta(hours=1))
    counted.clear()
    await world.sweep.run()
    assert sum((counted - idle).values()) / 20 <= 10.5
    assert sum(idle.values()) <= 6
