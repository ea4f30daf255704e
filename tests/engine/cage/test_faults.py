"""Every way in which a child fails ends as one typed error; `make_cage` sees that nothing is left of it."""

from __future__ import annotations

import asyncio
import os
import struct
from collections.abc import Awaitable

import pytest

from contract.errors import ApiError, Fault
from tests.engine.cage.conftest import MakeCage

HEADER = struct.Struct(">BQ")


async def fails(run: Awaitable[bytes], caplog: pytest.LogCaptureFixture) -> str:
    """Await a run that must end as the one error; answer the line that it logs."""
    with pytest.raises(ApiError) as refused:
        await run
    assert refused.value.fault is Fault.MODEL_ANALYZE_ERROR
    assert (refused.value.detail, refused.value.target) == (None, None)
    (record,) = caplog.records
    return record.getMessage()


@pytest.mark.parametrize(
    ("task", "line"),
    [
        ("crash 11", "signal 11"),
        ("crash 6", "signal 6"),
        ("crash 9", "signal 9"),
        ("read_nowhere", "signal 11"),
        ("leave 3", "exit code 3"),
        ("leave 0", "reply cut short"),
        ("system_exit 0", "SystemExit"),
        ("fail", "tests.engine.cage.failing:"),
        ("grow", "MemoryError"),
        ("write_and_crash note.txt", "signal 6"),
        ("refuse INTERNAL_SERVER_ERROR", "not a fault of a document"),
        ("refuse INVALID_CONTENT <script>", "malformed target"),
        (f"write_raw_and_leave {HEADER.pack(0, 100).hex()}", "reply cut short"),
        ("write_raw_and_leave 00", "reply cut short"),
    ],
)
async def test_a_child_that_ends_without_an_answer(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture, task: str, line: str
) -> None:
    cage = await make_cage()
    logged = await fails(cage.run(task.encode(), b"canary of the document"), caplog)
    assert line in logged
    assert "canary" not in logged
    assert await cage.run(b"echo", b"next") == b"next"


@pytest.mark.parametrize(
    ("task", "line"),
    [
        ("write_raw 637261702e2e2e2e2e2e2e", "unknown kind"),
        (f"write_raw {HEADER.pack(0, 2**64 - 1).hex()}", "too long"),
        (f"write_raw {HEADER.pack(1, 1000).hex()}", "too long"),
        (f"write_raw {HEADER.pack(1, 1).hex()}c1", "malformed fault"),
        ("flood", "longer than announced"),
        ("large 2000000", "too long"),
    ],
)
async def test_a_child_that_writes_what_is_no_answer_is_ended_at_once(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture, signals: list[int], task: str, line: str
) -> None:
    cage = await make_cage(output_bytes=1_000_000, grace_seconds=0.1 if "malformed" in line else 5.0)
    assert line in await fails(cage.run(task.encode(), b""), caplog)
    assert signals[-1:] == [9] or "malformed" in line


@pytest.mark.parametrize("task", ["hang", "hang_deaf", "spin", f"write_raw {HEADER.pack(0, 9).hex()}"])
async def test_a_child_that_does_not_answer_in_time(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture, task: str
) -> None:
    cage = await make_cage(wall_seconds=0.3, grace_seconds=0.1)
    assert "reply cut short" in await fails(cage.run(task.encode(), b""), caplog)


async def test_a_child_that_spends_its_processor_time(make_cage: MakeCage, caplog: pytest.LogCaptureFixture) -> None:
    cage = await make_cage(cpu_seconds=1)
    assert "signal 9" in await fails(cage.run(b"spin", b""), caplog)


async def test_a_child_that_writes_too_large_a_file(make_cage: MakeCage, caplog: pytest.LogCaptureFixture) -> None:
    cage = await make_cage(file_bytes=10_000)
    assert await cage.run(b"write_much 10000", b"") == b"written"
    assert "OSError" in await fails(cage.run(b"write_much 10001", b""), caplog)


async def test_a_child_that_opens_too_many_files(make_cage: MakeCage, caplog: pytest.LogCaptureFixture) -> None:
    cage = await make_cage(open_files=32)
    assert len(await cage.run(b"open_many 20", b"")) == 20
    assert "OSError" in await fails(cage.run(b"open_many 40", b""), caplog)


@pytest.mark.parametrize("task", ["fork_in_group", "fork_out_of_group"])
async def test_what_a_child_started_ends_with_it(make_cage: MakeCage, task: str) -> None:
    cage = await make_cage("tests.engine.cage.bare", processes=100_000)
    lingering = int(await cage.run(task.encode(), b""))
    with pytest.raises(ProcessLookupError):
        os.kill(lingering, 0)


async def test_a_run_beside_one_that_leaves_processes_behind_goes_on(make_cage: MakeCage) -> None:
    cage = await make_cage("tests.engine.cage.bare", processes=100_000)
    slow = asyncio.create_task(cage.run(b"reply_late 0.3", b""))
    await cage.run(b"fork_out_of_group", b"")
    assert not slow.done()
    assert await slow == b"late"
