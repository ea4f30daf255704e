"""seccomp: system calls that a child has no use for fail with EPERM.

Reading and laying out a document needs files, memory and time. It needs no socket, no program, no memory or
message that outlives the process, and nothing of other processes: no look into them, no signal to them, no change
of their limits or their turn. A thread is allowed, because decoders of images start some whatever they are told.
Architectures without a column here get no filter; `available` tells.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from typing import Final

from engine.cage.kernel import prctl

_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2

# Instructions of linux/bpf_common.h, and answers of linux/seccomp.h.
_LOAD: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_JUMP_IF_AT_LEAST: Final = 0x35
_JUMP_IF_SET: Final = 0x45
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_KILL_PROCESS: Final = 0x80000000
_FAIL_WITH: Final = 0x00050000
_OFFSET_OF_NUMBER: Final = 0
_OFFSET_OF_ARCHITECTURE: Final = 4
_OFFSET_OF_FIRST_ARGUMENT: Final = 16
"""The lower half of the first argument; both architectures are little-endian."""

_CLONE: Final = (56, 220)
_CLONE3: Final = (435, 435)
_CLONE_THREAD: Final = 0x10000
"""The flag of `clone` for a thread of the same process."""

_X32_CALLS: Final = 0x40000000
"""From here on x86-64 numbers its calls a second time; no number of aarch64 is that large."""

_ARCHITECTURES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column in the tables below, and the architecture as the kernel tells it to a filter."""

_Numbers = tuple[int | None, int | None]

_FORBIDDEN: Final[dict[str, _Numbers]] = {
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "setsid": (112, 157),
    "setpgid": (109, 154),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
}

_SIGNALS: Final[dict[str, tuple[int, int]]] = {"kill": (62, 129), "tgkill": (234, 131)}
_PRLIMIT: Final = (302, 261)

_NEW_PROCESSES: Final[dict[str, _Numbers]] = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def available() -> bool:
    """Whether this kernel and architecture can filter."""
    if platform.machine() not in _ARCHITECTURES:
        return False
    try:
        # A null filter is a bad address to a kernel that filters, and a bad argument to one that does not.
        prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER)
    except OSError as error:
        return error.errno == errno.EFAULT
    return False


def restrict(*, forbid_processes: bool) -> None:
    """Filter the calls of this process for good. Needs no_new_privs. Raises OSError when the kernel refuses."""
    column, architecture = _ARCHITECTURES[platform.machine()]
    calls = _FORBIDDEN | _NEW_PROCESSES if forbid_processes else _FORBIDDEN
    numbers = [number for row in calls.values() if (number := row[column]) is not None]
    inner = [*_itself_only(column), *_threads_only(column)] if forbid_processes else []
    refuse = len(numbers) + len(inner) + 1
    program = [
        (_LOAD, 0, 0, _OFFSET_OF_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _OFFSET_OF_NUMBER),
        (_JUMP_IF_AT_LEAST, refuse, 0, _X32_CALLS),
        *((_JUMP_IF_EQUAL, refuse - place, 0, number) for place, number in enumerate(numbers, start=1)),
        *inner,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL_WITH | errno.EPERM),
    ]
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(_Program(len(program), packed)))


def _itself_only(column: int) -> list[tuple[int, int, int, int]]:
    """What lets a process that has no descendants signal and limit itself and no other."""
    whose = {row[column]: os.getpid() for row in _SIGNALS.values()} | {_PRLIMIT[column]: 0}
    return [
        instruction
        for number, first_argument in whose.items()
        for instruction in (
            (_JUMP_IF_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _OFFSET_OF_FIRST_ARGUMENT),
            (_JUMP_IF_EQUAL, 0, 1, first_argument),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _FAIL_WITH | errno.EPERM),
        )
    ]


def _threads_only(column: int) -> list[tuple[int, int, int, int]]:
    """What lets `clone` start threads and no processes; the last two instructions of the program follow it."""
    return [
        # The flags of clone3 are in memory, where a filter cannot look; told that it is not there, libc uses clone.
        (_JUMP_IF_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _FAIL_WITH | errno.ENOSYS),
        (_JUMP_IF_EQUAL, 0, 2, _CLONE[column]),
        (_LOAD, 0, 0, _OFFSET_OF_FIRST_ARGUMENT),
        (_JUMP_IF_SET, 0, 1, _CLONE_THREAD),
    ]
