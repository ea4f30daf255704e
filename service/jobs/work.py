"""The work: claim a job, open its upload, analyze it, seal the result, commit, erase the input.

Every step may be cut off, run twice or run late. What makes that safe: a claim and a commit are
compare-and-swap writes of one record, each attempt writes its result under its own name, and the input
goes only after the record says that the job has ended.
"""

from __future__ import annotations

import contextlib
import secrets
from datetime import datetime
from typing import Protocol

from contract.errors import ApiError, Fault
from contract.options import AnalyzeOptions
from engine.analyzer import Checkpoints
from engine.outputs import Analysis
from service import log
from service.clock import Clock
from service.jobs.aside import open_aside
from service.jobs.bell import Bell
from service.jobs.checkpoints import SealedCheckpoints
from service.jobs.erase import Eraser
from service.jobs.lease import Lease, LeaseLost
from service.jobs.names import JobName
from service.jobs.outcome import Outcomes
from service.jobs.records import Records
from service.ledger.receipt import Reason
from service.settings import Settings
from service.store.contract import Changed, Container, Store
from service.vault.context import Kind
from service.vault.envelope import TamperedError
from service.vault.service_key import KeyUnwrapper, wrap_info


class Analyzer(Protocol):
    """What turns a document into a result and files beside it; `engine.analyzer` is the real one."""

    async def analyze(self, document: bytes, options: AnalyzeOptions, checkpoints: Checkpoints | None) -> Analysis:
        """Raises ApiError for a document that cannot be analyzed, anything else for a try that may be repeated."""


class Worker:
    """Runs jobs."""

    def __init__(
        self,
        store: Store,
        records: Records,
        unwrapper: KeyUnwrapper,
        analyzer: Analyzer,
        eraser: Eraser,
        bell: Bell,
        clock: Clock,
        settings: Settings,
    ) -> None:
        self._store = store
        self._records = records
        self._outcomes = Outcomes(store)
        self._unwrapper = unwrapper
        self._analyzer = analyzer
        self._eraser = eraser
        self._bell = bell
        self._clock = clock
        self._settings = settings

    async def run(self, name: JobName) -> None:
        """Bring a job to its end, unless it has ended, is deleted, or another attempt is alive.

        An error that a further attempt may not meet is raised after the job is free to be claimed again.
        """
        lease = await self._claim(name)
        if lease is None:
            return
        try:
            checkpoints = await self._attempt(name, lease)
        except LeaseLost:
            log.event("lease_lost", job=name.job, attempt=lease.attempt)
            await self._abandon(name, lease.attempt)
        except ApiError as refused:
            await self._fail(name, lease, refused)
        except Exception as trouble:
            log.trouble("attempt_failed", job=name.job, attempt=lease.attempt, error=type(trouble).__name__)
            if lease.record.attempts >= self._settings.max_attempts:
                await self._fail(name, lease, ApiError(Fault.INTERNAL_SERVER_ERROR))
                return
            attempt = lease.attempt
            # Where the lease is lost, the job may have ended by this very attempt, with only the answer lost.
            with contextlib.suppress(LeaseLost):
                await lease.swap(lambda record: record.released(self._clock.now()))
                await self._eraser.orphan(name, attempt)
            raise
        else:
            # Outside the try: the job has ended, and trouble with erasing must not set it free again. Until
            # the intent is written the upload brings the trigger back, from then on the sweep finishes.
            await self._eraser.consumed(name, lease.record, parts=checkpoints.used)

    async def _claim(self, name: JobName) -> Lease | None:
        try:
            held = await self._records.load(name)
        except TamperedError:
            # Another try would not open it either; the job is erased when its age comes.
            log.trouble("record_tampered", job=name.job)
            return None
        now = self._clock.now()
        if held is None:
            await self._eraser.everything(name, None, Reason.EXPIRED)
            return None
        if held.record.finished:
            await self._eraser.left_over(name, held.record)
            return None
        if held.record.expires <= now:
            await self._eraser.everything(name, held.record, Reason.EXPIRED)
            return None
        if held.record.leased(now):
            return None
        spent = held.record.attempts >= self._settings.max_attempts
        claimed = held.record.claimed(secrets.token_hex(8), now, self._settings.lease)
        try:
            held = await self._records.replace(name, held, claimed)
        except Changed:
            return None
        lease = Lease(self._records, name, held, self._bell, self._clock, self._settings.lease)
        if spent:
            await self._fail(name, lease, ApiError(Fault.INTERNAL_SERVER_ERROR))
            return None
        return lease

    async def _attempt(self, name: JobName, lease: Lease) -> SealedCheckpoints:
        record = lease.record
        claimed = self._clock.now()
        try:
            data_key = await self._unwrapper.unwrap(
                record.input_key_id,
                record.input_key or b"",
                wrap_info(record.context(Kind.INPUT), record.input_key_id),
            )
            stored = await self._store.get(Container.UPLOADS, name.upload)
            if stored is None:
                raise ApiError(Fault.INTERNAL_SERVER_ERROR)
            document = await open_aside(data_key, record.context(Kind.INPUT), stored.untrusted)
        except TamperedError:
            log.trouble("upload_tampered", job=name.job)
            raise ApiError(Fault.INTERNAL_SERVER_ERROR) from None
        opened = self._clock.now()
        checkpoints = SealedCheckpoints(self._store, name, record, data_key)
        analysis = await lease.during(self._analyzer.analyze(document, record.options, checkpoints))
        analyzed = self._clock.now()
        await self._commit(name, lease, analysis)
        log.event(
            "succeeded",
            job=name.job,
            bytes=len(document),
            waited_seconds=_between(record.accepted, claimed),
            opened_seconds=_between(claimed, opened),
            engine_seconds=_between(opened, analyzed),
            sealed_seconds=_between(analyzed, self._clock.now()),
        )
        return checkpoints

    async def _commit(self, name: JobName, lease: Lease, analysis: Analysis) -> None:
        completed = self._clock.now()
        wrapped = await lease.during(self._outcomes.write(name, lease.record, completed, analysis))
        await lease.swap(lambda current: current.succeeded(completed, wrapped))
        self._bell.ring(name.job, lease.record)

    async def _abandon(self, name: JobName, attempt: str) -> None:
        """Erase what a lost attempt made; of a job that was deleted meanwhile, everything that is left."""
        await self._eraser.orphan(name, attempt)
        if await self._records.load(name) is None:
            await self._eraser.everything(name, None, Reason.EXPIRED)

    async def _fail(self, name: JobName, lease: Lease, refused: ApiError) -> None:
        log.event("job_failed", job=name.job, fault=refused.fault.name)
        try:
            await lease.swap(lambda record: record.failed(self._clock.now(), refused.error()))
        except LeaseLost:
            await self._abandon(name, lease.attempt)
            return
        self._bell.ring(name.job, lease.record)
        await self._eraser.orphan(name, lease.attempt)
        await self._eraser.consumed(name, lease.record)


def _between(start: datetime, end: datetime) -> float:
    return round((end - start).total_seconds(), 4)
