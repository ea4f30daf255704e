"""Landlock: what a child may touch of the file system, and no TCP, enforced by the kernel.

Where the kernel has no Landlock (before 5.13, or switched off) `version` is 0 and nothing is enforced.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from engine.cage.kernel import syscall

# The numbers are the same on every architecture, as all system calls since 5.1.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_CREATE_RULESET_VERSION: Final = 1
_RULE_PATH_BENEATH: Final = 1

# Rights of linux/landlock.h; the comment names the first version that has them.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_FILE, _MAKE_REG = (1 << bit for bit in (0, 1, 2, 3, 5, 8))
_TRUNCATE: Final = 1 << 14  # 3
_NET_BIND_AND_CONNECT_TCP: Final = 3  # 4
_SCOPE_ABSTRACT_SOCKET_AND_SIGNAL: Final = 3  # 6
_FILE_RIGHTS_OF_VERSION: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many of the lowest bits are file-system rights, by version; the last row holds for later ones."""

_FILE_ONLY: Final = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
"""The rights that a rule on a file, not a folder, may carry."""

READ: Final = _EXECUTE | _READ_FILE | _READ_DIR
WRITE: Final = _READ_FILE | _READ_DIR | _WRITE_FILE | _TRUNCATE | _REMOVE_FILE | _MAKE_REG


class _RulesetAttr(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneathAttr(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def version() -> int:
    """The kernel's Landlock version; 0 when it has none."""
    try:
        return syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    except OSError:
        return 0


def restrict(rules: Iterable[tuple[Path, int]]) -> None:
    """Confine this process, for good, to the rights (`READ`, `WRITE`) on and below each existing path.

    TCP is closed from version 4 on; signals to other processes and abstract sockets from version 6 on. Needs
    no_new_privs. Raises OSError when the kernel refuses; does nothing when it has no Landlock.
    """
    abi = version()
    if abi == 0:
        return
    rights = (1 << _FILE_RIGHTS_OF_VERSION[min(abi, max(_FILE_RIGHTS_OF_VERSION))]) - 1
    attributes = _RulesetAttr(
        rights, _NET_BIND_AND_CONNECT_TCP if abi >= 4 else 0, _SCOPE_ABSTRACT_SOCKET_AND_SIGNAL if abi >= 6 else 0
    )
    # An older kernel takes a longer structure as long as what it does not know is zero.
    ruleset = syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(ctypes.sizeof(attributes)), 0)
    try:
        for path, allowed in rules:
            if path.exists():
                _allow(ruleset, path, allowed & rights)
        syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, allowed: int) -> None:
    if not path.is_dir():
        allowed &= _FILE_ONLY
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneathAttr(allowed, descriptor)
        syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)
