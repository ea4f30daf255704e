"""Operations: the status of a job and the errors it may end in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from contract.wire import Wire


class InnerError(Wire, kw_only=True):
    """The specific reason of an error."""

    code: str | None = None
    message: str | None = None
    innererror: InnerError | None = None


class DocumentError(Wire, kw_only=True):
    """An error: a code of the protocol and a sentence for a person."""

    code: str
    message: str
    target: str | None = None
    details: list[DocumentError] | None = None
    innererror: InnerError | None = None


class ErrorResponse(Wire, kw_only=True):
    """The body of every answer that is not a success."""

    error: DocumentError


class OperationStatus(StrEnum):
    """Status of an operation. `skipped` stands only in the details of a batch."""

    NOT_STARTED = "notStarted"
    RUNNING = "running"
    FAILED = "failed"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"
    SKIPPED = "skipped"


class AnalyzeOperation(Wire, kw_only=True):
    """Status and result of an analysis.

    `analyze_result` is an AnalyzeResult already in JSON: it was checked when it was made and is not
    parsed again on its way out.
    """

    status: OperationStatus
    created_date_time: datetime
    last_updated_date_time: datetime
    error: DocumentError | None = None
    analyze_result: msgspec.Raw | None = None
