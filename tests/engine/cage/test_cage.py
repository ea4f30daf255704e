"""A run: what a child gets, what comes back, and that many can run beside each other."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

import msgspec
import pytest

from contract.errors import ApiError, Fault
from engine.cage import Cage, CageLost, SealedInput
from tests.engine.cage.conftest import MakeCage

HUGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")


@pytest.mark.parametrize("document", [b"", b"x", os.urandom(3_000_000)], ids=["empty", "one byte", "large"])
async def test_a_child_gets_the_document_and_its_answer_comes_back(make_cage: MakeCage, document: bytes) -> None:
    cage = await make_cage()
    assert await cage.run(b"echo", document) == document


async def test_a_sealed_input_serves_many_runs(make_cage: MakeCage) -> None:
    cage = await make_cage()
    with SealedInput([b"one, ", memoryview(b"two")]) as sealed:
        answers = await asyncio.gather(*(cage.run(b"echo", sealed) for _ in range(3)))
    assert answers == [b"one, two"] * 3


async def test_a_sealed_input_can_not_be_changed() -> None:
    with SealedInput([b"document"]) as sealed:
        with pytest.raises(PermissionError):
            os.pwrite(sealed.descriptor, b"D", 0)
        with pytest.raises(PermissionError):
            os.ftruncate(sealed.descriptor, 0)


async def test_each_child_has_a_session_and_a_folder_of_its_own(make_cage: MakeCage) -> None:
    cage = await make_cage()
    first, second = [msgspec.json.decode(await cage.run(b"look", b"")) for _ in range(2)]
    assert first["session"] == first["group"] == first["pid"] != second["pid"]
    assert first["ppid"] == second["ppid"] == cage.pid
    assert first["temporary"] == first["folder"] == first["environment"]["TMPDIR"] != second["folder"]


async def test_what_a_child_writes_to_its_folder_goes_with_it(make_cage: MakeCage) -> None:
    cage = await make_cage()
    assert await cage.run(b"write_file note.txt", b"") == b"written"


async def test_more_runs_than_a_socket_queues(make_cage: MakeCage) -> None:
    cage = await make_cage()
    answers = await asyncio.gather(*(cage.run(b"echo", b"%d" % number) for number in range(40)))
    assert answers == [b"%d" % number for number in range(40)]


async def test_a_cage_starts_with_its_first_run_and_again_after_it_was_closed(make_cage: MakeCage) -> None:
    cage = await make_cage()
    await cage.close()
    assert cage.pid is None
    assert await cage.run(b"echo", b"again") == b"again"


async def test_closing_ends_pending_runs(make_cage: MakeCage) -> None:
    cage = await make_cage()
    pending = asyncio.create_task(cage.run(b"hang", b""))
    await asyncio.sleep(0)
    await cage.close()
    with pytest.raises(CageLost):
        await pending


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("tests.engine.cage.nowhere", "ModuleNotFoundError"),
        ("tests.engine.cage.test_folder", "AttributeError"),
        ("tests.engine.cage.threaded", "left a thread running"),
    ],
)
async def test_an_entry_that_does_not_get_warm_is_told(make_cage: MakeCage, entry: str, reason: str) -> None:
    cage = Cage(entry)
    try:
        with pytest.raises(CageLost, match=f"could not start: .*{reason}"):
            await cage.start()
        assert cage.pid is None
    finally:
        await cage.close()


async def test_a_fault_comes_back_without_its_sentence(make_cage: MakeCage) -> None:
    cage = await make_cage()
    with pytest.raises(ApiError) as refused:
        await cage.run(b"refuse INVALID_CONTENT pages", b"")
    assert (refused.value.fault, refused.value.detail, refused.value.target) == (Fault.INVALID_CONTENT, None, "pages")


@pytest.mark.skipif(
    not HUGE_PAGES.exists() or "[never]" in HUGE_PAGES.read_text() or os.geteuid() != 0,
    reason="this kernel has no large pages, or tells of them to root alone",
)
async def test_a_zygote_with_much_in_memory_has_it_in_large_pages(make_cage: MakeCage) -> None:
    """This tests ensures that a fork does not copy a table of a hundred thousand pages."""
    cage = await make_cage("tests.engine.cage.roomy")
    assert kibibytes_in_large_pages(cage.pid) > 32 * 1024


def kibibytes_in_large_pages(pid: int | None) -> int:
    [found] = re.findall(r"AnonHugePages: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text())
    return int(found)
