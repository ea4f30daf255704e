"""What a sweep costs: it grows with what is due, not with what lives."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec

from contract.ids import new_result_id
from service.clock import ManualClock
from service.jobs.record import RETENTION
from service.store.contract import Container, Listed, Stored
from service.store.memory import MemoryStore
from service.vault.envelope import recognize
from tests.service.jobs.conftest import World, build

LIVE, DUE = 10_000, 10
CALLS_FOR_ONE = 10
"""Most reads and deletions that erasing one job takes: its record, its receipt, its objects, looking again."""
CALLS_FOR_NONE = 20
"""Most of them that a sweep takes beside: open erasures, hours, ledger, report."""


class CountingStore(MemoryStore):
    """Counts the calls that a sweep makes, and the entries that its listings give."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__(clock)
        self.made: Counter[str] = Counter()

    async def get(self, container: Container, name: str) -> Stored | None:
        self.made["get"] += 1
        return await super().get(container, name)

    async def delete(self, container: Container, name: str) -> None:
        self.made["delete"] += 1
        await super().delete(container, name)

    async def list(self, container: Container, prefix: str = "") -> AsyncIterator[Listed]:
        self.made["list"] += 1
        async for listed in super().list(container, prefix):
            self.made["listed"] += 1
            yield listed

    async def folders(self, container: Container) -> AsyncIterator[str]:
        self.made["folders"] += 1
        async for folder in super().folders(container):
            yield folder


async def populate(world: World) -> None:
    """Finished jobs, all made from one: `DUE` in the seconds before now, `LIVE` evenly in the day after it."""
    caller = await world.caller()
    model = world.name(caller, await world.finished(caller))
    held = await world.records.load(model)
    assert held is not None
    [result] = [listed.name async for listed in world.store.list(Container.RESULTS, model.prefix)]
    stored = await world.store.get(Container.RESULTS, result)
    assert stored is not None
    await world.store.delete(Container.RECORDS, model.record)
    await world.store.delete(Container.RESULTS, result)
    shifts = [-timedelta(seconds=number) for number in range(DUE)]
    shifts += [RETENTION * number / (LIVE + 1) for number in range(1, LIVE + 1)]
    for shift in shifts:
        moment = world.clock.now() + shift
        record = msgspec.structs.replace(
            held.record, job=new_result_id(moment), accepted=moment, updated=moment, completed=moment
        )
        name = world.name(caller, record.job)
        await world.records.create(name, record)
        await world.store.create(Container.RESULTS, name.result(record.attempt or ""), recognize(stored.untrusted))


async def test_ten_thousand_live_jobs_cost_a_sweep_nothing_but_their_hour(clock: ManualClock, tmp_path: Path) -> None:
    store = CountingStore(clock)
    world = build(store, clock, tmp_path / "keys")
    await populate(world)
    clock.advance(RETENTION)
    store.made.clear()
    assert await world.sweep.run() == DUE
    made = dict(store.made)
    # The oldest hour may hold jobs that are due; the listings look into no other hour, once to erase and
    # once to see what is the oldest object now.
    in_the_oldest_hour = 2 * (DUE + LIVE // 24)
    assert made["listed"] <= 2 * in_the_oldest_hour + 2 * DUE
    assert made["folders"] <= 2 * len(Container)
    assert made["get"] + made["delete"] + made["list"] <= CALLS_FOR_ONE * DUE + CALLS_FOR_NONE
    left = Counter(name.partition("/")[0] for name in await world.objects())
    assert left[Container.RECORDS] == left[Container.RESULTS] == LIVE


async def test_a_sweep_with_nothing_due_reads_no_job(clock: ManualClock, tmp_path: Path) -> None:
    store = CountingStore(clock)
    world = build(store, clock, tmp_path / "keys")
    caller = await world.caller()
    for _ in range(5):
        await world.finished(caller)
    await world.sweep.run()
    clock.advance(timedelta(hours=23))
    store.made.clear()
    assert await world.sweep.run() == 0
    assert store.made["delete"] == 0
    # The ledger and the report.
    assert store.made["get"] <= 4
