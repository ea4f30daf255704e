"""What the cage and its zygote say to each other: one msgpack message per packet of a Unix socket."""

from __future__ import annotations

from typing import Final

import msgspec

from engine.cage.limits import Limits

PACKET_BYTES: Final = 64 * 1024
"""Largest packet, bytes."""


class Start(msgspec.Struct, frozen=True):
    """The first message: which module runs tasks, and what each child may use."""

    entry: str
    limits: Limits


class Run(msgspec.Struct, tag="run", frozen=True):
    """Fork a child; comes with three descriptors: the task, the document, the writing end of the reply."""

    run: int
    folder: str


class Signal(msgspec.Struct, tag="signal", frozen=True):
    """Signal the process group of a run; does nothing when the run has ended."""

    run: int
    number: int


class Ready(msgspec.Struct, tag="ready", frozen=True):
    """The entry is loaded and warm. `landlock` is the kernel's Landlock version, 0 when it has none."""

    landlock: int
    seccomp: bool


class Broken(msgspec.Struct, tag="broken", frozen=True):
    """The entry could not be loaded; no document was near, so the reason is safe to log."""

    reason: str


class Ended(msgspec.Struct, tag="ended", frozen=True):
    """The child and all it started are gone. `status`: its exit code, or minus the signal that ended it."""

    run: int
    status: int


class Refused(msgspec.Struct, tag="refused", frozen=True):
    """The system had no room for another process."""

    run: int


Order = Run | Signal
Report = Ready | Broken | Ended | Refused

ENCODER: Final = msgspec.msgpack.Encoder()
ORDERS: Final = msgspec.msgpack.Decoder(Order)
REPORTS: Final = msgspec.msgpack.Decoder(Report)
