"""The job record: all that is known of a job, sealed in storage, changed by compare-and-swap only.

Format: msgpack of the struct below, sealed under the record key with the name of the object as context.
Fields may be added at the end with a default; none may be removed or change its meaning. A change beyond
that raises `format` and keeps reading the old one for 25 hours, which no record outlives.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from contract.operation import DocumentError
from contract.options import AnalyzeOptions
from service.vault.context import Context, Kind

RETENTION = timedelta(hours=24)
"""How long an unfinished job stays after acceptance, and a result after completion."""


class State(StrEnum):
    """Where a job is in its life."""

    ACCEPTED = "accepted"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class JobRecord(msgspec.Struct, kw_only=True, frozen=True):
    """One job.

    `recipient` is the public half that the result is sealed to. `input_key` is the data key of the upload,
    wrapped to the service key; it goes when the job ends, and the upload is unreadable from then on.
    `result_key` is the data key of the result and of the files beside it, wrapped to the recipient.
    `attempt` names the attempt that runs or that finished; `lease_until` is when a running one counts as dead.
    """

    format: int = 1
    job: str
    tenant: str
    principal: str
    accepted: datetime
    updated: datetime
    state: State = State.ACCEPTED
    options: AnalyzeOptions
    recipient: bytes
    input_key_id: bytes
    input_key: bytes | None
    attempts: int = 0
    attempt: str | None = None
    lease_until: datetime | None = None
    completed: datetime | None = None
    result_key: bytes | None = None
    error: DocumentError | None = None

    @property
    def finished(self) -> bool:
        """True when the job has ended, well or badly."""
        return self.state in (State.SUCCEEDED, State.FAILED)

    @property
    def expires(self) -> datetime:
        """From this moment on nobody may see the job any more."""
        return (self.completed or self.accepted) + RETENTION

    def context(self, kind: Kind, part: str = "") -> Context:
        """The context that an object of this job is sealed in."""
        return Context(
            kind=kind, tenant=self.tenant, principal=self.principal, job=self.job, accepted=self.accepted, part=part
        )

    def leased(self, now: datetime) -> bool:
        """True while an attempt is running and has not lapsed."""
        return self.state is State.RUNNING and self.lease_until is not None and now < self.lease_until

    def claimed(self, attempt: str, now: datetime, lease: timedelta) -> JobRecord:
        """The record with a new attempt running."""
        return msgspec.structs.replace(
            self,
            state=State.RUNNING,
            attempts=self.attempts + 1,
            attempt=attempt,
            lease_until=now + lease,
            updated=now,
        )

    def renewed(self, now: datetime, lease: timedelta) -> JobRecord:
        """The record with the lease of the running attempt moved on."""
        return msgspec.structs.replace(self, lease_until=now + lease, updated=now)

    def released(self, now: datetime) -> JobRecord:
        """The record free to be claimed again, its attempts still counted."""
        return msgspec.structs.replace(self, state=State.ACCEPTED, attempt=None, lease_until=None, updated=now)

    def succeeded(self, completed: datetime, result_key: bytes) -> JobRecord:
        """The record of a job whose result is stored."""
        return self._ended(State.SUCCEEDED, completed, result_key=result_key)

    def failed(self, completed: datetime, error: DocumentError) -> JobRecord:
        """The record of a job that ended without a result."""
        return self._ended(State.FAILED, completed, error=error)

    def _ended(
        self, state: State, completed: datetime, *, result_key: bytes | None = None, error: DocumentError | None = None
    ) -> JobRecord:
        """The record of a job that is over; the key of the input is gone, however it ended."""
        return msgspec.structs.replace(
            self,
            state=state,
            completed=completed,
            updated=completed,
            result_key=result_key,
            error=error,
            input_key=None,
            lease_until=None,
        )
