"""What a child cannot reach: secrets of the service, files, the network, other processes."""

from __future__ import annotations

import inspect
import os
import secrets
import socket
from collections.abc import Awaitable, Iterator
from pathlib import Path

import msgspec
import pytest

import engine
from contract.errors import ApiError
from engine.cage import landlock, seccomp
from tests.engine.cage.conftest import BARE, FAILING, MakeCage

WITHOUT_LANDLOCK = "tests.engine.cage.without_landlock"
WITHOUT_SECCOMP = "tests.engine.cage.without_seccomp"

needs_seccomp = pytest.mark.skipif(not seccomp.available(), reason="this platform has no seccomp")


def needs_landlock(version: int) -> pytest.MarkDecorator:
    return pytest.mark.skipif(landlock.version() < version, reason=f"this kernel has no Landlock {version}")


async def fails_with(error: str, run: Awaitable[bytes], caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ApiError):
        await run
    assert caplog.messages[-1].endswith(error)
    caplog.clear()


@pytest.fixture
def canary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A secret in the memory, in the environment and in an inheritable file of this process."""
    canary = secrets.token_hex(16)
    monkeypatch.setenv("SERVICE_SECRET", canary)
    (tmp_path / "secret").write_text(canary)
    with (tmp_path / "secret").open() as inheritable:
        os.set_inheritable(inheritable.fileno(), True)
        yield canary


async def test_no_secret_of_the_service_reaches_a_child(canary: str, make_cage: MakeCage) -> None:
    cage = await make_cage(BARE)
    memory = await cage.run(b"memory", b"")
    seen = msgspec.json.decode(await cage.run(b"look", b"document"))
    # The look reaches the interpreter's objects, the command line and the environment.
    for present in (BARE, "engine.cage.zygote", "OMP_NUM_THREADS=1"):
        assert present.encode() in memory
    assert canary.encode() not in memory
    assert sorted(seen["descriptors"][3:]) == ["/memfd", "pipe"]
    assert set(seen["environment"]) <= {
        *("PATH", "LANG", "PYTHONPATH", "TMPDIR", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
        *("GLIBC_TUNABLES", "LD_LIBRARY_PATH"),
    }


async def test_a_child_has_the_null_device_its_reply_and_its_input(make_cage: MakeCage) -> None:
    cage = await make_cage()
    seen = msgspec.json.decode(await cage.run(b"look", b"document"))
    assert seen["descriptors"][:3] == ["/dev/null"] * 3
    assert sorted(seen["descriptors"][3:]) == ["/memfd", "pipe"]


@needs_landlock(1)
async def test_a_child_reads_code_and_nothing_else(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    cage = await make_cage()
    code = Path(engine.__file__)
    assert await cage.run(f"read_file {code}".encode(), b"") == inspect.getsource(engine).encode()
    note = tmp_path / "note"
    note.write_text("private")
    for forbidden in (note, "/etc/hostname", f"/proc/{os.getpid()}/environ", code.parents[1] / "pyproject.toml"):
        await fails_with("PermissionError", cage.run(f"read_file {forbidden}".encode(), b""), caplog)


@needs_landlock(1)
async def test_a_child_writes_to_its_folder_and_nowhere_else(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    cage = await make_cage()
    for forbidden in (tmp_path / "note", Path(engine.__file__).with_name("note"), "../note"):
        await fails_with("PermissionError", cage.run(f"write_file {forbidden}".encode(), b""), caplog)


@needs_seccomp
@pytest.mark.parametrize(
    "task", ["open_socket SOCK_STREAM", "open_socket SOCK_DGRAM", "execute /bin/true", "fork_at_once", "leave_session"]
)
async def test_system_calls_that_a_child_has_no_use_for_fail(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture, task: str
) -> None:
    cage = await make_cage()
    await fails_with("PermissionError", cage.run(task.encode(), b""), caplog)


@needs_seccomp
@pytest.mark.parametrize("task", ["signal_other", "limit_other", "share_memory"])
async def test_seccomp_alone_keeps_a_child_to_itself(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture, task: str
) -> None:
    cage = await make_cage(WITHOUT_LANDLOCK)
    await fails_with("PermissionError", cage.run(f"{task} {os.getpid()}".encode(), b""), caplog)


@needs_seccomp
async def test_a_child_signals_and_limits_itself(make_cage: MakeCage) -> None:
    cage = await make_cage()
    assert await cage.run(b"signal_itself", b"") == b"0"


@needs_seccomp
async def test_threads_start_where_processes_do_not(make_cage: MakeCage) -> None:
    cage = await make_cage()
    assert await cage.run(b"start_thread", b"") == b"ran"


@needs_seccomp
async def test_processes_may_be_allowed_while_sockets_stay_forbidden(
    make_cage: MakeCage, caplog: pytest.LogCaptureFixture
) -> None:
    cage = await make_cage(processes=100_000)
    assert await cage.run(b"fork_at_once", b"") == b"forked"
    assert await cage.run(b"execute /bin/true", b"") == b"ran"
    await fails_with("PermissionError", cage.run(b"open_socket SOCK_STREAM", b""), caplog)


@needs_landlock(4)
async def test_landlock_alone_closes_tcp(make_cage: MakeCage, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect = f"connect {server.getsockname()[1]}".encode()
        bare = await make_cage(BARE)
        assert await bare.run(connect, b"") == b"connected"
        cage = await make_cage(WITHOUT_SECCOMP)
        await fails_with("PermissionError", cage.run(connect, b""), caplog)


@needs_landlock(6)
async def test_landlock_alone_hides_other_processes(make_cage: MakeCage, caplog: pytest.LogCaptureFixture) -> None:
    cage = await make_cage(WITHOUT_SECCOMP)
    await fails_with("PermissionError", cage.run(f"signal_other {os.getpid()}".encode(), b""), caplog)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0ephemera-test")
        server.listen()
        await fails_with("PermissionError", cage.run(b"open_abstract_socket ephemera-test", b""), caplog)


@pytest.mark.parametrize("entry", [FAILING, BARE])
async def test_a_child_has_no_capability_and_cannot_be_dumped(make_cage: MakeCage, entry: str) -> None:
    cage = await make_cage(entry)
    assert await cage.run(b"privileges", b"") == b"none"


async def test_the_cage_tells_what_the_platform_offers(make_cage: MakeCage) -> None:
    cage = await make_cage()
    assert cage.protection is not None
    assert cage.protection.landlock == landlock.version()
    assert cage.protection.seccomp == seccomp.available()
    bare = await make_cage(BARE)
    assert bare.protection is not None
    assert (bare.protection.landlock, bare.protection.seccomp) == (0, False)
