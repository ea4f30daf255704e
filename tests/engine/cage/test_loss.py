"""The zygote or the service dies: runs end as an error to be tried again, and no process outlives them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from engine.cage import CageLost
from engine.cage.spawn import scrubbed_environment
from tests.engine.cage.conftest import FAILING, MakeCage, children, children_of, ended

SERVICE = """
import asyncio, sys, tempfile
tempfile.tempdir = sys.argv[2]
from engine.cage import Cage
async def serve():
    cage = Cage(sys.argv[1])
    await cage.start()
    print(cage.pid, flush=True)
    await cage.run(b"hang_deaf", b"")
asyncio.run(serve())
"""


async def test_runs_of_a_killed_zygote_can_be_tried_again(make_cage: MakeCage) -> None:
    cage = await make_cage()
    runs = [asyncio.create_task(cage.run(b"hang_deaf", b"")) for _ in range(2)]
    handles = [os.pidfd_open(child) for child in await children(cage, 2)]
    assert cage.pid is not None
    os.kill(cage.pid, signal.SIGKILL)
    for run in runs:
        with pytest.raises(CageLost):
            await run
    for handle in handles:
        await ended(handle)
        os.close(handle)
    assert cage.pid is None
    assert await cage.run(b"echo", b"next") == b"next"


async def test_a_killed_service_leaves_no_process(temporary: Path) -> None:
    service = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SERVICE, FAILING, tempfile.gettempdir()),
        stdout=asyncio.subprocess.PIPE,
        env=scrubbed_environment(),
    )
    assert service.stdout is not None
    zygote = int(await service.stdout.readline())
    while not (found := children_of(zygote)):  # noqa: ASYNC110 - the kernel tells nobody of a fork
        await asyncio.sleep(0.005)
    handles = [os.pidfd_open(process) for process in (zygote, *found)]
    service.kill()
    await service.wait()
    for handle in handles:
        await ended(handle)
        os.close(handle)
