"""The few kernel calls of the cage that the standard library does not offer."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_CHILD_SUBREAPER: Final = 36
_PR_SET_NO_NEW_PRIVS: Final = 38
_CAPABILITY_VERSION_3: Final = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """SIGKILL for this process when its parent dies; the caller checks that the parent still lived."""
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def forbid_dumps() -> None:
    """No core file, and no look into this process's memory for others of the same user."""
    prctl(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Descendants whose parent dies become children of this process, which can then end them."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def forbid_new_privileges() -> None:
    """No set-user-id program lifts this process; Landlock and seccomp ask for it."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Give up all capabilities for good; for root this leaves the rights of an ordinary owner of files."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if _libc.capset(header, nothing) != 0:
        raise _refusal()


def prctl(option: int, value: int, pointer: object = None) -> None:
    """prctl(option, value, pointer). Raises OSError."""
    if _libc.prctl(option, ctypes.c_ulong(value), pointer, None, None) != 0:
        raise _refusal()


def syscall(number: int, *arguments: object) -> int:
    """A system call by number. Raises OSError."""
    result = int(_libc.syscall(number, *arguments))
    if result < 0:
        raise _refusal()
    return result


def _refusal() -> OSError:
    """The error of the last call."""
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
