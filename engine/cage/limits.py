"""What one child may use."""

from __future__ import annotations

import msgspec

from contract.limits import MAX_RESULT_BYTES


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of one child; whoever passes one ends as a typed error of that run alone.

    memory_bytes: address space beyond what the zygote and the input already take.
    cpu_seconds: processor time, whole seconds; holds even when the service is too busy to watch the clock.
    wall_seconds: time from the fork to the end of the reply.
    output_bytes: size of a reply.
    file_bytes: size of each file the child writes; their number is not limited.
    open_files: descriptors.
    processes: 0 forbids to start any process or program; where the kernel cannot filter system calls, any
        thread too. More than 0 is given to the kernel as the number of tasks the whole user may have when the
        child forks; the kernel does not hold root to it.
    grace_seconds: how long each rung of the kill ladder waits for the next.
    """

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 120
    wall_seconds: float = 50.0
    output_bytes: int = MAX_RESULT_BYTES + 4096
    file_bytes: int = 64 * 1024 * 1024
    open_files: int = 64
    processes: int = 0
    grace_seconds: float = 1.0
