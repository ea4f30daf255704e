"""The world of the job tests, also for those of receipts and the ledger."""

from __future__ import annotations

from tests.service.jobs.conftest import clock, world

__all__ = ["clock", "world"]
