"""An entry whose tasks fail in every way a parser can; a task is the name of a function and its argument."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NoReturn

import msgspec

from contract.errors import ApiError, Fault


def warm() -> None:
    """Nothing to load."""


def run(task: bytes, document: memoryview) -> bytes:
    name, _, argument = task.decode().partition(" ")
    return bytes(globals()[name](document, argument))


def _reply_pipe() -> int:
    """The writing end of the reply: the only pipe of this process."""
    return next(number for number in _open_descriptors() if _is_pipe(number))


def _is_pipe(descriptor: int) -> bool:
    return os.fstat(descriptor).st_mode & 0o170000 == 0o010000


def _open_descriptors() -> list[int]:
    found = []
    for descriptor in range(1024):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        found.append(descriptor)
    return found


def _pause_forever() -> NoReturn:
    while True:
        signal.pause()


def echo(document: memoryview, _: str) -> memoryview:
    return document


def look(document: memoryview, _: str) -> bytes:
    """What a child sees of where it runs."""
    return msgspec.json.encode(
        {
            "pid": os.getpid(),
            "ppid": os.getppid(),
            "session": os.getsid(0),
            "group": os.getpgid(0),
            "folder": os.getcwd(),
            "temporary": tempfile.gettempdir(),
            "environment": dict(os.environ),
            "descriptors": [os.readlink(f"/proc/self/fd/{number}").partition(":")[0] for number in _open_descriptors()],
        }
    )


def write_file(_: memoryview, name: str) -> bytes:
    Path(name).write_bytes(b"left behind")
    return b"written"


def write_and_crash(_: memoryview, name: str) -> NoReturn:
    Path(name).write_bytes(b"left behind")
    os.chmod(".", 0)
    os.abort()


def write_much(_: memoryview, size: str) -> bytes:
    Path("big").write_bytes(bytes(int(size)))
    return b"written"


def open_many(_: memoryview, count: str) -> bytes:
    return bytes(len([open("/dev/null", "rb") for _ in range(int(count))]))


def read_file(_: memoryview, name: str) -> bytes:
    return Path(name).read_bytes()


def crash(_: memoryview, number: str) -> bytes:
    os.kill(os.getpid(), int(number))
    return b""


def read_nowhere(_: memoryview, __: str) -> bytes:
    return ctypes.string_at(8)


def leave(_: memoryview, status: str) -> NoReturn:
    os._exit(int(status))


def system_exit(_: memoryview, status: str) -> NoReturn:
    raise SystemExit(int(status))


def hang(_: memoryview, __: str) -> NoReturn:
    _pause_forever()


def hang_deaf(_: memoryview, __: str) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _pause_forever()


def spin(_: memoryview, __: str) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def reply_late(_: memoryview, seconds: str) -> bytes:
    time.sleep(float(seconds))
    return b"late"


def reply_and_hang(_: memoryview, __: str) -> NoReturn:
    os.write(_reply_pipe(), struct.pack(">BQ", 0, 5) + b"whole")
    _pause_forever()


def reply_and_leave(_: memoryview, __: str) -> NoReturn:
    os.write(_reply_pipe(), struct.pack(">BQ", 0, 5) + b"whole")
    os._exit(0)


def reply_and_hang_deaf(_: memoryview, __: str) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(_reply_pipe(), struct.pack(">BQ", 0, 5) + b"whole")
    _pause_forever()


def close_and_hang(_: memoryview, __: str) -> NoReturn:
    os.close(_reply_pipe())
    _pause_forever()


def write_raw(_: memoryview, text: str) -> NoReturn:
    """Write these bytes (hexadecimal) as the reply and hang."""
    os.write(_reply_pipe(), bytes.fromhex(text))
    _pause_forever()


def write_raw_and_leave(_: memoryview, text: str) -> NoReturn:
    os.write(_reply_pipe(), bytes.fromhex(text))
    os._exit(0)


def flood(_: memoryview, __: str) -> NoReturn:
    """Announce little, write without end."""
    os.write(_reply_pipe(), struct.pack(">BQ", 0, 5))
    while True:
        os.write(_reply_pipe(), bytes(65536))


def large(_: memoryview, size: str) -> bytes:
    return b"x" * int(size)


def grow(_: memoryview, __: str) -> NoReturn:
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def refuse(_: memoryview, name: str) -> NoReturn:
    fault, _, target = name.partition(" ")
    raise ApiError(Fault[fault], detail="secret sentence of the document", target=target or None)


def fail(document: memoryview, _: str) -> NoReturn:
    raise RuntimeError(f"cannot read {bytes(document)!r}")


def open_socket(_: memoryview, kind: str) -> bytes:
    with socket.socket(socket.AF_INET, getattr(socket, kind)):
        return b"opened"


def connect(_: memoryview, port: str) -> bytes:
    with socket.create_connection(("127.0.0.1", int(port)), timeout=5):
        return b"connected"


def open_abstract_socket(_: memoryview, name: str) -> bytes:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + name)
    return b"connected"


def signal_other(_: memoryview, pid: str) -> bytes:
    os.kill(int(pid), 0)
    return b"reached"


def limit_other(_: memoryview, pid: str) -> bytes:
    resource.prlimit(int(pid), resource.RLIMIT_CORE)
    return b"reached"


def share_memory(_: memoryview, __: str) -> bytes:
    """Make a segment that outlives this process."""
    if ctypes.CDLL(None, use_errno=True).shmget(0, ctypes.c_size_t(4096), 0o600) == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return b"made"


def signal_itself(_: memoryview, __: str) -> bytes:
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)
    return b"%d" % resource.getrlimit(resource.RLIMIT_CORE)[0]


def execute(_: memoryview, program: str) -> bytes:
    subprocess.run([program], check=True)  # noqa: S603 - the program is this test's
    return b"ran"


def fork_in_group(_: memoryview, __: str) -> bytes:
    """Leave a grandchild behind in the child's own group, deaf to requests."""
    return _fork_and_linger(leave_group=False)


def fork_out_of_group(_: memoryview, __: str) -> bytes:
    """Leave a great-grandchild behind that has left the group."""
    return _fork_and_linger(leave_group=True)


def _fork_and_linger(*, leave_group: bool) -> bytes:
    reading, writing = os.pipe()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if leave_group:
            os.setsid()
            if os.fork() != 0:
                os._exit(0)
        os.write(writing, b"%d" % os.getpid())
        _pause_forever()
    os.close(writing)
    return os.read(reading, 20)


def fork_at_once(_: memoryview, __: str) -> bytes:
    if os.fork() == 0:
        os._exit(0)
    return b"forked"


def start_thread(_: memoryview, __: str) -> bytes:
    done = threading.Event()
    threading.Thread(target=done.set).start()
    return b"ran" if done.wait(10) else b"hung"


def leave_session(_: memoryview, __: str) -> bytes:
    if os.fork() == 0:
        os.setsid()
    return b"left"


def privileges(_: memoryview, __: str) -> bytes:
    """ "none", or the first privilege that is left."""
    libc = ctypes.CDLL(None)
    capabilities = (ctypes.c_uint32 * 6)()
    if libc.capget((ctypes.c_uint32 * 2)(0x20080522, 0), capabilities) != 0 or any(capabilities):
        return b"capabilities"
    if libc.prctl(3, 0, 0, 0, 0) != 0:
        return b"dumpable"
    if libc.prctl(39, 0, 0, 0, 0) != 1:
        return b"new privileges"
    return b"none"
