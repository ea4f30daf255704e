"""A caller's own receipts, also after everything else of the job is gone."""

from __future__ import annotations

from contract.errors import ApiError, Fault
from contract.ids import is_result_id
from contract.privacy import ErasureReceipt, ErasureReceipts, LedgerHead
from service import log
from service.identity import Caller
from service.ledger.ledger import Ledger
from service.ledger.pages import read_head
from service.ledger.receipt import Receipt, Scope, read_receipt
from service.ledger.receipts import Receipts
from service.vault.envelope import TamperedError
from service.vault.record_key import RecordKeyRing
from service.vault.signing import BadSignature, JwkSet


class Lookup:
    """Answers what is asked about erasure."""

    def __init__(self, receipts: Receipts, ledger: Ledger, ring: RecordKeyRing) -> None:
        self._receipts = receipts
        self._ledger = ledger
        self._ring = ring

    async def receipts_of(self, caller: Caller, untrusted_result_id: str) -> ErasureReceipts:
        """The receipts of a job; raises ApiError(NOT_FOUND) alike for another's, an unknown one, one with none."""
        if not is_result_id(untrusted_result_id):
            raise ApiError(Fault.NOT_FOUND)
        found = [await self._find(caller, untrusted_result_id, scope) for scope in Scope]
        receipts = [receipt for receipt in found if receipt is not None]
        if not receipts:
            raise ApiError(Fault.NOT_FOUND)
        return ErasureReceipts(result_id=untrusted_result_id, receipts=receipts)

    async def _find(self, caller: Caller, job: str, scope: Scope) -> ErasureReceipt | None:
        try:
            token = await self._receipts.find(self._receipts.name(job, scope))
            if token is None:
                return None
            receipt = read_receipt(token, self._receipts.keys)
        except (TamperedError, BadSignature):
            log.trouble("receipt_tampered", job=job)
            return None
        return _told(receipt, token) if self._belongs_to(receipt, caller) else None

    def _belongs_to(self, receipt: Receipt, caller: Caller) -> bool:
        return receipt.tenant == self._ring.tenant_tag(
            caller.principal.tenant
        ) and receipt.principal == self._ring.principal_mark(caller.principal.key_id)

    def keys(self) -> JwkSet:
        """What verifies receipts and heads; for everybody."""
        return self._receipts.keys

    async def head(self) -> LedgerHead:
        """The end of the ledger; for everybody. Raises ApiError(NOT_FOUND) before the first page."""
        try:
            token = await self._ledger.head()
            if token is None:
                raise ApiError(Fault.NOT_FOUND)
            head = read_head(token, self._receipts.keys)
        except (TamperedError, BadSignature):
            log.trouble("ledger_broken")
            raise ApiError(Fault.NOT_FOUND) from None
        return LedgerHead(sequence=head.sequence, page=head.page, folded_date_time=head.folded, signed=token)


def _told(receipt: Receipt, token: str) -> ErasureReceipt:
    return ErasureReceipt(
        reason=receipt.reason,
        accepted_date_time=receipt.accepted,
        completed_date_time=receipt.completed,
        erased_date_time=receipt.erased,
        objects=receipt.objects,
        signed=token,
    )
