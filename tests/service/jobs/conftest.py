"""A service without network: memory storage, a manual clock, an engine that answers at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from contract.options import AnalyzeOptions
from engine.analyzer import Checkpoints
from engine.outputs import Analysis
from service.clock import ManualClock
from service.identity import Caller, Keys
from service.jobs.accept import Acceptance
from service.jobs.bell import Bell
from service.jobs.erase import OF_JOBS
from service.jobs.names import JobName
from service.jobs.purge import Purge, purge
from service.jobs.read import Reader
from service.jobs.records import Records
from service.jobs.redrive import Redrive
from service.jobs.sweep import Sweep
from service.jobs.work import Worker
from service.settings import Settings
from service.store.contract import Store
from service.store.memory import MemoryStore
from service.vault.key_files import KeyFiles

START = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
OPTIONS = AnalyzeOptions(model_id="prebuilt-read")
RESULT = b'{"content":"a canary sang"}'
DOCUMENT = b"%PDF-1.7 a canary sang"
PDF = b"%PDF-1.7 a canary sang, and was written down"
FIGURES = {"1.1": b"a canary, perched", "1.2": b"a canary, flying", "12.1": b"a canary, gone"}


@dataclass
class StubEngine:
    """Answers every document with the same result and files, or does what `behave` does."""

    behave: Callable[[], bytes] | None = None
    pdf: bytes | None = None
    figures: Mapping[str, bytes] = field(default_factory=dict)
    seen: list[bytes] = field(default_factory=list)

    async def analyze(self, document: bytes, options: AnalyzeOptions, checkpoints: Checkpoints | None) -> Analysis:
        self.seen.append(document)
        return Analysis(self.behave() if self.behave else RESULT, self.pdf, self.figures)


@dataclass
class World:
    """All parts of a service, as a test wants to reach them."""

    store: Store
    clock: ManualClock
    bell: Bell
    engine: StubEngine
    keys: Keys
    records: Records
    acceptance: Acceptance
    worker: Worker
    reader: Reader
    sweep: Sweep
    redrive: Redrive
    purge: Purge

    async def caller(self, tenant: str = "clinic") -> Caller:
        key = await self.keys.create(tenant)
        return await self.keys.authenticate(key.text)

    async def submit(self, caller: Caller, document: bytes = DOCUMENT) -> str:
        return await self.acceptance.accept(caller, OPTIONS, document)

    def name(self, caller: Caller, job: str) -> JobName:
        return self.records.name_of(caller.principal.tenant, job)

    async def finished(self, caller: Caller) -> str:
        job = await self.submit(caller)
        await self.worker.run(self.name(caller, job))
        return job

    async def finished_with_files(self, caller: Caller) -> str:
        self.engine.pdf, self.engine.figures = PDF, FIGURES
        return await self.finished(caller)

    async def objects(self) -> list[str]:
        """All objects of jobs in storage."""
        return [f"{container}/{listed.name}" for container in OF_JOBS async for listed in self.store.list(container)]


@cache
def _made_once() -> TemporaryDirectory[str]:
    """The key files of all worlds; making them waits for the disk again and again."""
    folder = TemporaryDirectory()
    files = KeyFiles(Path(folder.name), ManualClock(START))
    files.record_keys()
    files.receipt_signer()
    files.api_key_hasher()
    files.key_unwrapper()
    return folder


def build(store: Store, clock: ManualClock, keys_dir: Path) -> World:
    """Put a world together over any store, with copies of the key files where there are none."""
    if not keys_dir.exists() or not any(keys_dir.iterdir()):
        shutil.copytree(_made_once().name, keys_dir, dirs_exist_ok=True)
    settings = Settings.from_environment(
        {"DOCUMENTS": "memory", "KEYS_DIR": str(keys_dir), "LEASE_SECONDS": "60", "MAX_ATTEMPTS": "3"}
    )
    files = KeyFiles(keys_dir, clock)
    ring = files.record_keys()
    records = Records(store, ring)
    engine = StubEngine()
    erasing = purge(store, records, ring, files.receipt_signer(), settings.receipts_kept, clock)
    bell = Bell(clock, near=True)
    return World(
        store=store,
        clock=clock,
        bell=bell,
        engine=engine,
        keys=Keys(store, ring, files.api_key_hasher(), clock),
        records=records,
        acceptance=Acceptance(store, records, files.key_wrapper(), clock),
        worker=Worker(store, records, files.key_unwrapper(), engine, erasing.eraser, bell, clock, settings),
        reader=Reader(store, records, erasing.eraser, erasing.receipts, bell, clock, timedelta(0)),
        sweep=erasing.sweep,
        purge=erasing,
        redrive=Redrive(store, records, clock, settings.lease),
    )


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def world(clock: ManualClock, tmp_path: Path) -> World:
    return build(MemoryStore(clock), clock, tmp_path / "keys")
