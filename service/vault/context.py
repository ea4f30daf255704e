"""What a sealed object is: where it belongs is part of what opens it.

Encoding, fixed since format 1: the fields in the order below, each preceded by its length in four bytes,
big endian; text in UTF-8; a time as microseconds since 1970-01-01 UTC in eight bytes, big endian, signed.
The first field names the class and its version, so no two contexts of any kind encode alike. Objects in
storage depend on every byte of it: a change needs a new first field, and the old encoding stays readable
for as long as objects sealed with it exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

_JOB_DOMAIN: Final = "ephemera/job-object/1"
_RECORD_DOMAIN: Final = "ephemera/record/1"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    """The kinds of objects a job has besides its record."""

    INPUT = "input"
    PART = "part"
    RESULT = "result"
    PDF = "pdf"
    FIGURE = "figure"


@dataclass(frozen=True)
class Context:
    """Where an object of a job belongs.

    `tenant` and `principal` say whose it is, `accepted` is when the job came in (any time zone, to the
    microsecond), `part` tells objects of one kind apart: an attempt, a range of pages, a figure of an attempt.
    """

    kind: Kind
    tenant: str
    principal: str
    job: str
    accepted: datetime
    part: str = ""

    def encode(self) -> bytes:
        """The canonical encoding; raises ValueError for a time without a zone."""
        fields = (_JOB_DOMAIN, self.kind.value, self.tenant, self.principal, self.job)
        return b"".join(
            [*(_field(text.encode()) for text in fields), encode_time(self.accepted), _field(self.part.encode())]
        )


@dataclass(frozen=True)
class RecordContext:
    """A record is opened before anything is known of its job: only its object name binds it."""

    name: str

    def encode(self) -> bytes:
        """The canonical encoding."""
        return _field(_RECORD_DOMAIN.encode()) + _field(self.name.encode())


AnyContext = Context | RecordContext


def encode_time(time: datetime) -> bytes:
    """A time as one field of the encoding; raises ValueError when it has no zone."""
    if time.tzinfo is None:
        raise ValueError("the time has no zone")
    microseconds = (time - _EPOCH) // timedelta(microseconds=1)
    return _field(microseconds.to_bytes(8, "big", signed=True))


def _field(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data
