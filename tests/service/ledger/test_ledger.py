"""The ledger: each receipt once, in a chain that does not fork, and every change to it found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
import pytest

from service.clock import ManualClock
from service.jobs import fold
from service.jobs.sweep import SweepIncomplete
from service.ledger.ledger import LedgerBroken
from service.ledger.pages import BEFORE_THE_FIRST, HEAD_NAME, Entry, Page, digest, page_name
from service.ledger.verify import Break, LedgerRefuted
from service.store.contract import Changed, Container
from service.vault.context import RecordContext
from service.vault.envelope import recognize
from service.vault.record_key import RecordKeyRing
from tests.service.jobs.conftest import World, build


async def pages(world: World) -> list[Page]:
    found = []
    while (raw := await world.purge.ledger.page(len(found) + 1)) is not None:
        found.append(msgspec.json.decode(raw, type=Page))
    return found


async def folded(world: World, sweeps: int) -> None:
    """As many pages as `sweeps`, with two receipts each."""
    caller = await world.caller()
    for _ in range(sweeps):
        await world.finished(caller)
        await world.finished(caller)
        await world.sweep.run()


async def broken(world: World, witness: str = "") -> set[Break]:
    with pytest.raises(LedgerRefuted) as refuted:
        await world.purge.verify(witness)
    return {finding.kind for finding in refuted.value.findings}


async def test_pages_follow_each_other(world: World) -> None:
    await folded(world, 3)
    found = await pages(world)
    assert [page.sequence for page in found] == [1, 2, 3]
    assert [len(page.entries) for page in found] == [2, 2, 2]
    assert found[0].previous == BEFORE_THE_FIRST
    head = await world.purge.lookup.head()
    raw = await world.purge.ledger.page(3)
    assert raw is not None
    assert (head.sequence, head.page) == (3, digest(raw))
    verified = await world.purge.verify()
    assert (verified.pages, verified.receipts, verified.waiting) == (3, 6, 0)


async def test_a_sweep_without_receipts_adds_no_page(world: World) -> None:
    await world.sweep.run()
    await folded(world, 1)
    await world.sweep.run()
    assert len(await pages(world)) == 1
    assert [listed async for listed in world.store.list(Container.INTENTS)] == []


async def test_many_receipts_make_many_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "_PAGE", 2)
    caller = await world.caller()
    for _ in range(5):
        await world.finished(caller)
    await world.sweep.run()
    assert [len(page.entries) for page in await pages(world)] == [2, 2, 1]
    assert (await world.purge.verify()).receipts == 5


async def test_receipts_wait_for_the_next_sweep(world: World) -> None:
    await folded(world, 1)
    await world.finished(await world.caller())
    verified = await world.purge.verify()
    assert (verified.receipts, verified.waiting) == (2, 1)


async def test_an_empty_ledger_is_right(world: World) -> None:
    assert (await world.purge.verify()).pages == 0


async def test_of_two_sweeps_at_once_one_adds_the_page(world: World) -> None:
    await folded(world, 1)
    await world.finished(await world.caller())
    tail = await world.purge.ledger.tail()
    await world.sweep.run()
    with pytest.raises(Changed):
        await world.purge.ledger.append(tail, (Entry("x", digest(b"x")),))
    await world.purge.verify()


async def test_an_older_head_is_not_published_over_a_newer_one(world: World) -> None:
    await folded(world, 1)
    older = await world.purge.ledger.tail()
    await folded(world, 1)
    await world.purge.ledger._publish(older)
    assert (await world.purge.lookup.head()).sequence == 2


async def test_a_head_that_was_not_written_is_written_by_the_next_sweep(world: World) -> None:
    await folded(world, 1)
    head = await world.store.get(Container.LEDGER, HEAD_NAME)
    assert head is not None
    await folded(world, 1)
    await world.store.delete(Container.LEDGER, HEAD_NAME)
    await world.store.create(Container.LEDGER, HEAD_NAME, recognize(head.untrusted))
    await world.sweep.run()
    assert (await world.purge.lookup.head()).sequence == 2


async def test_a_restart_goes_on_with_the_chain(world: World, clock: ManualClock, tmp_path) -> None:  # type: ignore[no-untyped-def]
    await folded(world, 2)
    again = build(world.store, clock, tmp_path / "keys")
    await folded(again, 1)
    assert (await again.purge.verify()).pages == 3


async def drop(world: World, container: Container, name: str) -> None:
    await world.store.delete(container, name)


async def swap(world: World, container: Container, name: str, other: str) -> None:
    stored = await world.store.get(container, other)
    assert stored is not None
    await world.store.delete(container, name)
    await world.store.create(container, name, recognize(stored.untrusted))


def ring(world: World) -> RecordKeyRing:
    return world.purge.ledger._ring


async def rewrite(world: World, sequence: int) -> None:
    """What a holder of all keys but the signing key may try: leave a receipt out and seal the page anew."""
    raw = await world.purge.ledger.page(sequence)
    assert raw is not None
    page = msgspec.json.decode(raw, type=Page)
    changed = msgspec.json.encode(msgspec.structs.replace(page, entries=page.entries[1:]))
    name = page_name(sequence)
    await drop(world, Container.LEDGER, name)
    await world.store.create(Container.LEDGER, name, ring(world).lasting.seal(RecordContext(name), changed))


async def first_receipt(world: World) -> str:
    return (await pages(world))[0].entries[0].receipt


async def drop_receipt(world: World) -> None:
    await drop(world, Container.RECEIPTS, await first_receipt(world))


async def swap_receipt(world: World) -> None:
    page = (await pages(world))[0]
    await swap(world, Container.RECEIPTS, page.entries[0].receipt, page.entries[1].receipt)


async def forge_receipt(world: World) -> None:
    name = await first_receipt(world)
    await drop(world, Container.RECEIPTS, name)
    await world.store.create(Container.RECEIPTS, name, ring(world).lasting.seal(RecordContext(name), b"a.b.c"))


async def forge_head(world: World) -> None:
    await drop(world, Container.LEDGER, HEAD_NAME)
    sealed = ring(world).lasting.seal(RecordContext(HEAD_NAME), b"a.b.c")
    await world.store.create(Container.LEDGER, HEAD_NAME, sealed)


ATTACKS: list[tuple[str, Callable[[World], Awaitable[None]], set[Break]]] = [
    ("cut tail", lambda w: drop(w, Container.LEDGER, page_name(3)), {Break.HEAD_ELSEWHERE, Break.RECEIPT_UNLISTED}),
    ("hole", lambda w: drop(w, Container.LEDGER, page_name(2)), {Break.PAGE_MISSING, Break.RECEIPT_UNLISTED}),
    ("no head", lambda w: drop(w, Container.LEDGER, HEAD_NAME), {Break.HEAD_BEHIND}),
    ("forged head", forge_head, {Break.HEAD_UNREADABLE}),
    ("page over page", lambda w: swap(w, Container.LEDGER, page_name(2), page_name(1)), {Break.PAGE_UNREADABLE}),
    ("rewritten page", lambda w: rewrite(w, 2), {Break.PAGE_UNLINKED, Break.RECEIPT_UNLISTED}),
    ("rewritten end", lambda w: rewrite(w, 3), {Break.HEAD_ELSEWHERE, Break.RECEIPT_UNLISTED}),
    ("receipt gone", drop_receipt, {Break.RECEIPT_MISSING}),
    ("receipt swapped", swap_receipt, {Break.RECEIPT_ALTERED}),
    ("receipt forged", forge_receipt, {Break.RECEIPT_ALTERED}),
]


@pytest.mark.parametrize(("attack", "found"), [pytest.param(*rest, id=name) for name, *rest in ATTACKS])
async def test_a_change_is_found(world: World, attack: Callable[[World], Awaitable[None]], found: set[Break]) -> None:
    await folded(world, 3)
    await world.purge.verify()
    await attack(world)
    assert found <= await broken(world)


async def test_a_tail_cut_off_with_its_head_and_its_receipts_shows_to_who_kept_the_head(world: World) -> None:
    await folded(world, 2)
    head = await world.store.get(Container.LEDGER, HEAD_NAME)
    assert head is not None
    await folded(world, 1)
    witness = (await world.purge.lookup.head()).signed
    await world.purge.verify(witness)
    for entry in (await pages(world))[2].entries:
        await drop(world, Container.RECEIPTS, entry.receipt)
    await drop(world, Container.LEDGER, page_name(3))
    await drop(world, Container.LEDGER, HEAD_NAME)
    await world.store.create(Container.LEDGER, HEAD_NAME, recognize(head.untrusted))
    await world.purge.verify()
    assert await broken(world, witness) == {Break.WITNESS_ELSEWHERE}


async def test_a_receipt_that_only_the_ledger_vouches_for_is_found(world: World) -> None:
    await folded(world, 1)
    await forge_receipt(world)
    name = await first_receipt(world)
    await world.purge.ledger.append(await world.purge.ledger.tail(), (Entry(name, digest(b"a.b.c")),))
    assert await broken(world) == {Break.RECEIPT_UNSIGNED}


async def test_a_head_may_be_one_page_behind_and_not_two(world: World) -> None:
    await folded(world, 1)
    head = await world.store.get(Container.LEDGER, HEAD_NAME)
    assert head is not None
    await folded(world, 1)
    await drop(world, Container.LEDGER, HEAD_NAME)
    await world.store.create(Container.LEDGER, HEAD_NAME, recognize(head.untrusted))
    await world.purge.verify()
    await folded(world, 1)
    await drop(world, Container.LEDGER, HEAD_NAME)
    await world.store.create(Container.LEDGER, HEAD_NAME, recognize(head.untrusted))
    assert await broken(world) == {Break.HEAD_BEHIND}


async def test_nothing_is_added_after_a_page_that_does_not_follow_the_one_before(world: World) -> None:
    await folded(world, 2)
    await rewrite(world, 1)
    await drop(world, Container.LEDGER, HEAD_NAME)
    with pytest.raises(LedgerBroken):
        await world.purge.ledger.tail()


async def test_nothing_is_added_to_a_broken_ledger_and_erasing_goes_on(world: World) -> None:
    await folded(world, 2)
    await rewrite(world, 2)
    caller = await world.caller()
    job = await world.finished(caller)
    with pytest.raises(LedgerBroken):
        await world.purge.ledger.tail()
    await world.reader.delete(caller, "prebuilt-read", job)
    with pytest.raises(SweepIncomplete):
        await world.sweep.run()
    assert len(await pages(world)) == 2
    assert (await world.purge.lookup.receipts_of(caller, job)).receipts
