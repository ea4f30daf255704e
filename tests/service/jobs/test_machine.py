"""The pipeline as a state machine: whatever fails in whatever order, the promises hold.

Each rule acts as a process of its own over shared storage; storage fails before or after a call, answers
are lost, triggers come twice and late, clocks are off by five minutes, workers die at any call.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from contract.errors import ApiError
from contract.ids import accepted_at
from contract.operation import AnalyzeOperation, OperationStatus
from contract.options import AnalyzeOptions
from engine.analyzer import Checkpoints
from engine.outputs import Analysis
from service.clock import ManualClock
from service.identity import Caller
from service.jobs.erase import OF_JOBS
from service.jobs.record import RETENTION
from service.jobs.sweep import SweepIncomplete
from service.ledger.receipt import Scope
from service.store.contract import Container, Store, Stored
from service.store.memory import MemoryStore
from service.vault.envelope import recognize
from tests.service.jobs.conftest import World, build
from tests.service.jobs.faults import Fault, FaultyStore, Killed, SkewedClock, StorageDown

CANARY = b"the canary that nobody may hear"
MODEL = "prebuilt-read"
ANY_FAULT = st.none() | st.tuples(st.sampled_from(Fault), st.integers(0, 8))
SKEW = st.sampled_from([timedelta(minutes=-5), timedelta(0), timedelta(minutes=5)])


def result_of(document: bytes) -> bytes:
    return b'{"content":"' + hashlib.sha256(document).hexdigest().encode() + b'"}'


class EchoEngine:
    """Gives a result and files that tell which document they came from."""

    async def analyze(self, document: bytes, options: AnalyzeOptions, checkpoints: Checkpoints | None) -> Analysis:
        assert checkpoints is not None
        await checkpoints.save(0, document)
        assert await checkpoints.load(0) in (document, None)
        return Analysis(result_of(document), b"pdf of " + document, {"2.1": b"figure of " + document})


@dataclass
class Job:
    """A job whose acceptance the client was told."""

    id: str
    owner: Caller
    document: bytes
    deleted: bool = False
    put_back: bool = False
    copies: list[tuple[tuple[Container, str], Stored | None]] = field(default_factory=list)
    seen: OperationStatus = OperationStatus.NOT_STARTED


class Pipeline(RuleBasedStateMachine):
    """Drives a service over `make_store` and checks it after every step."""

    jobs = Bundle("jobs")

    def make_store(self) -> Store:
        return MemoryStore(self.clock)

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.clock = ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
        self.store = self.make_store()
        self.run(self.store.open())
        self.clean = self.process(None, timedelta(0))
        self.owners = [self.run(self.clean.caller(tenant)) for tenant in ("clinic", "clinic", "bank")]
        self.accepted: list[Job] = []
        self.documents = 0

    def run(self, work):  # type: ignore[no-untyped-def]
        return self.loop.run_until_complete(work)

    def process(self, fault: tuple[Fault, int] | None, skew: timedelta) -> World:
        """A fresh process over the shared storage."""
        store = FaultyStore(self.store, *fault) if fault else self.store
        world = build(store, self.clock, Path(self.folder.name))
        world.worker._clock = SkewedClock(self.clock, skew)
        world.redrive._clock = SkewedClock(self.clock, skew)
        world.worker._analyzer = EchoEngine()
        return world

    def attempt(self, work) -> bool:  # type: ignore[no-untyped-def]
        """Run a step of a process; False when storage or the process failed it."""
        try:
            self.run(work)
        except (StorageDown, Killed, SweepIncomplete):
            return False
        return True

    @rule(target=jobs, owner=st.integers(0, 2), fault=ANY_FAULT)
    def submit(self, owner: int, fault: tuple[Fault, int] | None) -> Job | None:
        self.documents += 1
        caller, document = self.owners[owner], CANARY + str(self.documents).encode()
        try:
            job_id = self.run(self.process(fault, timedelta(0)).submit(caller, document))
        except (StorageDown, Killed):
            return None
        job = Job(job_id, caller, document)
        self.accepted.append(job)
        return job

    @rule(job=jobs, fault=ANY_FAULT, skew=SKEW)
    def trigger(self, job: Job | None, fault: tuple[Fault, int] | None, skew: timedelta) -> None:
        if job:
            self.attempt(self.process(fault, skew).worker.run(self.clean.name(job.owner, job.id)))

    @rule(fault=ANY_FAULT, skew=SKEW)
    def drive_again(self, fault: tuple[Fault, int] | None, skew: timedelta) -> None:
        self.attempt(self.process(fault, skew).redrive.run())

    @rule(fault=ANY_FAULT)
    def sweep(self, fault: tuple[Fault, int] | None) -> None:
        self.attempt(self.process(fault, timedelta(0)).sweep.run())

    @rule(seconds=st.sampled_from([1, 61, 400, 3600 * 7, 3600 * 24]))
    def tick(self, seconds: int) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @rule(job=consumes(jobs), fault=ANY_FAULT)
    def delete(self, job: Job | None, fault: tuple[Fault, int] | None) -> None:
        if not job:
            return
        try:
            self.run(self.process(fault, timedelta(0)).reader.delete(job.owner, MODEL, job.id))
        except ApiError:
            assert job.deleted or self.overdue(job)
        except (StorageDown, Killed):
            # The client does not know whether the delete was done; it asks again.
            self.run_delete_again(job)
        job.deleted = True

    @rule(job=jobs, at=st.integers(0, 14), fault=st.sampled_from(Fault))
    def delete_and_never_ask_again(self, job: Job | None, fault: Fault, at: int) -> None:
        """A delete that is cut off anywhere has not begun, or is brought to its end by the next sweep."""
        if not job or job.deleted:
            return
        try:
            self.run(self.process((fault, at), timedelta(0)).reader.delete(job.owner, MODEL, job.id))
        except ApiError:
            assert self.overdue(job)
            return
        except (StorageDown, Killed):
            gone = self.look(job, job.owner, may_be_gone=True) is None
        else:
            gone = True
        self.run(self.clean.sweep.run())
        if gone or self.look(job, job.owner, may_be_gone=True) is None:
            job.deleted = True
            assert self.objects_of(job) == []
            assert self.has_receipt(job, Scope.EVERYTHING)

    @rule(job=jobs)
    def copy(self, job: Job | None) -> None:
        """An operator keeps a copy of what is stored of a job."""
        if job:
            job.copies += [(found, self.run(self.store.get(*found))) for found in self.objects_of(job)]

    @rule(job=jobs)
    def delete_and_put_back(self, job: Job | None) -> None:
        """The operator puts everything back, also older states; to the caller the job stays deleted."""
        if not job:
            return
        self.copy(job)
        self.run_delete_again(job)
        job.deleted = True
        for (container, name), stored in job.copies:
            if stored and self.run(self.store.get(container, name)) is None:
                self.run(self.store.create(container, name, recognize(stored.untrusted)))
                job.put_back = True
        self.look(job, job.owner)

    def objects_of(self, job: Job) -> list[tuple[Container, str]]:
        prefix = self.clean.name(job.owner, job.id).prefix
        return [tuple(found) for found in self.run(self.listed(prefix))]

    async def listed(self, prefix: str) -> list[tuple[Container, str]]:
        return [(kind, each.name) for kind in OF_JOBS async for each in self.store.list(kind, prefix)]

    def has_receipt(self, job: Job, scope: Scope) -> bool:
        return bool(self.run(self.clean.purge.receipts.exists(self.clean.purge.receipts.name(job.id, scope))))

    def run_delete_again(self, job: Job) -> None:
        try:
            self.run(self.clean.reader.delete(job.owner, MODEL, job.id))
        except ApiError:
            return

    @rule(job=jobs, reader=st.integers(0, 2))
    def poll(self, job: Job | None, reader: int) -> None:
        if job:
            self.look(job, self.owners[reader])

    def look(self, job: Job, caller: Caller, may_be_gone: bool = False) -> OperationStatus | None:
        try:
            operation: AnalyzeOperation = self.run(self.clean.reader.read(caller, MODEL, job.id))
        except ApiError:
            lost = caller is job.owner and not job.deleted and not self.overdue(job) and not may_be_gone
            assert not lost, "an accepted job is lost"
            return None
        assert caller is job.owner, "a stranger reads"
        assert not job.deleted, "a deleted job is back"
        if job.seen in (OperationStatus.SUCCEEDED, OperationStatus.FAILED):
            assert operation.status is job.seen, "an ended job changed its end"
        job.seen = operation.status
        if operation.status is OperationStatus.SUCCEEDED:
            assert operation.analyze_result is not None
            assert bytes(operation.analyze_result) == result_of(job.document), "the result of another document"
            assert self.run(self.clean.reader.pdf(caller, MODEL, job.id)) == b"pdf of " + job.document
            assert self.run(self.clean.reader.figure(caller, MODEL, job.id, "2.1")) == b"figure of " + job.document
        return operation.status

    def overdue(self, job: Job) -> bool:
        """A job may be gone 24 hours after acceptance at the earliest, less the skew of clocks."""
        return self.clock.now() + timedelta(minutes=5) >= accepted_at(job.id) + RETENTION

    @invariant()
    def nothing_is_stored_in_clear(self) -> None:
        if isinstance(self.store, MemoryStore):
            for objects in self.store._objects.values():
                assert all(CANARY not in data for data, _ in objects.values())

    @invariant()
    def the_ledger_verifies(self) -> None:
        if isinstance(self.store, MemoryStore):
            self.run(self.clean.purge.verify())

    def teardown(self) -> None:
        try:
            self.every_job_ends()
            self.nothing_outlives_its_time()
        finally:
            self.run(self.store.close())
            self.loop.close()
            self.folder.cleanup()

    def every_job_ends(self) -> None:
        for _ in range(5):
            self.clock.advance(timedelta(minutes=12))
            self.run(self.clean.redrive.run())
            for job in self.accepted:
                self.run(self.clean.worker.run(self.clean.name(job.owner, job.id)))
        for job in self.accepted:
            status = self.look(job, job.owner)
            assert status in (OperationStatus.SUCCEEDED, OperationStatus.FAILED, None)
            if status is not None:
                assert self.has_receipt(job, Scope.INPUT), "an input went without a receipt"

    def nothing_outlives_its_time(self) -> None:
        self.clock.advance(timedelta(hours=49))
        self.run(self.clean.sweep.run())
        assert self.run(self.clean.objects()) == []
        self.run(self.clean.sweep.run())
        for job in self.accepted:
            assert self.has_receipt(job, Scope.EVERYTHING), "a job went without a receipt"
        verified = self.run(self.clean.purge.verify())
        assert verified.waiting == 0
        # Who is put back as it was before its end is run to its end again, and its receipt is folded again.
        assert verified.repeated <= sum(job.put_back for job in self.accepted)
        assert verified.receipts == len(self.run(self.receipts()))

    async def receipts(self) -> list[str]:
        return [listed.name async for listed in self.store.list(Container.RECEIPTS)]


TestPipeline = pytest.mark.filterwarnings("default::ResourceWarning")(Pipeline.TestCase)
TestPipeline.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
