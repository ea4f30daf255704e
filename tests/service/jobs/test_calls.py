"""What a job costs in calls to storage; `bench/latency.py` tells why each is needed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

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


async def test_the_calls_up_to_the_moment_a_result_can_be_read(world: World, counted: Counter[str]) -> None:
    caller = await world.caller()
    counted.clear()
    await world.keys.authenticate(caller.api_key.text)
    job = await world.submit(caller)
    assert counted == {"get keys": 1, "create records": 1, "create uploads": 1}
    counted.clear()
    await world.worker.run(world.name(caller, job))
    until_commit = {"get records": 1, "replace records": 2, "get uploads": 1, "create results": 1}
    assert until_commit.items() <= counted.items()
    counted.clear()
    await world.reader.read(await world.keys.authenticate(caller.api_key.text), "prebuilt-read", job)
    assert counted["get keys"] == counted["get records"] == counted["get results"] == 1
