"""What the service tells about erasure. Ours, not of the protocol."""

from __future__ import annotations

from datetime import datetime

from contract.wire import Wire


class ErasureReceipt(Wire, kw_only=True):
    """One erasure. `signed` is the receipt as a compact JWS; the other members repeat what it says.

    `reason` is `input_consumed` or `failed` for the input alone, `deleted`, `expired` or `revoked` for all.
    `objects` is how many objects storage held when the erasure began.
    """

    reason: str
    accepted_date_time: datetime
    completed_date_time: datetime | None = None
    erased_date_time: datetime
    objects: int
    signed: str


class ErasureReceipts(Wire, kw_only=True):
    """The receipts of one job: at most one for its input and one for everything."""

    result_id: str
    receipts: list[ErasureReceipt]


class LedgerHead(Wire, kw_only=True):
    """The end of the ledger. `signed` is the head as a compact JWS; the other members repeat what it says.

    `page` is the SHA-256 of the last page, in hex. Keep it: `ledger verify --head` then finds a cut tail.
    """

    sequence: int
    page: str
    folded_date_time: datetime
    signed: str
