"""What a receipt says.

Format: JSON of the struct below, signed as a compact JWS of type `ephemera-receipt+jws`. Receipts are kept
for more than a year and their hashes for good: fields may be added at the end with a default; none may be
removed or change its meaning, and a change beyond that raises `format`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from service.hours import hour_of
from service.vault.record_key import RecordKeyRing
from service.vault.signing import BadSignature, JwkSet, verified

RECEIPT_TYPE: Final = "ephemera-receipt+jws"


class Scope(StrEnum):
    """How much of a job an erasure took; a job has at most one receipt of each."""

    INPUT = "input"
    EVERYTHING = "everything"


class Reason(StrEnum):
    """Why something was erased."""

    INPUT_CONSUMED = "input_consumed"
    FAILED = "failed"
    DELETED = "deleted"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def scope(self) -> Scope:
        """The end of an analysis takes the input; everything else takes the job."""
        return Scope.INPUT if self in (Reason.INPUT_CONSUMED, Reason.FAILED) else Scope.EVERYTHING


class Receipt(msgspec.Struct, kw_only=True, frozen=True, rename="camel"):
    """One erasure, without content.

    `job`, `tenant` and `principal` are keyed hashes, 32 hex digits each; without the key of the service they
    tell only whether two receipts belong together. `principal` is empty when the job's record was lost, and
    with it the knowledge whose it was. `expired` covers such jobs as well. `completed` is when the analysis
    ended, absent when it did not. `erased` is when storage was seen not to hold the objects any more;
    `objects` is how many there were when the erasure began.
    """

    format: int = 1
    job: str
    tenant: str
    principal: str
    reason: Reason
    accepted: datetime
    completed: datetime | None = None
    erased: datetime
    objects: int


def erasure_name(ring: RecordKeyRing, job: str, scope: Scope) -> str:
    """The name of a receipt, and of the intent before it: `{hour of acceptance}/{keyed hash of the job}/{scope}`."""
    return f"{hour_of(job)}/{ring.job_mark(job)}/{scope}"


def read_receipt(untrusted_token: str, keys: JwkSet) -> Receipt:
    """The receipt in a compact JWS; raises BadSignature."""
    try:
        return msgspec.json.decode(verified(untrusted_token, RECEIPT_TYPE, keys), type=Receipt)
    except msgspec.MsgspecError:
        raise BadSignature from None
